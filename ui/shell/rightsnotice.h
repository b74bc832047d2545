#pragma once

#include "commandport.h"
#include "syncport.h"

#include <QHash>
#include <QWidget>

class QAbstractItemModel;
class QLabel;

namespace Counterfoil {

class Banner;

// Says under the window's bar what a person may see now that they could not before, what they may not any
// more, and which of their changes were withdrawn with it. Stays until it is dismissed. What was lost is no
// longer in the cache by then, so the names of accounts are remembered from the list of them.
class RightsNotice final : public QWidget
{
    Q_OBJECT
public:
    // `accounts` answers Qt::DisplayRole and ItemRole::Key.
    RightsNotice(const QAbstractItemModel &accounts, const CommandPort &commands, QWidget *parent);

    void tell(const ScopeChange &change);

    // All of it since it was dismissed last, to be told on by the next notice.
    struct Told
    {
        ScopeChange change;
        QHash<QString, QString> names; // of accounts
    };
    Told told() const { return {m_change, m_names}; }
    void tellOn(const Told &told);
    void dismiss();

Q_SIGNALS:
    void shownChanged();

private:
    void remember(int first, int last); // the names of these rows
    void describe();
    QString names(const QStringList &keys) const;
    QString withdrawn() const;

    const QAbstractItemModel &m_accounts;
    const CommandPort &m_commands;
    QHash<QString, QString> m_names;
    ScopeChange m_change;
    Banner *m_banner;
};

} // namespace Counterfoil
