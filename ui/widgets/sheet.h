#pragma once

#include <QPointer>
#include <QWidget>

namespace Counterfoil {

// A card in the middle of its window with everything behind it dimmed. Esc, Enter or a click beside it close
// it.
class Sheet : public QWidget
{
    Q_OBJECT
public:
    Sheet(QWidget *window, const QString &title, QWidget *content);

    void open();
    virtual void dismiss();

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QWidget *m_card;
    QPointer<QWidget> m_focusBefore;
};

} // namespace Counterfoil
