#pragma once

#include <QTimer>
#include <QWidget>

namespace Counterfoil {

// One line that says what just happened, over the foot of the window, for a few seconds.
class Toast final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int shownMs = 6000;

    explicit Toast(QWidget *over);

    void tell(const QString &text);
    QString text() const { return m_text; }

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void place();

    QString m_text;
    QTimer m_hide;
};

} // namespace Counterfoil
