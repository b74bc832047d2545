#include "trytonreader.h"

#include "trytontext.h"

#include <QJsonDocument>
#include <QLoggingCategory>

#include <set>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(readerLog, "counterfoil.tryton")

Error wrongField(const char *model, const std::string &name, const std::string &field)
{
    return {ErrorKind::BadReply,
            TrytonText::tr(
                "A record in Tryton is not as Counterfoil expects it, and is left out. Tryton's version or "
                "its modules may be others than those that Counterfoil knows."),
            QStringLiteral("%1 %2, %3")
                .arg(QLatin1String(model), QString::fromStdString(name), QString::fromStdString(field))};
}

void warn(const Error &error)
{
    qCWarning(readerLog, "%s (%s)", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
}

// What Tryton may answer when asked for less.
bool mayBeTooMuch(const Error &error)
{
    return error.kind == ErrorKind::Timeout || error.kind == ErrorKind::ServerDown
        || error.kind == ErrorKind::BadReply;
}

QJsonArray idIn(const std::vector<std::int64_t> &ids)
{
    return where("id", idArray(ids), "in");
}

QJsonArray fieldNames(std::span<const char *const> fields)
{
    QJsonArray array;
    for (const char *field : fields)
        array.append(QLatin1String(field));
    return array;
}

QString fieldOfName(const TrytonThing &thing)
{
    return QLatin1String(thing.nameField ? thing.nameField : "id");
}

QJsonValue asValue(const TrytonThing &thing, const std::string &name)
{
    const QString text = QString::fromStdString(name);
    return thing.nameField ? QJsonValue(text) : QJsonValue(text.toLongLong());
}

std::string nameOf(const TrytonThing &thing, const TrytonRow &row)
{
    return thing.nameField ? row.text(thing.nameField) : std::to_string(row.id());
}

Change changeOf(const RecordType &kind, std::string key, std::int64_t version, Instant time)
{
    Change change;
    change.kind = &kind;
    change.key = std::move(key);
    change.version = version;
    change.time = time;
    return change;
}

// Each record that the thing may be: as it is, or that it is none.
void report(const TrytonThing &thing, const std::string &name, const std::vector<AnyRecord> &records,
            std::int64_t version, Instant time, std::vector<Change> &changes)
{
    for (const TrytonThing::Kind &kind : thing.kinds) {
        Change change = changeOf(*kind.type, kind.prefix + name, version, time);
        for (const AnyRecord &record : records) {
            if (&record.type() != kind.type)
                continue;
            change.record = record;
            change.account = kind.type->findFlag(AccountKey)->in<std::string>(record.data());
        }
        changes.push_back(std::move(change));
    }
}

} // namespace

Result<QJsonArray> TrytonReader::search(const QString &model, const QJsonArray &domain, int limit,
                                        const QJsonArray &fields)
{
    const QJsonArray byId = listOf({QStringLiteral("id"), QStringLiteral("ASC")});
    const auto answer
        = m_session.call(QStringLiteral("model.%1.search_read").arg(model), {domain, 0, limit, byId, fields});
    if (!answer)
        return answer.error();
    if (!answer->isArray())
        return wrongField("search_read", {}, model.toStdString());
    return answer->toArray();
}

Outcome TrytonReader::readCompany()
{
    if (m_facts.party != 0)
        return Done();
    const auto rows
        = search(QStringLiteral("company.company"), idIn({m_company}), 1,
                 {QStringLiteral("party"), QStringLiteral("currency.code"), QStringLiteral("timezone")});
    if (!rows)
        return rows.error();
    std::string wrong;
    const TrytonRow row(rows->at(0).toObject(), wrong);
    if (row.id() != m_company || row.integer("party") <= 0 || !wrong.empty()) {
        return Error{
            ErrorKind::Forbidden,
            TrytonText::tr(
                "Tryton's service account sees no company. Give it the company whose orders are to be "
                "shown, in Tryton's user settings."),
            QString::number(m_company)};
    }
    m_facts = {row.integer("party"), row.row("currency").text("code"), row.text("timezone")};
    return Done();
}

Result<TrytonReader::Found> TrytonReader::after(const TrytonThing &thing, std::int64_t id, int limit)
{
    QJsonArray domain = QJsonDocument::fromJson(thing.only).array();
    domain.append(QJsonArray{QStringLiteral("id"), QStringLiteral(">"), static_cast<qint64>(id)});
    QJsonArray fields{QStringLiteral("id")};
    if (thing.nameField)
        fields.append(QLatin1String(thing.nameField));
    const auto rows = search(QLatin1String(thing.model), domain, limit, fields);
    if (!rows)
        return rows.error();
    Found found;
    std::string wrong;
    for (const auto &each : *rows) {
        const TrytonRow row(each.toObject(), wrong);
        found.names.push_back(nameOf(thing, row));
        found.last = row.id();
    }
    return found;
}

Outcome TrytonReader::read(const TrytonThing &thing, const std::vector<std::string> &names,
                           std::int64_t version, Instant time, std::vector<Change> &changes)
{
    Q_ASSERT(std::ssize(names) <= mostThings);
    if (names.empty())
        return Done();
    const std::string name = thing.name + (' ' + names.front());
    const bool suspected = names.size() == 1 && m_suspect == name;
    if (suspected) {
        // Where nothing else can be read either, it is not its fault.
        if (auto done = readAnother(thing, names.front()); !done)
            return done;
    }
    auto done = readPage(thing, names, version, time, changes);
    if (done) {
        m_pageThings = std::min(mostThings, m_pageThings * 2);
        if (suspected)
            m_suspect.clear();
        return done;
    }
    if (!mayBeTooMuch(done.error()))
        return done;
    m_pageThings = std::max(1, static_cast<int>(names.size()) / 2);
    if (names.size() > 1)
        return done;
    m_suspect = suspected ? std::string() : name;
    if (!suspected)
        return done;
    Error leftOut = done.error();
    leftOut.detail = QString::fromStdString(name) + QStringLiteral(" is left out: ") + leftOut.detail;
    warn(leftOut);
    return Done();
}

Outcome TrytonReader::readAnother(const TrytonThing &thing, const std::string &than)
{
    const auto rows
        = search(QLatin1String(thing.model), where(fieldOfName(thing), asValue(thing, than), "!="), 1,
                 fieldNames(thing.fields));
    return rows ? Outcome(Done()) : rows.error();
}

Outcome TrytonReader::readPage(const TrytonThing &thing, const std::vector<std::string> &names,
                               std::int64_t version, Instant time, std::vector<Change> &changes)
{
    if (auto done = readCompany(); !done)
        return done;
    QJsonArray values;
    for (const std::string &name : names)
        values.append(asValue(thing, name));
    const auto rows = search(QLatin1String(thing.model), where(fieldOfName(thing), values, "in"),
                             static_cast<int>(names.size()), fieldNames(thing.fields));
    if (!rows)
        return rows.error();
    std::string wrong;
    std::map<std::string, TrytonRow> found;
    TrytonThing::Wanted wanted;
    for (const auto &each : *rows) {
        const TrytonRow row(each.toObject(), wrong);
        found.emplace(nameOf(thing, row), row);
        if (thing.want)
            thing.want(row, wanted);
    }
    wrong.clear(); // it is found again below, where it is known whose it is
    TrytonLookups lookups;
    lookups.company = m_facts;
    if (auto done = look(wanted, lookups); !done)
        return done;
    for (const std::string &name : names) {
        std::vector<AnyRecord> records;
        if (const auto row = found.find(name); row != found.end())
            thing.make(row->second, lookups, records);
        // One record that is not as expected must not keep all others from being told.
        if (!wrong.empty()) {
            warn(wrongField(thing.model, name, wrong));
            wrong.clear();
            continue;
        }
        report(thing, name, records, version, time, changes);
    }
    return Done();
}

// What is wrong with a record that others refer to is not theirs: they are told without it.
Outcome TrytonReader::look(const TrytonThing::Wanted &wanted, TrytonLookups &lookups)
{
    for (const auto &[ids, step] : {std::pair(&wanted.saleLines, &TrytonReader::lookUpSaleLines),
                                    std::pair(&wanted.invoiceLines, &TrytonReader::lookUpInvoiceLines),
                                    std::pair(&wanted.invoices, &TrytonReader::lookUpInvoices),
                                    std::pair(&wanted.issues, &TrytonReader::lookUpIssues)}) {
        const std::set<std::int64_t> once(ids->begin(), ids->end());
        const std::vector<std::int64_t> sorted(once.begin(), once.end());
        if (sorted.empty())
            continue;
        if (auto done = (this->*step)(sorted, lookups); !done)
            return done;
    }
    return Done();
}

// A line's number is its place among the lines of its sale that the order shows.
Outcome TrytonReader::lookUpSaleLines(const std::vector<std::int64_t> &ids, TrytonLookups &lookups)
{
    static constexpr const char *fields[]
        = {"lines.type", "lines.shipment_cost", "lines.product", "number", "reference", "party", "origin"};
    const QJsonArray ofLines = where("lines", idArray(ids), "in");
    const auto rows
        = search(QStringLiteral("sale.sale"), ofLines, static_cast<int>(ids.size()), fieldNames(fields));
    if (!rows)
        return rows.error();
    QJsonArray back;
    for (const auto &each : *rows) {
        std::string wrong;
        const TrytonRow sale(each.toObject(), wrong);
        if (sale.has("origin"))
            back.append(static_cast<qint64>(sale.id()));
        TrytonSaleLine line{sale.id(), sale.integer("party"), sale.text("number"), sale.text("reference")};
        std::int64_t number = 0;
        std::map<std::int64_t, TrytonSaleLine> lines;
        for (const TrytonRow &row : sale.rows("lines")) {
            const bool shown = row.text("type") == "line" && !row.has("shipment_cost");
            number += shown ? 1 : 0;
            line.lineNumber = shown ? number : 0;
            line.product = std::to_string(row.integer("product"));
            lines.emplace(row.id(), line);
        }
        if (wrong.empty())
            lookups.saleLines.merge(lines);
        else
            warn(wrongField("sale.sale", std::to_string(line.sale), wrong));
    }
    return back.isEmpty() ? Outcome(Done()) : lookUpReturnSales(back, lookups);
}

Outcome TrytonReader::lookUpReturnSales(const QJsonArray &sales, TrytonLookups &lookups)
{
    const auto answer
        = m_session.call(QStringLiteral("model.counterfoil.terms.returned"), listOf(QJsonArray(sales)));
    if (!answer)
        return answer.error();
    const QJsonArray rows = answer->toArray();
    for (const auto &each : rows) {
        const QJsonArray row = each.toArray(); // see returns.py
        const auto sale = row.at(0).toInteger();
        const auto complaint = row.at(1).toInteger();
        TrytonReturnSale &back = lookups.returnSales[sale];
        back.key = complaint != 0 ? trytonKey("", complaint) : trytonKey(returnSalePrefix, sale);
        back.order = row.at(2).toInteger();
        back.orderNumber = row.at(3).toString().toStdString();
        back.poReference = row.at(4).toString().toStdString();
        const QJsonObject lines = row.at(5).toObject();
        for (auto line = lines.begin(); line != lines.end(); ++line)
            back.lines[line.key().toStdString()] = line.value().toInteger();
    }
    return Done();
}

Outcome TrytonReader::lookUpInvoiceLines(const std::vector<std::int64_t> &ids, TrytonLookups &lookups)
{
    static constexpr const char *fields[] = {"invoice", "invoice.number"};
    const auto rows = search(QStringLiteral("account.invoice.line"), idIn(ids), static_cast<int>(ids.size()),
                             fieldNames(fields));
    if (!rows)
        return rows.error();
    for (const auto &each : *rows) {
        std::string wrong;
        const TrytonRow row(each.toObject(), wrong);
        const TrytonInvoiceLine line{row.integer("invoice"), row.row("invoice").text("number")};
        if (wrong.empty())
            lookups.invoiceLines[row.id()] = line;
        else
            warn(wrongField("account.invoice.line", std::to_string(row.id()), wrong));
    }
    return Done();
}

Outcome TrytonReader::lookUpInvoices(const std::vector<std::int64_t> &ids, TrytonLookups &lookups)
{
    static constexpr const char *fields[] = {"number"};
    const auto rows = search(QStringLiteral("account.invoice"), idIn(ids), static_cast<int>(ids.size()),
                             fieldNames(fields));
    if (!rows)
        return rows.error();
    for (const auto &each : *rows) {
        std::string wrong;
        const TrytonRow row(each.toObject(), wrong);
        const std::string number = row.text("number");
        if (wrong.empty())
            lookups.invoices[row.id()] = number;
        else
            warn(wrongField("account.invoice", std::to_string(row.id()), wrong));
    }
    return Done();
}

Outcome TrytonReader::lookUpIssues(const std::vector<std::int64_t> &ids, TrytonLookups &lookups)
{
    const auto answer
        = m_session.call(QStringLiteral("model.counterfoil.change.issues"), listOf(idArray(ids)));
    if (!answer)
        return answer.error();
    const QJsonArray rows = answer->toArray();
    for (const auto &each : rows) {
        const QJsonArray row = each.toArray(); // invoice, seconds since 1970, bytes, SHA-256
        const auto invoice = row.at(0).toInteger();
        lookups.issues[invoice] = {{static_cast<std::int64_t>(row.at(1).toDouble() * 1'000)},
                                   row.at(2).toInteger(),
                                   row.at(3).toString().toStdString()};
    }
    return Done();
}

} // namespace Counterfoil
