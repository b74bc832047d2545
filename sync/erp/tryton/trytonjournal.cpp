#include "trytonjournal.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t mostSnapshotBytes = 100'000; // thousands of transactions at once

Error noJournal(const QString &detail)
{
    return {ErrorKind::BadReply,
            QCoreApplication::translate("Tryton",
                                        "Tryton's journal of changes cannot be read. Counterfoil's module in "
                                        "Tryton may be of another version."),
            detail};
}

// It becomes a part of a position, between colons.
bool isPart(const std::string &text)
{
    return !text.empty() && text.size() <= mostSnapshotBytes && text.find(':') == std::string::npos;
}

const TrytonThing *findThing(const QString &name)
{
    const auto things = trytonThings();
    const auto found = std::ranges::find_if(
        things, [&name](const TrytonThing &thing) { return name == QLatin1String(thing.name); });
    return found == things.end() ? nullptr : &*found;
}

} // namespace

Result<TrytonJournal> TrytonJournal::read(TrytonSession &session, const std::string &known,
                                          const std::string &seen, std::int64_t after)
{
    const auto answer = session.call(
        QStringLiteral("model.counterfoil.change.changes"),
        {QString::fromStdString(known), QString::fromStdString(seen), QString::number(after), mostRows});
    if (!answer)
        return answer.error();
    const QJsonObject object = answer->toObject();
    const auto text
        = [&object](const char *name) { return object.value(QLatin1String(name)).toString().toStdString(); };
    bool numbered = false;
    TrytonJournal journal{text("identity"),
                          text("snapshot"),
                          object.value(QStringLiteral("version")).toString().toLongLong(&numbered),
                          object.value(QStringLiteral("gap")).toBool(),
                          {}};
    if (!isPart(journal.identity) || !isPart(journal.snapshot) || !numbered || journal.version < 0)
        return noJournal(QStringLiteral("head"));
    for (const auto &each : object.value(QStringLiteral("rows")).toArray()) {
        const QJsonArray row = each.toArray();
        if (row.size() != 4 || row.at(0).toInteger() <= 0)
            return noJournal(QStringLiteral("row"));
        // "party.address" and its id, or "counterfoil.item/SKU"
        const QString named = row.at(1).toString();
        const TrytonThing *const thing = findThing(named.section(u'/', 0, 0));
        const std::string name = thing && thing->nameField ? named.section(u'/', 1).toStdString()
                                                           : std::to_string(row.at(2).toInteger());
        journal.rows.push_back(
            {row.at(0).toInteger(), thing, name, {static_cast<std::int64_t>(row.at(3).toDouble() * 1'000)}});
    }
    return journal;
}

} // namespace Counterfoil
