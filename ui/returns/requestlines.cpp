#include "requestlines.h"

#include "display.h"
#include "partlist.h"

#include <algorithm>

namespace Counterfoil {

void RequestLines::setLines(const Order &order, const std::vector<ReturnableLine> &lines)
{
    std::vector<ReturnLine> wanted;
    for (const ReturnableLine &line : lines) {
        ReturnLine each;
        each.orderLine = line.orderLine;
        const auto ordered = std::ranges::find(order.lines, line.orderLine, &OrderLine::lineNumber);
        if (ordered != order.lines.end()) {
            each.sku = ordered->sku;
            each.description = ordered->description;
            each.unit = ordered->unit;
        }
        const auto before = std::ranges::find(m_wanted, line.orderLine, &ReturnLine::orderLine);
        if (before != m_wanted.end())
            each.quantity = std::min(before->quantity, line.returnable);
        wanted.push_back(std::move(each));
    }
    const bool same
        = std::ranges::equal(wanted, m_wanted, {}, &ReturnLine::orderLine, &ReturnLine::orderLine);
    if (!same)
        beginResetModel();
    m_lines = lines;
    m_wanted = std::move(wanted);
    if (!same)
        endResetModel();
    else if (!m_lines.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void RequestLines::takeAll()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        m_wanted[i].quantity = m_lines[i].returnable;
    if (!m_lines.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT edited();
}

QString RequestLines::objection(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const auto &objection = m_lines[static_cast<std::size_t>(row)].objection;
    return objection ? sentenceOf(*objection) : QString();
}

QString RequestLines::possible(int row) const
{
    const ReturnableLine &line = m_lines[static_cast<std::size_t>(row)];
    const QString why = objection(row);
    if (line.returnable.isZero())
        return why.isEmpty() ? tr("Nothing was shipped") : why;
    const QString of = tr("%1 of %2", "how many can come back of how many were shipped")
                           .arg(Display::quantity(line.returnable), Display::quantity(line.shipped));
    QString text = line.until.isSet() ? tr("%1, until %2", "how many can come back, and the last day")
                                            .arg(of, Display::shortDate(line.until))
                                      : of;
    if (!why.isEmpty())
        text = tr("%1 · %2", "how many can come back, and why not more").arg(text, why);
    return text;
}

QString RequestLines::text(int row, int column) const
{
    const ReturnLine &line = m_wanted[static_cast<std::size_t>(row)];
    switch (column) {
    case Item:
        return Display::text(line.sku);
    case Description:
        return Display::text(line.description);
    case Possible:
        return possible(row);
    case Quantity:
        return line.quantity.isZero() ? QString() : Display::quantity(line.quantity);
    default:
        return {};
    }
}

int RequestLines::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_wanted.size());
}

int RequestLines::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestLines::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const bool none = m_lines[row].returnable.isZero();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(index.row(), index.column());
    case Qt::EditRole:
        return index.column() == Quantity
            ? QVariant(QString::fromStdString(m_wanted[row].quantity.toString()))
            : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (index.column() == Quantity ? Qt::AlignRight : Qt::AlignLeft));
    case ItemRole::Key:
        return QString::number(m_lines[row].orderLine);
    case ItemRole::Fetched:
        return true;
    case ItemRole::Secondary:
        return none || index.column() == Description;
    default:
        return {};
    }
}

QVariant RequestLines::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Quantity)
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Item"), tr("Description"), tr("Can come back"), tr("Return")};
    return section >= 0 && section < ColumnCount ? titles[section] : QString();
}

Qt::ItemFlags RequestLines::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const bool can = index.isValid() && index.column() == Quantity
        && !m_lines[static_cast<std::size_t>(index.row())].returnable.isZero();
    return can ? flags | Qt::ItemIsEditable : flags;
}

bool RequestLines::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const auto row = static_cast<std::size_t>(index.row());
    const QString typed = value.toString().trimmed();
    Decimal quantity; // nothing typed, or nought: none
    if (!typed.isEmpty() && typed != QLatin1String("0")) {
        const PartRow read = PartList::quantityOf(typed);
        if (read.state != PartRow::State::Good) {
            Q_EMIT refused(read.note);
            return false;
        }
        quantity = read.quantity;
    }
    if (quantity > m_lines[row].returnable) {
        const QString why = objection(index.row());
        Q_EMIT refused(
            tr("At most %1 of %2 can come back. %3", "a quantity, an item, and why; may be empty")
                .arg(Display::quantity(m_lines[row].returnable), Display::text(m_wanted[row].sku), why)
                .trimmed());
        return false;
    }
    if (m_wanted[row].quantity == quantity)
        return true;
    m_wanted[row].quantity = quantity;
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

} // namespace Counterfoil
