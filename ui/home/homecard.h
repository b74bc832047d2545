#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Counterfoil {

// A part of the Home pane: a heading and what stands under it, on a card.
class HomeCard final : public QWidget
{
    Q_OBJECT
public:
    explicit HomeCard(const QString &title, QWidget *parent = nullptr);

    void add(QWidget *content, int sideMargin);
    void setNote(const QString &text); // beside the heading
    QString title() const;

    static constexpr int padding = 16;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_note;
    QVBoxLayout *m_layout;
};

} // namespace Counterfoil
