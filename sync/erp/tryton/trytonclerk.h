#pragma once

#include "address.h"
#include "cartrules.h"
#include "return.h"
#include "trytonquotes.h"
#include "trytonreader.h"

#include <variant>

namespace Counterfoil {

// Carries out what people ask for, by the module's command.py: each command is one transaction of Tryton's
// that keeps its key. What is compared before was read with a time stamp, and the transaction does nothing
// where that is another one by then.
class TrytonClerk
{
public:
    TrytonClerk(TrytonSession &session, TrytonReader &reader, TrytonQuotes &quotes, const Clock &clock)
        : m_session(session)
        , m_reader(reader)
        , m_quotes(quotes)
        , m_clock(clock)
    { }

    // As Connector's.
    Result<CommandEffect> execute(const Command &command, const std::string &actor);
    Result<std::optional<CommandEffect>> findByKey(const std::string &key);
    static std::vector<NotOffered> notOffered();

private:
    // What Tryton knows of a key: what came of it, or what it takes to carry it out.
    struct Known
    {
        std::optional<CommandEffect> effect;
        QString ticket;
    };
    struct Stored
    {
        std::int64_t id = 0;
        QString timestamp;
        AnyRecord record;
        std::int64_t version = 0;
    };
    // One try: an effect, or nothing where something changed between looking and doing.
    using Attempt = Result<std::optional<CommandEffect>>;
    struct Deed
    {
        const Command &command;
        QString actor;
        QString ticket;
    };

    Result<Known> ask(const std::string &key);
    Result<std::optional<Stored>> find(const TrytonThing &thing, const std::string &key);
    Attempt attempt(const Deed &deed, const TrytonThing &thing);
    Attempt change(const Deed &deed, const TrytonThing &thing, const std::optional<Stored> &stored);
    Attempt changeCart(const Deed &deed, const std::optional<Stored> &stored);
    Attempt place(const Deed &deed, const Stored &stored);
    Attempt changeReturn(const Deed &deed, const std::optional<Stored> &stored);
    Attempt request(const Deed &deed, const Return &wanted);
    static Attempt finish(const Result<QJsonValue> &done);
    Attempt write(const Deed &deed, const TrytonThing &thing, const std::optional<Stored> &stored,
                  const QJsonObject &row);
    // A record as wished, in Tryton's fields, or why Tryton cannot have it so.
    using Wished = std::variant<QJsonObject, Objection>;
    Result<Wished> wishedRow(const AnyRecord &wished, const std::optional<Stored> &stored);
    Result<Wished> wishedAddress(const Address &wished, const Address *stored);
    Result<std::int64_t> lookUp(const char *model, const QJsonArray &domain);

    TrytonSession &m_session;
    TrytonReader &m_reader;
    TrytonQuotes &m_quotes;
    const Clock &m_clock;
};

} // namespace Counterfoil
