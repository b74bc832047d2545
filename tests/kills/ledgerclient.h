#pragma once

#include "address.h"
#include "cachereader.h"
#include "outboxentry.h"
#include "random.h"
#include "syncclient.h"

#include <QFile>
#include <QHash>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>

namespace Counterfoil {

// A client without a window, whose person asks for one thing after the other and writes down, on disk, what
// was said to be queued.
class LedgerClient final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString folder; // profiles, the ledger
        QUrl gateway;
        QString user;
        QString password;
        bool settles = false; // asks for nothing more: says how everything ended, and ends
        std::uint64_t seed = 1;
    };
    explicit LedgerClient(const Options &options);

    void start();

private:
    void signIn();
    void look();
    bool knowsAccounts();
    void askForMore();
    void submit(const Command &command, const std::string &marker);
    Command newAddress(const std::string &marker);
    Command changedAddress(const std::string &marker);
    Command newContact(const std::string &marker);
    void noteQueued(const QString &key);
    void tellIfSettled();
    void tellWhatIsMissing();

    const Options m_options;
    SeededRandom m_random;
    SyncClient m_client;
    QFile m_ledger;
    QTimer m_pace;
    bool m_outboxKnown = false; // how much is unfinished there from before
    std::unique_ptr<CacheReader> m_cache;
    std::vector<std::string> m_accounts;
    std::vector<Address> m_addresses;
    std::map<std::string, std::int64_t> m_versions; // of the addresses, as they were when this began
    QHash<QString, QByteArray> m_markers;           // of what was asked for and is not queued yet
    struct Latest
    {
        std::string command;
        Address wish;
    };
    std::map<std::string, Latest> m_latest; // the newest wish for each address, by the address's key
};

} // namespace Counterfoil
