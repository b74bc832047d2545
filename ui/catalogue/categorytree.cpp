#include "categorytree.h"

#include "account.h"
#include "cachereaders.h"
#include "display.h"
#include "item.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QSet>
#include <QStandardItemModel>

namespace Counterfoil {

namespace {

constexpr int categoryRole = Qt::UserRole + 1;
constexpr int familyRole = Qt::UserRole + 2;
constexpr int treeDigits = 28; // so wide it is

} // namespace

CategoryTree::CategoryTree(const PaneContext &context, ListPane &list)
    : m_context(context)
    , m_list(list)
    , m_model(new QStandardItemModel(this))
    , m_pace([this] { ask(); })
{
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setViewportMargins(Space::unit, Space::unit, Space::small, 0);
    setIndentation(Space::medium + 2);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setBackgroundRole(QPalette::AlternateBase);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setAccessibleName(tr("Categories"));
    setFixedWidth(treeDigits * fontMetrics().horizontalAdvance(QLatin1Char('0')));
    setModel(m_model);
    m_model->setColumnCount(2);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) { restrict(index); });
    connect(&context.readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Item::type) || notice.touches(Account::type))
            m_pace.wanted();
    });
    connect(&list, &ListPane::accountsChanged, this, [this] { m_pace.now(); });
    connect(&list.filters(), &ListFilterBar::changed, this, &CategoryTree::follow);
    m_pace.now();
}

void CategoryTree::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    m_pace.setWatched(true);
}

void CategoryTree::hideEvent(QHideEvent *event)
{
    QTreeView::hideEvent(event);
    m_pace.setWatched(false);
}

void CategoryTree::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setFixedWidth(treeDigits * fontMetrics().horizontalAdvance(QLatin1Char('0')));
}

void CategoryTree::ask()
{
    m_context.readers.ask(
        this, m_asking.renew(),
        [accounts = m_list.accounts()](CacheReader &reader) { return itemFamilies(reader, accounts); },
        [this](const Result<std::vector<ItemFamily>> &families) {
            m_asking.finish();
            m_pace.answered();
            if (families)
                take(*families);
        },
        CacheReaders::Length::Long);
}

QStandardItem *CategoryTree::add(QStandardItem *under, const QString &text, const QString &category,
                                 const QString &family, qint64 count)
{
    auto *name = new QStandardItem(text.isEmpty() ? tr("Other") : text);
    name->setData(category, categoryRole);
    name->setData(family, familyRole);
    name->setToolTip(plainToolTip(name->text()));
    name->setSizeHint({0, Type::controlHeight()});
    auto *number = new QStandardItem(QLocale().toString(count));
    number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    number->setForeground(Tokens::of(palette()).muted);
    number->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    if (text.isEmpty()) { // which no filter can ask for
        name->setFlags(Qt::ItemIsEnabled);
        number->setFlags(Qt::ItemIsEnabled);
    }
    under->appendRow({name, number});
    return name;
}

void CategoryTree::take(const std::vector<ItemFamily> &families)
{
    if (families == m_families && m_model->rowCount() > 0) {
        Q_EMIT shown();
        return;
    }
    m_families = families;
    QSet<QString> open;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (const QModelIndex index = m_model->index(row, 0); isExpanded(index))
            open.insert(index.data(categoryRole).toString());
    }
    m_following = true; // rows that go take the current one with them
    m_model->removeRows(0, m_model->rowCount());
    QStandardItem *root = m_model->invisibleRootItem();
    qint64 all = 0;
    for (const ItemFamily &family : families)
        all += family.count;
    add(root, tr("All items"), {}, {}, all);
    for (auto first = families.begin(); first != families.end();) {
        const auto last = std::find_if(
            first, families.end(), [&](const ItemFamily &each) { return each.category != first->category; });
        qint64 count = 0;
        for (auto each = first; each != last; ++each)
            count += each->count;
        const QString category = Display::text(first->category);
        QStandardItem *branch = add(root, category, category, {}, count);
        for (; first != last; ++first)
            add(branch, Display::text(first->family), category, Display::text(first->family), first->count);
        setExpanded(branch->index(), open.contains(category));
    }
    m_following = false;
    follow();
    Q_EMIT shown();
}

QStringList CategoryTree::categories() const
{
    QStringList all;
    for (int row = 1; row < m_model->rowCount(); ++row)
        all.append(m_model->index(row, 0).data(categoryRole).toString());
    return all;
}

QModelIndex CategoryTree::find(const QString &category, const QString &family) const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex branch = m_model->index(row, 0);
        if (branch.data(categoryRole).toString() != category)
            continue;
        for (int child = 0; !family.isEmpty() && child < m_model->rowCount(branch); ++child) {
            if (m_model->index(child, 0, branch).data(familyRole).toString() == family)
                return m_model->index(child, 0, branch);
        }
        return branch;
    }
    return {};
}

void CategoryTree::choose(const QString &category, const QString &family)
{
    setCurrentIndex(find(category, family));
}

void CategoryTree::restrict(const QModelIndex &index)
{
    if (m_following || !index.isValid())
        return;
    const QModelIndex row = index.siblingAtColumn(0);
    const auto values = [&row](int role) {
        const QString value = row.data(role).toString();
        return value.isEmpty() ? QStringList() : QStringList(value);
    };
    m_following = true;
    m_list.filters().setFacets(
        {{QStringLiteral("category"), values(categoryRole)}, {QStringLiteral("family"), values(familyRole)}});
    m_following = false;
}

// The chips say more than a tree can: with several categories nothing is current.
void CategoryTree::follow()
{
    if (m_following)
        return;
    const QStringList categories = m_list.filters().facet(QStringLiteral("category"));
    const QStringList families = m_list.filters().facet(QStringLiteral("family"));
    m_following = true;
    if (categories.size() > 1 || families.size() > 1 || (categories.isEmpty() && !families.isEmpty()))
        setCurrentIndex({});
    else
        setCurrentIndex(find(categories.value(0), families.value(0)));
    m_following = false;
}

} // namespace Counterfoil
