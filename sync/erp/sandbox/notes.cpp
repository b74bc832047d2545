#include "notes.h"

#include "account.h"
#include "note.h"
#include "objections.h"

namespace Counterfoil::Sandbox {

CommandEffect writeNote(Books &books, const Command &command, const Deed &deed, Instant now)
{
    const Note &wanted = *command.record.as<Note>();
    if (!command.target.empty())
        return rejected({"note-kept", "A note cannot be changed once it is kept. Write another one."});
    if (!books.idOf(Account::type, command.account))
        return rejected({"target-missing", "The supplier’s system has no such account."});
    if (wanted.text.empty() || !isPrintable(wanted.text, true))
        return rejected(
            {"text-unprintable", "There is nothing in this note that can be kept. Write it anew."});
    if (QString::fromStdString(wanted.text).size() > static_cast<qsizetype>(mostNoteCharacters))
        return rejected({"text-too-long", "This note is too long. Make two of it."});
    const std::int64_t id = books.lastId(Note::type) + 1;
    Note note = wanted;
    note.key = "NOTE-" + std::to_string(id);
    note.account = command.account;
    note.author = deed.actor;
    note.at = now;
    books.change(deed, Note::type, id, nullptr, &note, now);
    books.writeCommand(deed, Note::type, note.key, now);
    CommandEffect effect;
    effect.target = note.key;
    return effect;
}

} // namespace Counterfoil::Sandbox
