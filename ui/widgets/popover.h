#pragma once

#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace Counterfoil {

// A card laid over its window beside the control that opened it. Closes on Esc, on a click or on focus
// elsewhere, and gives the focus back. Lives inside the window, so it needs no compositor to be round.
class Popover final : public QWidget
{
    Q_OBJECT
public:
    // Takes `content`. Becomes a child of the anchor's window when shown.
    Popover(QWidget *anchor, QWidget *content);

    enum class Align { Start, End }; // whether the card's leading or trailing edge meets the anchor's
    void open(Align align = Align::Start);
    void dismiss();
    bool isOpen() const { return isVisible(); }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void place();

    QWidget *m_anchor;
    QWidget *m_content;
    QPointer<QWidget> m_focusBefore;
    Align m_align = Align::Start;
};

} // namespace Counterfoil
