#include "partlist.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <optional>
#include <utility>

namespace Counterfoil {

namespace {

class PartListText
{
    Q_DECLARE_TR_FUNCTIONS(PartList)
};

constexpr qsizetype textMost = 200; // of a row that is shown
constexpr qsizetype itemMost = 64;

// The cells of a row; quotes hold a cell together, doubled quotes stand for one.
QStringList cellsOf(QStringView row, QChar divider)
{
    QStringList cells;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < row.size() && cells.size() < PartList::cellsMost; ++i) {
        const QChar c = row[i];
        if (c == u'"' && quoted && i + 1 < row.size() && row[i + 1] == u'"') {
            cell += c;
            ++i;
        } else if (c == u'"' && (quoted || cell.isEmpty())) {
            quoted = !quoted;
        } else if (c == divider && !quoted) {
            cells.append(cell.trimmed());
            cell.clear();
        } else {
            cell += c;
        }
    }
    cells.append(cell.trimmed());
    return cells;
}

QStringList cellsOf(QStringView row)
{
    for (const QChar divider : {u'\t', u';', u','}) {
        if (row.contains(divider))
            return cellsOf(row, divider);
    }
    return row.toString().simplified().split(u' ');
}

struct Number
{
    enum class Kind { None, Plain, Grouped, Calculated, Broken } kind = Kind::None;
    QString digits; // as Decimal::parse() takes it
};

bool isGrouped(const QStringList &groups)
{
    if (groups.size() < 2 || groups.front().isEmpty() || groups.front().size() > 3)
        return false;
    return std::all_of(groups.begin() + 1, groups.end(),
                       [](const QString &group) { return group.size() == 3; });
}

// "12", "1.5", "1,5"; "1,500" and "1.500" may be either, and are taken for thousands but said to be doubtful.
Number numberOf(QString text)
{
    // What a spreadsheet calculated, as counterfoil-sheet tells it.
    if (text.startsWith(u'=')) {
        const Number value = numberOf(text.mid(1));
        return value.kind == Number::Kind::Plain ? Number{Number::Kind::Calculated, value.digits} : Number();
    }
    text.remove(u' ').remove(QChar(0xa0)).remove(QChar(0x202f)).remove(u'\'');
    if (text.endsWith(u'x', Qt::CaseInsensitive) && text.size() > 1)
        text.chop(1); // "12x"
    const bool negative = text.startsWith(u'-') || text.startsWith(QChar(0x2212));
    const QString body = negative || text.startsWith(u'+') ? text.mid(1) : text;
    const bool digitsOnly = !body.isEmpty() && std::all_of(body.begin(), body.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'.' || c == u',';
    });
    if (!digitsOnly || !body.front().isDigit())
        return {};
    const QString sign = negative ? QStringLiteral("-") : QString();
    const qsizetype commas = body.count(u',');
    const qsizetype points = body.count(u'.');
    if (commas == 0 && points == 0)
        return {Number::Kind::Plain, sign + body};
    if (commas > 0 && points > 0) { // the last of the two is the decimal point
        const QChar point = body.lastIndexOf(u',') > body.lastIndexOf(u'.') ? u',' : u'.';
        const QChar group = point == u',' ? u'.' : u',';
        const QString whole = body.section(point, 0, 0);
        if (body.count(point) != 1 || !isGrouped(whole.split(group)))
            return {Number::Kind::Broken, {}};
        return {Number::Kind::Plain, sign + QString(whole).remove(group) + u'.' + body.section(point, 1)};
    }
    const QChar mark = commas > 0 ? u',' : u'.';
    const QStringList parts = body.split(mark);
    if (parts.size() > 2)
        return isGrouped(parts) ? Number{Number::Kind::Plain, sign + QString(body).remove(mark)}
                                : Number{Number::Kind::Broken, {}};
    if (isGrouped(parts) && parts.front() != QLatin1String("0"))
        return {Number::Kind::Grouped, sign + QString(body).remove(mark)};
    if (parts.back().isEmpty())
        return {Number::Kind::Broken, {}};
    return {Number::Kind::Plain, sign + parts.join(u'.')};
}

bool hasLetter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

bool isHeading(const QStringList &cells)
{
    static const QStringList words{
        QStringLiteral("sku"),      QStringLiteral("item"),    QStringLiteral("part"),
        QStringLiteral("part no"),  QStringLiteral("article"), QStringLiteral("qty"),
        QStringLiteral("quantity"), QStringLiteral("product"), QStringLiteral("code")};
    const bool anyNumber = std::any_of(cells.begin(), cells.end(), [](const QString &cell) {
        return numberOf(cell).kind != Number::Kind::None;
    });
    return !anyNumber && std::any_of(cells.begin(), cells.end(), [](const QString &cell) {
        return words.contains(cell.toLower());
    });
}

void spoil(PartRow &row, PartRow::State state, const QString &note)
{
    row.state = state;
    row.note = note;
}

void readQuantity(PartRow &row, const QString &cell)
{
    const Number number = numberOf(cell);
    if (number.kind == Number::Kind::None || number.kind == Number::Kind::Broken)
        return spoil(row, PartRow::State::Bad,
                     PartListText::tr("“%1” is not a quantity. Write it in digits.").arg(cell));
    const QString whole = number.digits.section(u'.', 0, 0);
    if (whole.size() > 10)
        return spoil(row, PartRow::State::Bad, PartListText::tr("%1 is more than can be ordered.").arg(cell));
    const auto quantity = Decimal::parse(number.digits.toStdString());
    if (!quantity)
        return spoil(row, PartRow::State::Bad,
                     PartListText::tr("“%1” is not a quantity. Write it in digits.").arg(cell));
    if (*quantity <= Decimal())
        return spoil(row, PartRow::State::Bad,
                     PartListText::tr("A quantity must be more than 0, not %1.").arg(cell));
    if (*quantity > Decimal::fromInteger(PartList::quantityMost))
        return spoil(row, PartRow::State::Bad, PartListText::tr("%1 is more than can be ordered.").arg(cell));
    row.quantity = *quantity;
    if (number.kind == Number::Kind::Calculated)
        spoil(row, PartRow::State::Doubtful,
              PartListText::tr(
                  "The spreadsheet calculated this quantity, and %1 was taken. Correct it if that is wrong.")
                  .arg(number.digits));
    if (number.kind == Number::Kind::Grouped)
        spoil(row, PartRow::State::Doubtful,
              PartListText::tr("“%1” was taken for %2. Correct it if that is wrong.")
                  .arg(cell, QLocale().toString(number.digits.toLongLong())));
}

// The item is the first cell with a letter, else the first; the quantity the first number after it, else the
// last before it.
void readCells(PartRow &row, const QStringList &cells)
{
    const auto isNumber = [](const QString &cell) { return numberOf(cell).kind != Number::Kind::None; };
    qsizetype item = -1;
    for (qsizetype i = 0; i < cells.size() && item < 0; ++i) {
        if (hasLetter(cells[i]) && !isNumber(cells[i]))
            item = i;
    }
    if (item < 0) { // numbers alone: the first that is there is the item
        for (qsizetype i = 0; i < cells.size() && item < 0; ++i)
            item = cells[i].isEmpty() ? -1 : i;
    }
    row.item = cells.value(item);
    if (row.item.startsWith(u'=') || row.item.startsWith(u'@'))
        return spoil(row, PartRow::State::Bad,
                     PartListText::tr("This is a formula. Copy its value instead."));
    if (row.item.size() > itemMost) {
        row.item.truncate(itemMost);
        return spoil(row, PartRow::State::Bad, PartListText::tr("This is too long for an item number."));
    }
    qsizetype quantity = -1;
    for (qsizetype i = item + 1; i < cells.size() && quantity < 0; ++i)
        quantity = isNumber(cells[i]) ? i : -1;
    for (qsizetype i = item - 1; i >= 0 && quantity < 0; --i)
        quantity = isNumber(cells[i]) ? i : -1;
    if (quantity >= 0)
        return readQuantity(row, cells[quantity]);
    const QString next = cells.value(item + 1);
    if (!next.isEmpty())
        return readQuantity(row, next); // which says what is wrong with it
    row.quantity = Decimal::fromInteger(1);
    spoil(row, PartRow::State::Doubtful, PartListText::tr("No quantity is given; 1 was taken."));
}

} // namespace

PartRow PartList::quantityOf(const QString &text)
{
    PartRow row;
    row.text = text.left(textMost);
    readQuantity(row, row.text.trimmed());
    return row;
}

PartList PartList::read(QStringView text)
{
    PartList list;
    if (text.size() > charactersMost) {
        list.refused = PartListText::tr("This is more text than a list of items has. Copy the rows alone.");
        return list;
    }
    if (text.contains(QChar(0)) || text.startsWith(u"PK\x03\x04")) {
        list.refused = PartListText::tr("This is a file, not a list. Open it, and copy its rows.");
        return list;
    }
    int line = 0;
    bool first = true;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at;
        while (end < text.size() && text[end] != u'\n' && text[end] != u'\r')
            ++end;
        const QStringView row = text.mid(at, end - at).trimmed();
        at = end + (text.mid(end).startsWith(u"\r\n") ? 2 : 1);
        ++line;
        if (row.isEmpty())
            continue;
        if (static_cast<int>(list.rows.size()) == rowsMost) {
            ++list.left;
            continue;
        }
        PartRow part;
        part.line = line;
        part.text = row.left(textMost).toString();
        part.text.removeIf([](QChar c) { return !c.isPrint() && c != u'\t'; });
        const QStringList cells = cellsOf(row.left(charactersMost));
        if (std::exchange(first, false) && isHeading(cells))
            continue;
        if (part.text.isEmpty() || cells.join(QString()).isEmpty())
            continue;
        readCells(part, cells);
        list.rows.push_back(std::move(part));
    }
    if (list.rows.empty())
        list.refused
            = PartListText::tr("There is no item in it. Copy rows with an item number and a quantity.");
    return list;
}

} // namespace Counterfoil
