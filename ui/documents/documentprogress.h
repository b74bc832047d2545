#pragma once

#include "documentport.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace Counterfoil {

// Stands where the pages will be while a document is fetched: which one, and how much of it is here.
class DocumentProgress final : public QWidget
{
    Q_OBJECT
public:
    explicit DocumentProgress(QWidget *parent);

    void showFetching(const QString &title, const DocumentPort::Progress &progress);
    void showOpening(const QString &title);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QProgressBar *m_bar;
    QLabel *m_amount;
};

} // namespace Counterfoil
