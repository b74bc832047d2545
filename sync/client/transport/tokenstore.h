#pragma once

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace Counterfoil {

// Keeps refresh tokens in the system's key store. Where none answers within a deadline, in memory
// only, for the rest of the run. Lives on the GUI thread; never blocks.
class TokenStore final : public QObject
{
    Q_OBJECT
public:
    explicit TokenStore(bool useKeyStore, QObject *parent = nullptr);

    void read(const QString &id,
              const std::function<void(const QString &token)> &answer); // empty: there is none
    void write(const QString &id, const QString &token);
    void remove(const QString &id);

Q_SIGNALS:
    void keptInMemoryOnly(); // once, when the first token could not be stored

private:
    void runNext();
    void giveUp(const QString &reason);

    QHash<QString, QString> m_tokens;    // as they are now; empty text: removed
    QHash<QString, QString> m_unwritten; // the newest of each, so that this stays short
    bool m_keyStore;
    bool m_writing = false;
    bool m_told = false;
};

} // namespace Counterfoil
