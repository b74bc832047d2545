#include "recordnames.h"

#include "display.h"
#include "recordwatch.h"

#include <algorithm>

namespace Counterfoil {

RecordNames::RecordNames(CacheReaders &readers, const CommandPort &port, QObject *parent)
    : QObject(parent)
    , m_readers(readers)
    , m_port(port)
{ }

QString RecordNames::of(const RecordType &kind, const std::string &key)
{
    if (const std::string_view made = commandOfResult(key); !made.empty()) {
        const OutboxEntries entries = m_port.entries();
        const auto entry = std::ranges::find_if(
            *entries, [made](const OutboxEntry &each) { return each.command.key == made; });
        return entry == entries->end() ? QString() : Display::name(entry->command.record);
    }
    RecordWatch *&watch = m_watches[Display::text(key)];
    if (!watch) {
        watch = new RecordWatch(m_readers, this);
        connect(watch, &RecordWatch::changed, this, &RecordNames::changed);
        watch->setRef({&kind, key});
    }
    return Display::name(watch->any());
}

} // namespace Counterfoil
