#include "orderlinesmodel.h"

#include "display.h"
#include "statuswording.h"

#include <algorithm>

namespace Counterfoil {

namespace {

const Decimal *quantityOf(const OrderLine &line, int column)
{
    switch (column) {
    case OrderLinesModel::Ordered:
        return &line.ordered;
    case OrderLinesModel::Allocated:
        return &line.allocated;
    case OrderLinesModel::Shipped:
        return &line.shipped;
    case OrderLinesModel::Backordered:
        return &line.backordered;
    case OrderLinesModel::Invoiced:
        return &line.invoiced;
    case OrderLinesModel::Cancelled:
        return &line.cancelled;
    default:
        return nullptr;
    }
}

bool isMoney(int column)
{
    return column >= OrderLinesModel::Price;
}

} // namespace

OrderLinesModel::OrderLinesModel(const StatusWording &wording, QObject *parent)
    : QAbstractTableModel(parent)
    , m_wording(wording)
{ }

void OrderLinesModel::setOrder(const Order &order, bool showPrices)
{
    const bool sameLines = m_showPrices == showPrices
        && std::equal(order.lines.begin(), order.lines.end(), m_lines.begin(), m_lines.end(),
                      [](const OrderLine &a, const OrderLine &b) {
                          return a.lineNumber == b.lineNumber && a.sku == b.sku;
                      });
    if (sameLines) {
        m_currency = order.currency;
        m_lines = order.lines;
        if (!m_lines.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_currency = order.currency;
    m_lines = order.lines;
    m_showPrices = showPrices;
    endResetModel();
}

int OrderLinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int OrderLinesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OrderLinesModel::text(const OrderLine &line, int column) const
{
    if (const Decimal *quantity = quantityOf(line, column))
        return quantity->isZero() ? QStringLiteral("–") : Display::quantity(*quantity);
    if (isMoney(column) && !m_showPrices)
        return QStringLiteral("–");
    switch (column) {
    case Item:
        return Display::text(line.sku);
    case Price:
        return Display::unitPrice(line.unitPrice, m_currency);
    case Tax:
        return Display::money(line.tax, m_currency);
    default:
        return Display::money(line.net, m_currency);
    }
}

QString OrderLinesModel::outstanding(const OrderLine &line) const
{
    if (line.backordered <= Decimal())
        return {};
    const QString quantity = Display::quantity(line.backordered);
    if (!line.expectedOn.isSet())
        return tr("%1 to come, no date known", "backordered quantity").arg(quantity);
    return tr("%1 to come on %2", "backordered quantity and date")
        .arg(quantity, Display::shortDate(line.expectedOn));
}

QString OrderLinesModel::summary(int row, const QList<int> &columns) const
{
    const OrderLine &line = m_lines[static_cast<std::size_t>(row)];
    QStringList parts;
    for (const int column : columns) {
        const Decimal *quantity = quantityOf(line, column);
        if ((quantity && quantity->isZero()) || (isMoney(column) && !m_showPrices))
            continue;
        parts.append(
            tr("%1 %2", "a column's heading and its value")
                .arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text(line, column)));
    }
    return parts.join(QStringLiteral(" · "));
}

QVariant OrderLinesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const OrderLine &line = m_lines[static_cast<std::size_t>(index.row())];
    const Decimal *quantity = quantityOf(line, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(line, index.column());
    case Qt::TextAlignmentRole:
        return int(index.column() == Item ? Qt::AlignLeading : Qt::AlignTrailing) | int(Qt::AlignVCenter);
    case ItemRole::Secondary:
        return quantity && quantity->isZero();
    case Qt::ToolTipRole:
        return index.column() == Backordered ? outstanding(line) : QVariant();
    default:
        break;
    }
    if (index.column() != Item)
        return {};
    const StatusWording::Words state = m_wording.of("orderLine", line.status);
    switch (role) {
    case Description:
        return line.unit.empty() || line.unit == "each"
            ? Display::text(line.description)
            : tr("%1 · %2", "description and unit")
                  .arg(Display::text(line.description), Display::text(line.unit));
    case StateText:
        return state.label;
    case ItemRole::Symbol:
        return state.symbol;
    case ItemRole::Tone:
        return state.tone;
    case Outstanding:
        return outstanding(line);
    case Qt::AccessibleTextRole:
        return QStringList{text(line, Item), Display::text(line.description), state.label, outstanding(line)}
            .join(QStringLiteral(", "));
    default:
        return {};
    }
}

QVariant OrderLinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == Item ? Qt::AlignLeading : Qt::AlignTrailing) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Item:
        return tr("Item");
    case Ordered:
        return tr("Ordered");
    case Allocated:
        return tr("Allocated");
    case Shipped:
        return tr("Shipped");
    case Backordered:
        return tr("Backordered");
    case Invoiced:
        return tr("Invoiced");
    case Cancelled:
        return tr("Cancelled");
    case Price:
        return tr("Price");
    case Tax:
        return tr("Tax");
    default:
        return tr("Net");
    }
}

} // namespace Counterfoil
