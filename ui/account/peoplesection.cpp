#include "peoplesection.h"

#include "accountsection.h"
#include "freshness.h"
#include "membersheet.h"
#include "signinpage.h"

#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

PeopleSection::PeopleSection(PeoplePort &port, const Freshness &freshness, QString self, QWidget *parent)
    : QWidget(parent)
    , m_port(port)
    , m_freshness(freshness)
    , m_self(std::move(self))
    , m_section(new AccountSection(tr("People who sign in"), tr("Invite…"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
    connect(m_section, &AccountSection::addWanted, this, &PeopleSection::invite);
    connect(m_section, &AccountSection::wanted, this, &PeopleSection::carryOut);
    connect(m_section, &AccountSection::moreWanted, this, &PeopleSection::load);
    connect(&freshness, &Freshness::changed, this, &PeopleSection::follow);
    connectPort();
    showMembers();
}

void PeopleSection::connectPort()
{
    connect(&m_port, &PeoplePort::listed, this, [this](const QList<Member> &members) {
        m_members = members;
        m_known = true;
        m_asked = Asked::Nothing;
        m_error.clear();
        showMembers();
    });
    connect(&m_port, &PeoplePort::invited, this, [this](const Member &who, const QString &firstPassword) {
        m_asked = Asked::Nothing;
        if (m_sheet)
            m_sheet->showPassword(firstPassword);
        Q_EMIT told(tr("%1 is invited").arg(who.displayName));
        load();
    });
    connect(&m_port, &PeoplePort::changed, this, [this](const Member &who) {
        m_asked = Asked::Nothing;
        if (m_sheet)
            m_sheet->finish();
        Q_EMIT told(tr("What %1 may do is changed").arg(who.displayName));
        load();
    });
    connect(&m_port, &PeoplePort::failed, this, [this](const Error &error) {
        const Asked asked = std::exchange(m_asked, Asked::Nothing);
        if (asked == Asked::List) {
            m_error = error.userText;
            showMembers();
        } else if (asked != Asked::Nothing && m_sheet) {
            m_sheet->refuse(error.userText);
        } else if (asked != Asked::Nothing) {
            Q_EMIT told(error.userText);
        }
    });
}

bool PeopleSection::isConnected() const
{
    const SyncStatus::Mode mode = m_freshness.status().mode;
    return mode != SyncStatus::Mode::Offline && mode != SyncStatus::Mode::SignedOut
        && mode != SyncStatus::Mode::Connecting;
}

void PeopleSection::follow()
{
    const bool connected = isConnected();
    if (isVisible() && connected && !m_known && m_error.isEmpty())
        load();
    else if (connected != m_connected)
        showMembers();
}

void PeopleSection::load()
{
    if (m_asked != Asked::Nothing || !isConnected()) {
        showMembers();
        return;
    }
    m_asked = Asked::List;
    m_error.clear();
    showMembers();
    m_port.list();
}

void PeopleSection::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_known)
        load();
}

void PeopleSection::setAccounts(const QList<Choice> &accounts)
{
    if (accounts == m_accounts)
        return;
    m_accounts = accounts;
    showMembers();
}

QString PeopleSection::namesOf(const QStringList &accounts) const
{
    constexpr qsizetype namedMost = 2;
    QStringList names;
    for (const QString &key : accounts) {
        const auto known = std::ranges::find(m_accounts, key, &Choice::value);
        if (names.size() < namedMost)
            names.append(known == m_accounts.end() ? key : known->label);
    }
    const auto rest = static_cast<int>(accounts.size() - names.size());
    if (rest > 0)
        names.append(tr("and %Ln more accounts", nullptr, rest));
    return names.join(QStringLiteral(", "));
}

void PeopleSection::showMembers()
{
    QList<AccountRowWords> rows;
    const bool connected = m_connected = isConnected();
    for (const Member &member : std::as_const(m_members)) {
        AccountRowWords words;
        words.key = member.user;
        words.name = member.displayName.isEmpty() ? member.user : member.displayName;
        words.detail = QStringList{member.user, roleName(member.role), namesOf(member.accounts)}.join(
            QStringLiteral(" · "));
        if (member.disabled)
            words.state = {tr("Disabled"), QStringLiteral("⏸"), Tone::Warn};
        else if (member.invited)
            words.state = {tr("Invited"), QStringLiteral("◷"), Tone::Info};
        if (member.pricesWithheld)
            words.marks.append({tr("No prices"), {}, Tone::Neutral});
        if (member.invoicesWithheld)
            words.marks.append({tr("No invoices"), {}, Tone::Neutral});
        if (!member.limits.isEmpty())
            words.marks.append({tr("Order limit"), {}, Tone::Neutral});
        if (connected)
            words.deeds = member.user == m_self ? RowDeeds() : RowDeed::Edit | RowDeed::Retire;
        words.retireText = member.disabled ? tr("Let them sign in again") : tr("Disable");
        words.faded = member.disabled;
        rows.append(words);
    }
    m_section->setAddText(connected ? tr("Invite…") : QString());
    QString empty = tr("Nobody signs in for these accounts yet.");
    if (!connected)
        empty = tr("Who may sign in is not kept on this computer. It is shown here once there is a "
                   "connection.");
    else if (!m_error.isEmpty())
        empty = m_error;
    else if (!m_known)
        empty = tr("Asking the gateway…");
    m_section->setNote(!connected && !rows.isEmpty() ? tr("Offline: to be looked at only") : QString());
    m_section->setMore(connected && !m_error.isEmpty() ? tr("Try again") : QString());
    m_section->setRows(rows, empty);
}

const Member *PeopleSection::find(const QString &user) const
{
    const auto found = std::ranges::find(m_members, user, &Member::user);
    return found == m_members.end() ? nullptr : &*found;
}

void PeopleSection::invite()
{
    if (!isConnected()) {
        Q_EMIT told(tr("Inviting somebody needs a connection."));
        return;
    }
    Member member;
    if (m_accounts.size() == 1)
        member.accounts = {m_accounts.first().value};
    edit(member);
}

void PeopleSection::edit(const Member &member)
{
    if (m_sheet)
        return;
    m_sheet = new MemberSheet(window(), member, m_accounts);
    m_sheet->goWith(this);
    connect(m_sheet, &MemberSheet::wanted, this, [this, isNew = member.user.isEmpty()](const Member &who) {
        m_asked = isNew ? Asked::Invitation : Asked::Change;
        isNew ? m_port.invite(who) : m_port.change(who);
    });
    m_sheet->open();
}

void PeopleSection::carryOut(const QString &user, RowDeed deed)
{
    const Member *member = find(user);
    if (!member || !isConnected())
        return;
    if (deed == RowDeed::Edit) {
        edit(*member);
    } else if (deed == RowDeed::Retire && m_asked == Asked::Nothing) {
        Member changed = *member;
        changed.disabled = !changed.disabled;
        m_asked = Asked::Change;
        m_port.change(changed);
    }
}

} // namespace Counterfoil
