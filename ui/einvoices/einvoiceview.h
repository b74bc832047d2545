#pragma once

#include "sidethreads.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Counterfoil {

class EInvoiceReading;
class EInvoiceSheet;
class FindingsList;
class StatePanel;

// An e-invoice as people read one, under the verdict of its check. Follows the reading, and builds nothing
// while it is not to be seen; the XML itself can be saved.
class EInvoiceView final : public QWidget
{
    Q_OBJECT
public:
    EInvoiceView(EInvoiceReading &reading, QWidget *parent);

    const FindingsList &findings() const { return *m_findings; }
    // Asks for a place and saves the XML there, just as it came.
    void save();
    // Without asking; saved() or saveFailed() follows.
    void saveTo(const QString &file);

Q_SIGNALS:
    void saved(const QString &file);
    void saveFailed(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void follow();
    void showState();
    void showReport();

    EInvoiceReading &m_reading;
    QScrollArea *m_scroll;
    QVBoxLayout *m_body;
    QLabel *m_profile;
    QPushButton *m_save;
    FindingsList *m_findings;
    EInvoiceSheet *m_sheet = nullptr;
    const void *m_shown = nullptr; // the invoice that m_sheet is of
    StatePanel *m_state;
    QLabel *m_outcome;
    SideThreads m_saves;
};

} // namespace Counterfoil
