#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Counterfoil {

class StatusChip;

// What stands over a detail pane: number, state and buttons, which wrap where they have no room beside each
// other, and a line of what matters most. It is as high as its width lets it be, also as the title of a
// dock, which knows no such heights.
class DetailHeading final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailHeading(const QString &name, QWidget *parent = nullptr);

    StatusChip &chip() { return *m_chip; }
    void setWords(const QString &number, const QString &subtitle, const QString &fullForm);
    void addButton(QPushButton *button);

    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *m_title;
    StatusChip *m_chip;
    QLabel *m_subtitle;
    QWidget *m_buttons;
};

} // namespace Counterfoil
