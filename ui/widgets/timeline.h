#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Counterfoil {

struct TimelineEntry
{
    QString text;
    QString when;
    QString fullWhen;
};

// What happened, newest first, along a line of dots. Shows at most `mostEntries` and says how many
// earlier ones there are.
class Timeline final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostEntries = 200;

    explicit Timeline(QWidget *parent = nullptr);

    void setEntries(const QList<TimelineEntry> &entries);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Row
    {
        QWidget *box;
        QLabel *text;
        QLabel *when;
    };

    QVBoxLayout *m_layout;
    QList<Row> m_rows;
    QLabel *m_earlier;
};

} // namespace Counterfoil
