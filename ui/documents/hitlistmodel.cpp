#include "hitlistmodel.h"

namespace Counterfoil {

HitListModel::HitListModel(const DocumentFind &find, QObject *parent)
    : QAbstractListModel(parent)
    , m_find(find)
{
    connect(&find, &DocumentFind::begun, this, &HitListModel::clear);
    connect(&find, &DocumentFind::foundOn, this, &HitListModel::add);
}

void HitListModel::clear()
{
    if (m_hits.empty())
        return;
    beginResetModel();
    m_hits.clear();
    endResetModel();
}

// Pages are searched in their order, and each is told once more when one goes to a hit on it.
void HitListModel::add(int page)
{
    const int count = static_cast<int>(m_find.hitsOn(page).size());
    if (count == 0 || (!m_hits.empty() && page <= m_hits.back().page))
        return;
    const int first = static_cast<int>(m_hits.size());
    beginInsertRows({}, first, first + count - 1);
    for (int number = 0; number < count; ++number)
        m_hits.push_back({page, number});
    endInsertRows();
}

int HitListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant HitListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const DocumentFind::Hit place = hit(index.row());
    const std::vector<TextHit> &onPage = m_find.hitsOn(place.page);
    if (static_cast<std::size_t>(place.number) >= onPage.size())
        return {};
    const TextHit &found = onPage[static_cast<std::size_t>(place.number)];
    const QString line = found.line.isEmpty() ? m_find.words() : found.line;
    switch (role) {
    case Qt::DisplayRole:
    case LineRole:
        return line;
    case Qt::AccessibleTextRole:
        return tr("Page %1: %2", "where the words were found, and the line they stand in")
            .arg(place.page + 1)
            .arg(line);
    case PageRole:
        return place.page;
    case BeginRole:
        return found.begin;
    case LengthRole:
        return static_cast<int>(m_find.words().simplified().size());
    default:
        return {};
    }
}

} // namespace Counterfoil
