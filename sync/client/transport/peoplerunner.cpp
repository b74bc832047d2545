#include "peoplerunner.h"

#include "codec.h"
#include "foreignanswer.h"
#include "problems.h"
#include "tuning.h"

#include <QCoreApplication>

#include <utility>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("People", text)

Error needsSignIn()
{
    return {ErrorKind::Unauthorized, TEXT("Your sign-in has ended. Sign in again, then try once more."),
            QStringLiteral("no access token")};
}

Error needsConnection()
{
    return {ErrorKind::Offline,
            TEXT("This works only while Counterfoil is connected. Connect, then try once more."),
            QStringLiteral("disconnected by the person")};
}

Error tooManyCalls()
{
    return {ErrorKind::RateLimited,
            TEXT("The answers to your last requests have yet to come. Wait a moment."),
            QStringLiteral("too many calls about people")};
}

Error tooManyMembers()
{
    return {ErrorKind::Rejected,
            TEXT("There are more people than Counterfoil shows. Ask your supplier to change them for you."),
            QStringLiteral("a list of people that does not end")};
}

#undef TEXT

Member memberOf(const MemberEntry &entry)
{
    Member member;
    member.user = QString::fromStdString(entry.user);
    member.displayName = QString::fromStdString(entry.displayName);
    member.role = QString::fromStdString(entry.role);
    for (const AccountRef &account : entry.accounts)
        member.accounts.append(QString::fromStdString(account.account));
    member.pricesWithheld = entry.pricesWithheld;
    member.invoicesWithheld = entry.invoicesWithheld;
    member.disabled = entry.disabled;
    member.invited = entry.invited;
    return member;
}

MemberEntry entryOf(const Member &member)
{
    MemberEntry entry;
    entry.user = member.user.toStdString();
    entry.displayName = member.displayName.toStdString();
    entry.role = member.role.toStdString();
    for (const QString &account : member.accounts)
        entry.accounts.push_back({account.toStdString()});
    entry.pricesWithheld = member.pricesWithheld;
    entry.invoicesWithheld = member.invoicesWithheld;
    entry.disabled = member.disabled;
    return entry;
}

std::string encoded(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

} // namespace

PeopleRunner::PeopleRunner(QObject *parent)
    : QObject(parent)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { end(needsSignIn()); });
    connect(&m_network, &Network::replied, this, &PeopleRunner::answered);
    connect(&m_network, &Network::failed, this, [this](RequestId id, const Error &error) {
        if (id == m_sent)
            end(error);
    });
}

void PeopleRunner::setGateway(const QUrl &gateway)
{
    m_gateway = gateway;
}

void PeopleRunner::setBearer(const std::string &bearer)
{
    m_bearer = bearer;
    if (m_wait.isActive() && !bearer.empty() && bearer != m_refused)
        send();
}

void PeopleRunner::setConnected(bool connected)
{
    m_connected = connected;
    while (!connected && !m_calls.empty())
        end(needsConnection());
}

void PeopleRunner::shutDown()
{
    m_shutDown = true;
    m_wait.stop();
    m_calls.clear();
}

void PeopleRunner::list()
{
    add({What::List, "GET", "/v1/users", {}, {}, {}});
}

void PeopleRunner::invite(const Member &who)
{
    add({What::Invite, "POST", "/v1/users", encode(entryOf(who)), who, {}});
}

void PeopleRunner::change(const Member &who)
{
    const MemberEntry entry = entryOf(who);
    add({What::Change, "PUT", "/v1/users/" + encoded(entry.user), encode(entry), who, {}});
}

void PeopleRunner::changePassword(const QString &now, const QString &next)
{
    const std::string body = encode(PasswordChange{now.toStdString(), next.toStdString()});
    add({What::ChangePassword, "POST", "/v1/session/password", body, {}, {}});
}

std::optional<Error> PeopleRunner::hindrance() const
{
    if (!m_connected)
        return needsConnection();
    if (m_bearer.empty())
        return needsSignIn();
    if (m_calls.size() >= Tuning::peopleCalls)
        return tooManyCalls();
    return std::nullopt;
}

void PeopleRunner::add(Call call)
{
    if (m_shutDown)
        return;
    if (const auto error = hindrance()) {
        Q_EMIT failed(*error);
        return;
    }
    m_calls.push_back(std::move(call));
    if (m_calls.size() == 1)
        advance();
}

void PeopleRunner::advance()
{
    if (m_calls.empty())
        return;
    if (m_bearer.empty())
        end(needsSignIn());
    else
        send();
}

void PeopleRunner::send()
{
    m_wait.stop();
    const Call &call = m_calls.front();
    m_sent = ++m_lastId;
    m_network.send(m_gateway,
                   {m_sent, call.method, call.target, call.body, m_bearer, Tuning::requestTimeoutMs});
}

void PeopleRunner::answered(RequestId id, int status, const std::string &body)
{
    if (id != m_sent)
        return;
    m_sent = 0;
    if (status >= 200 && status < 300) {
        succeeded(body);
        return;
    }
    Call &call = m_calls.front();
    const auto problem = decode<Problem>(body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    if (type && type->kind == ProblemKind::TokenRefused && !std::exchange(call.renewed, true)) {
        m_refused = m_bearer;
        m_wait.start(static_cast<int>(Tuning::bearerWaitMs));
        Q_EMIT bearerRefused(m_bearer);
        return;
    }
    end(errorOfRefusal(status, body));
}

void PeopleRunner::succeeded(const std::string &body)
{
    const Call &call = m_calls.front();
    switch (call.what) {
    case What::List:
        if (const auto page = decode<MemberList>(body))
            pageListed(*page);
        else
            end(foreignAnswer(200));
        return;
    case What::Invite: {
        const auto answer = decode<InvitationAnswer>(body);
        if (!answer || answer->firstPassword.empty() || answer->user != call.who.user.toStdString()) {
            end(foreignAnswer(200));
            return;
        }
        Q_EMIT invited(call.who, QString::fromStdString(answer->firstPassword));
        break;
    }
    case What::Change: {
        const auto answer = decode<MemberEntry>(body);
        if (!answer || answer->user != call.who.user.toStdString()) {
            end(foreignAnswer(200));
            return;
        }
        Q_EMIT changed(memberOf(*answer));
        break;
    }
    case What::ChangePassword:
        Q_EMIT bearerRefused(m_bearer); // the next one knows that a password was chosen
        Q_EMIT passwordChanged();
        break;
    }
    end();
}

void PeopleRunner::pageListed(const MemberList &page)
{
    Call &call = m_calls.front();
    for (const MemberEntry &entry : page.members)
        call.members.append(memberOf(entry));
    if (!page.more) {
        Q_EMIT listed(call.members);
        end();
    } else if (page.members.empty() || ++call.pages >= Tuning::peoplePages) {
        end(tooManyMembers());
    } else {
        call.target = "/v1/users?after=" + encoded(page.members.back().user);
        send();
    }
}

void PeopleRunner::end(const Error &error)
{
    Q_EMIT failed(error);
    end();
}

void PeopleRunner::end()
{
    m_wait.stop();
    if (m_sent != 0)
        m_network.abort(m_sent);
    m_sent = 0;
    m_calls.pop_front();
    if (m_connected)
        advance();
}

} // namespace Counterfoil
