#include "cartlinesmodel.h"

#include "display.h"
#include "exactvalue.h"
#include "partlist.h"

#include <QLocale>

#include <algorithm>

namespace Counterfoil {

namespace {

bool isSameLine(const CartLine &a, const CartLine &b)
{
    return equal(CartLine::type, &a, &b);
}

} // namespace

CartLinesModel::CartLinesModel(bool withPrices, QObject *parent)
    : QAbstractTableModel(parent)
    , m_withPrices(withPrices)
{ }

void CartLinesModel::setCart(const Cart &cart, bool editable)
{
    const bool sameRows = cart.lines.size() == m_cart.lines.size()
        && std::ranges::equal(cart.lines, m_cart.lines, {}, &CartLine::sku, &CartLine::sku);
    if (!sameRows)
        beginResetModel();
    std::vector<int> changed;
    for (std::size_t i = 0; sameRows && i < cart.lines.size(); ++i) {
        if (!isSameLine(cart.lines[i], m_cart.lines[i]) || editable != m_editable)
            changed.push_back(static_cast<int>(i));
    }
    m_cart = cart;
    m_editable = editable;
    if (!sameRows)
        endResetModel();
    for (const int row : changed)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void CartLinesModel::number()
{
    for (std::size_t i = 0; i < m_cart.lines.size(); ++i)
        m_cart.lines[i].lineNumber = static_cast<std::int64_t>(i) + 1;
}

void CartLinesModel::remove(int row)
{
    if (!m_editable || row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_cart.lines.erase(m_cart.lines.begin() + row);
    number();
    endRemoveRows();
    Q_EMIT edited();
}

void CartLinesModel::add(const std::vector<CartLine> &lines)
{
    if (!m_editable || lines.empty())
        return;
    std::vector<CartLine> all = m_cart.lines;
    for (const CartLine &line : lines) {
        // A row of a list does not say the unit.
        const auto same = std::ranges::find_if(all, [&line](const CartLine &other) {
            return other.sku == line.sku && (other.unit == line.unit || line.unit.empty());
        });
        if (same != all.end())
            same->quantity += line.quantity;
        else
            all.push_back(line);
    }
    if (all.size() > mostCartLines) {
        Q_EMIT refused(tr("A cart holds %1 lines, and with these there would be %2. Nothing was added.")
                           .arg(QLocale().toString(qulonglong(mostCartLines)),
                                QLocale().toString(qulonglong(all.size()))));
        return;
    }
    beginResetModel();
    m_cart.lines = std::move(all);
    number();
    endResetModel();
    Q_EMIT edited();
}

int CartLinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cart.lines.size());
}

int CartLinesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CartLinesModel::text(const CartLine &line, int column) const
{
    const bool priced = m_withPrices && line.pricedAt.isSet();
    switch (column) {
    case Item:
        return Display::text(line.sku);
    case Description:
        return Display::text(line.description);
    case Quantity:
        return Display::quantity(line.quantity);
    case Unit:
        return Display::text(line.unit);
    case UnitPrice:
        return priced ? Display::unitPrice(line.unitPrice, m_cart.currency) : QString();
    case PriceOf:
        return priced ? Display::shortDate(line.pricedAt) : m_withPrices ? tr("not known yet") : QString();
    case Net:
        return priced && ExactValue::fits(line.quantity, line.unitPrice) ? Display::money(
                   extended(line.quantity, line.unitPrice, minorUnitPlaces(m_cart.currency)), m_cart.currency)
                                                                         : QString();
    default:
        return {};
    }
}

QVariant CartLinesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CartLine &line = m_cart.lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(line, index.column());
    case Qt::EditRole:
        return index.column() == Quantity ? QVariant(QString::fromStdString(line.quantity.toString()))
                                          : QVariant();
    case Qt::ToolTipRole:
        return index.column() == PriceOf ? Display::full(line.pricedAt) : text(line, index.column());
    case Qt::TextAlignmentRole: {
        const bool number
            = index.column() == Quantity || index.column() == UnitPrice || index.column() == Net;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    case ItemRole::Key:
        return Display::text(line.sku);
    case ItemRole::Fetched:
        return true;
    case ItemRole::Secondary:
        return index.column() == PriceOf || index.column() == Unit;
    default:
        return {};
    }
}

QVariant CartLinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Quantity || section == UnitPrice || section == Net))
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[]
        = {tr("Item"), tr("Description"), tr("Quantity"), tr("Unit"), tr("Price"), tr("Price of"), tr("Net")};
    return section >= 0 && section < ColumnCount ? titles[section] : QString();
}

Qt::ItemFlags CartLinesModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && m_editable && index.column() == Quantity ? flags | Qt::ItemIsEditable : flags;
}

bool CartLinesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    CartLine &line = m_cart.lines[static_cast<std::size_t>(index.row())];
    if (value.toString().trimmed() == QString::fromStdString(line.quantity.toString()))
        return true; // as it was offered for editing, where 1.125 is no thousand
    const PartRow row = PartList::quantityOf(value.toString());
    if (row.state != PartRow::State::Good) {
        Q_EMIT refused(row.note);
        return false;
    }
    if (line.quantity == row.quantity)
        return true;
    line.quantity = row.quantity;
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

} // namespace Counterfoil
