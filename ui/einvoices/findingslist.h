#pragma once

#include "einvoicereport.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Counterfoil {

class Banner;

// The verdict on an e-invoice in a sentence, below it each finding in one of its own, what is wrong first,
// and last what was looked at.
class FindingsList final : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsList(QWidget *parent = nullptr);

    void setReport(const EInvoiceReport &report);
    QString verdict() const;
    QString looked() const; // what was compared, and what not
    QStringList sentences() const { return m_sentences; }

private:
    void addFinding(const EInvoiceFinding &finding, const QString &currency);

    Banner *m_verdict;
    QWidget *m_rows = nullptr;
    QVBoxLayout *m_layout;
    QLabel *m_looked;
    QStringList m_sentences;
};

} // namespace Counterfoil
