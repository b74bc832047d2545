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

// Counts are muted, in whatever look the window has by then.
class CategoryModel final : public QStandardItemModel
{
public:
    explicit CategoryModel(QWidget *view)
        : QStandardItemModel(view)
        , m_view(*view)
    { }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::ForegroundRole && index.column() == 1)
            return QBrush(Tokens::of(m_view.palette()).muted);
        return QStandardItemModel::data(index, role);
    }

private:
    const QWidget &m_view;
};

} // namespace

CategoryTree::CategoryTree(const PaneContext &context, ListPane &list)
    : m_context(context)
    , m_list(list)
    , m_model(new CategoryModel(this))
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

QList<QStandardItem *> CategoryTree::rowOf(const QString &name, const QString &category,
                                           const QString &family)
{
    auto *title = new QStandardItem(name.isEmpty() ? tr("Other") : name);
    title->setData(category, categoryRole);
    title->setData(family, familyRole);
    title->setToolTip(plainToolTip(title->text()));
    title->setSizeHint({0, Type::controlHeight()});
    auto *number = new QStandardItem;
    number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    number->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    if (name.isEmpty()) { // which no filter can ask for
        title->setFlags(Qt::ItemIsEnabled);
        number->setFlags(Qt::ItemIsEnabled);
    }
    return {title, number};
}

// Both are in the same order. What is still there stays where it is: a view keeps its place while counts
// change.
void CategoryTree::settle(QStandardItem *under, int first, const Counts &counts)
{
    const bool families = under != m_model->invisibleRootItem();
    const int role = families ? familyRole : categoryRole;
    QSet<QString> names;
    for (const auto &[name, count] : counts)
        names.insert(name);
    for (int row = under->rowCount() - 1; row >= first; --row) {
        if (!names.contains(under->child(row)->data(role).toString()))
            under->removeRow(row);
    }
    for (const auto &[name, count] : counts) {
        if (first >= under->rowCount() || under->child(first)->data(role).toString() != name)
            under->insertRow(first,
                             families ? rowOf(name, under->data(categoryRole).toString(), name)
                                      : rowOf(name, name, {}));
        under->child(first++, 1)->setText(QLocale().toString(count));
    }
    under->removeRows(first, under->rowCount() - first);
}

void CategoryTree::take(const std::vector<ItemFamily> &families)
{
    if (families == m_families && m_model->rowCount() > 0) {
        Q_EMIT shown();
        return;
    }
    m_families = families;
    m_following = true; // rows that go take the current one with them
    QStandardItem *root = m_model->invisibleRootItem();
    if (m_model->rowCount() == 0)
        root->appendRow(rowOf(tr("All items"), {}, {}));
    qint64 all = 0;
    Counts branches;
    std::vector<Counts> leaves;
    for (const ItemFamily &family : families) {
        const QString category = Display::text(family.category);
        if (branches.empty() || branches.back().first != category) {
            branches.emplace_back(category, 0);
            leaves.emplace_back();
        }
        branches.back().second += family.count;
        leaves.back().emplace_back(Display::text(family.family), family.count);
        all += family.count;
    }
    root->child(0, 1)->setText(QLocale().toString(all));
    settle(root, 1, branches);
    for (std::size_t branch = 0; branch < leaves.size(); ++branch)
        settle(root->child(static_cast<int>(branch) + 1), 0, leaves[branch]);
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
