#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Counterfoil {

// Lies on a page that could not be drawn: says why, and offers to try again.
class PageFault final : public QWidget
{
    Q_OBJECT
public:
    explicit PageFault(QWidget *parent);

    void tell(int page, const QString &reason);
    QString text() const;
    void placeOn(const QRect &page); // as much of the page as is seen

Q_SIGNALS:
    void retryWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QPushButton *m_retry;
};

} // namespace Counterfoil
