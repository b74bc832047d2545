#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QStackedWidget;
class QVBoxLayout;

namespace Counterfoil {

// Beside the pages: one of several ways through the document at a time, and the buttons to change it.
class DocumentSidebar final : public QWidget
{
    Q_OBJECT
public:
    explicit DocumentSidebar(QWidget *parent);

    // `shows` is checked while the part is to be seen. A part that `grows` takes its share of the width
    // there is, another the width it has fixed.
    void addPart(QWidget *part, QAction *shows, bool grows);
    void showPart(QWidget *part); // nullptr: none, and the sidebar goes
    QWidget *shownPart() const;   // nullptr: none

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Part
    {
        QWidget *widget;
        QAction *action;
        bool grows;
    };
    void fitWidth();

    QList<Part> m_parts;
    QWidget *m_buttons;
    QStackedWidget *m_stack;
};

} // namespace Counterfoil
