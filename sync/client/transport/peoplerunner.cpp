#include "peoplerunner.h"

#include "codec.h"
#include "foreignanswer.h"
#include "tuning.h"

#include <QCoreApplication>

#include <memory>
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
    for (const LimitEntry &limit : entry.limits)
        member.limits.append({QString::fromStdString(limit.account), limit.amount});
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
    for (const MemberLimit &limit : member.limits)
        entry.limits.push_back({limit.account.toStdString(), limit.amount});
    entry.setsLimits = true;
    return entry;
}

std::string encoded(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

} // namespace

PeopleRunner::PeopleRunner(QObject *parent)
    : QObject(parent)
    , m_calls(Tuning::peopleCalls, {&needsSignIn, &needsConnection, &tooManyCalls}, this)
{ }

void PeopleRunner::call(const char *method, const std::string &target, const std::string &body,
                        std::function<Result<std::string>(const std::string &)> answered)
{
    m_calls.add({method, target, body, Tuning::requestTimeoutMs, std::move(answered),
                 [this](const Error &error) { Q_EMIT failed(error); }});
}

void PeopleRunner::list()
{
    struct MemberPages
    {
        QList<Member> members;
        int count = 0;
    };
    const auto pages = std::make_shared<MemberPages>();
    call("GET", "/v1/users", {}, [this, pages](const std::string &body) -> Result<std::string> {
        const auto page = decode<MemberList>(body);
        if (!page)
            return foreignAnswer(200);
        for (const MemberEntry &entry : page->members)
            pages->members.append(memberOf(entry));
        if (!page->more) {
            Q_EMIT listed(pages->members);
            return std::string();
        }
        if (page->members.empty() || ++pages->count >= Tuning::peoplePages)
            return tooManyMembers();
        return "/v1/users?after=" + encoded(page->members.back().user);
    });
}

void PeopleRunner::invite(const Member &who)
{
    call("POST", "/v1/users", encode(entryOf(who)),
         [this, who](const std::string &body) -> Result<std::string> {
             const auto answer = decode<InvitationAnswer>(body);
             if (!answer || answer->firstPassword.empty() || answer->user != who.user.toStdString())
                 return foreignAnswer(200);
             Q_EMIT invited(who, QString::fromStdString(answer->firstPassword));
             return std::string();
         });
}

void PeopleRunner::change(const Member &who)
{
    const MemberEntry entry = entryOf(who);
    call("PUT", "/v1/users/" + encoded(entry.user), encode(entry),
         [this, who](const std::string &body) -> Result<std::string> {
             const auto answer = decode<MemberEntry>(body);
             if (!answer || answer->user != who.user.toStdString())
                 return foreignAnswer(200);
             Q_EMIT changed(memberOf(*answer));
             return std::string();
         });
}

void PeopleRunner::changePassword(const QString &now, const QString &next)
{
    const std::string body = encode(PasswordChange{now.toStdString(), next.toStdString()});
    call("POST", "/v1/session/password", body, [this](const std::string &) -> Result<std::string> {
        m_calls.refuseBearer(); // the next one knows that a password was chosen
        Q_EMIT passwordChanged();
        return std::string();
    });
}

} // namespace Counterfoil
