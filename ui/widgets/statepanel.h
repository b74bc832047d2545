#pragma once

#include "icons.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Counterfoil {

// Stands where content would be: says in words what happened and what to do next. Lies over its
// parent, which keeps its own size, so nothing jumps when it comes or goes.
class StatePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit StatePanel(QWidget *over);

    // `action` names what its button does; empty: no button.
    void tell(Icons::Icon icon, const QString &title, const QString &text, const QString &action = {});
    void dismiss() { hide(); }
    QString title() const;
    QString text() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void actionChosen();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Icons::Icon m_icon = Icons::Icon::Empty;
    QWidget *m_picture;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace Counterfoil
