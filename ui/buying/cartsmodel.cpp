#include "cartsmodel.h"

#include "cart.h"
#include "cartbook.h"
#include "display.h"
#include "statuswording.h"

#include <QLocale>

namespace Counterfoil {

CartState CartState::of(const CartBook &book, const BookEntry &entry, const StatusWording &wording,
                        const std::string &user)
{
    return of(entry, book.approvalOf(entry.target), wording, user);
}

CartState CartState::of(const BookEntry &entry, const Approval *approval, const StatusWording &wording,
                        const std::string &user)
{
    const Cart &cart = *entry.record.as<Cart>();
    const auto tr = [](const char *text) { return CartsModel::tr(text); };
    if (entry.pending && entry.pending->command.verb == "place" && cart.open)
        return {entry.pending->state == OutboxEntry::State::Queued ? tr("Waiting to be placed")
                                                                   : tr("Being placed"),
                QStringLiteral("info"), QStringLiteral("◔"), false};
    if (!cart.open) {
        const StatusWording::Words words = wording.of("cart", cart.status);
        return {words.label, words.tone, words.symbol, false};
    }
    if (approval && approval->open)
        return {tr("Waits to be approved"), QStringLiteral("warn"), QStringLiteral("◷"), false};
    if (entry.undecided) {
        // What two changed is chosen side by side; one that was not placed is looked at anew.
        const bool places = entry.undecided->command.verb == "place";
        const bool decides = entry.undecided->state == OutboxEntry::State::Held
            || (entry.undecided->state == OutboxEntry::State::Conflict && !places);
        return {places ? tr("Not placed") : tr("Not saved"), QStringLiteral("warn"), QStringLiteral("!"),
                !decides, decides};
    }
    if (!cart.shared && !cart.owner.empty() && cart.owner != user)
        return {tr("A colleague’s"), QStringLiteral("neutral"), QStringLiteral("○"), false};
    return {cart.list ? tr("List") : tr("Open"), QStringLiteral("neutral"),
            cart.list ? QStringLiteral("≡") : QStringLiteral("○"), true};
}

CartsModel::CartsModel(const StatusWording &wording, bool withPrices, const std::string &user,
                       QObject *parent)
    : MergedRows(parent)
    , m_wording(wording)
    , m_withPrices(withPrices)
    , m_user(user)
{ }

void CartsModel::setCarts(const CartBook &book)
{
    std::vector<Row> wanted;
    for (const BookEntry &entry : book.carts()) {
        const Cart &cart = *entry.record.as<Cart>();
        const QString name = cart.name.empty() ? tr("Cart without a name") : Display::text(cart.name);
        // While it is being changed, the lines are here and their count is not known yet.
        const auto lines = cart.lines.empty() ? cart.lineCount : static_cast<std::int64_t>(cart.lines.size());
        wanted.push_back(
            {entry.target, name, QLocale().toString(qint64{lines}),
             m_withPrices && cart.total != Amount() ? Display::money(cart.total, cart.currency) : QString(),
             CartState::of(book, entry, m_wording, m_user)});
    }
    mergeRows(m_rows, wanted);
}

int CartsModel::rowOf(const std::string &target) const
{
    const auto found = std::ranges::find(m_rows, target, &Row::key);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CartsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CartsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CartsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: {
        const QString texts[] = {row.name, row.lines, row.total, row.state.text};
        return texts[index.column()];
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter
            | (index.column() == Lines || index.column() == Total ? Qt::AlignRight : Qt::AlignLeft));
    case ItemRole::Key:
        return QString::fromStdString(row.key);
    case ItemRole::Fetched:
        return true;
    case ItemRole::Tone:
        return index.column() == State ? row.state.tone : QString();
    case ItemRole::Symbol:
        return index.column() == State ? row.state.symbol : QString();
    default:
        return {};
    }
}

QVariant CartsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Lines || section == Total))
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    const QString titles[] = {tr("Cart"), tr("Lines"), tr("Total"), tr("State")};
    return role == Qt::DisplayRole && section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

} // namespace Counterfoil
