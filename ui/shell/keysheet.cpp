#include "keysheet.h"

#include "actions.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace Counterfoil {

namespace {

constexpr int columns = 3;
constexpr int columnCharacters = 40;

// The key as a cap, in a quiet box.
class KeyCap final : public QWidget
{
public:
    KeyCap(const QString &keys, QWidget *parent)
        : QWidget(parent)
        , m_keys(keys)
    {
        setAccessibleName(keys);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(Type::font(Type::Role::Caption));
        return {std::max(metrics.horizontalAdvance(m_keys) + 14, metrics.height() + 6), metrics.height() + 6};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(palette());
        QPainter painter(this);
        paintBox(painter, rect(), 4, t.neutral.fill, Qt::transparent);
        painter.setFont(Type::font(Type::Role::Caption));
        painter.setPen(t.neutral.text);
        painter.drawText(rect(), Qt::AlignCenter, m_keys);
    }

private:
    QString m_keys;
};

struct KeyLine
{
    QString name;
    QString keys;
};

struct KeyGroup
{
    QString title;
    QList<KeyLine> lines;
};

QList<KeyGroup> groupsOf(const Actions &actions)
{
    QList<KeyGroup> groups;
    for (const Actions::Entry &entry : actions.entries()) {
        if (!entry.action->isVisible())
            continue;
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&entry](const KeyGroup &known) { return known.title == entry.group; });
        if (group == groups.end()) {
            groups.append({entry.group, {}});
            group = std::prev(groups.end());
        }
        QStringList keys;
        const QList<QKeySequence> shortcuts = entry.action->shortcuts();
        for (const QKeySequence &shortcut : shortcuts)
            keys.append(shortcut.toString(QKeySequence::NativeText));
        group->lines.append({entry.action->text(), keys.join(QStringLiteral("  "))});
    }
    const QString list = KeySheet::tr("In lists");
    groups.append({list,
                   {{KeySheet::tr("Previous, next"), QStringLiteral("↑  ↓")},
                    {KeySheet::tr("First, last"), KeySheet::tr("Home  End")},
                    {KeySheet::tr("Select several"), KeySheet::tr("Shift+↑  Shift+↓")},
                    {KeySheet::tr("Go to the detail"), KeySheet::tr("Enter")},
                    {KeySheet::tr("Close what is open"), KeySheet::tr("Esc")}}});
    return groups;
}

void addGroup(QVBoxLayout &column, const KeyGroup &group, QWidget *parent)
{
    auto *title = new QLabel(group.title, parent);
    Type::set(*title, Type::Role::CaptionStrong);
    Type::setMuted(*title);
    column.addWidget(title);
    for (const KeyLine &line : group.lines) {
        auto *row = new QHBoxLayout;
        row->addWidget(new QLabel(line.name, parent), 1);
        if (!line.keys.isEmpty())
            row->addWidget(new KeyCap(line.keys, parent));
        column.addLayout(row);
    }
    column.addSpacing(Space::large);
}

QWidget *contentOf(const Actions &actions)
{
    auto *content = new QWidget;
    auto *layout = new QHBoxLayout(content);
    layout->setContentsMargins(0, 0, Space::small, 0);
    layout->setSpacing(Space::huge + Space::small);
    const QList<KeyGroup> groups = groupsOf(actions);
    qsizetype lines = 0;
    for (const KeyGroup &group : groups)
        lines += group.lines.size() + 2;
    QVBoxLayout *column = nullptr;
    qsizetype filled = 0;
    for (const KeyGroup &group : groups) {
        if (!column
            || (filled + (group.lines.size() + 2) / 2 > lines / columns && layout->count() < columns)) {
            column = new QVBoxLayout;
            column->setSpacing(6);
            layout->addLayout(column, 1);
            filled = 0;
        }
        addGroup(*column, group, content);
        filled += group.lines.size() + 2;
    }
    for (int i = 0; i < layout->count(); ++i)
        static_cast<QVBoxLayout *>(layout->itemAt(i)->layout())->addStretch();
    content->setMinimumWidth(content->fontMetrics().horizontalAdvance(QLatin1Char('0')) * columnCharacters
                             * layout->count());
    return content;
}

} // namespace

KeySheet::KeySheet(QWidget *window, const Actions &actions)
    : Sheet(window, tr("All actions and their keys"), contentOf(actions))
{ }

} // namespace Counterfoil
