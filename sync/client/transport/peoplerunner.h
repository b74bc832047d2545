#pragma once

#include "effects.h"
#include "network.h"
#include "peopleport.h"

#include <QTimer>

#include <deque>

namespace Counterfoil {

struct MemberList;

// Asks the gateway about people, one call after the other, on the sync thread; PeoplePort's other half.
// Each call ends with one signal, within the bounds of tuning.h. Nothing is tried again by itself but what an
// access token that has just expired spoilt. Passwords are neither kept nor logged.
class PeopleRunner final : public QObject
{
    Q_OBJECT
public:
    explicit PeopleRunner(QObject *parent = nullptr);

    void setGateway(const QUrl &gateway);
    void setBearer(const std::string &bearer); // empty: nobody is signed in
    void setConnected(bool connected);         // by the person
    void shutDown();

    void list();
    void invite(const Member &who);
    void change(const Member &who);
    void changePassword(const QString &now, const QString &next);

Q_SIGNALS:
    void listed(const QList<Counterfoil::Member> &members);
    void invited(const Counterfoil::Member &who, const QString &firstPassword);
    void changed(const Counterfoil::Member &who);
    void passwordChanged();
    void failed(const Counterfoil::Error &error);
    // Not taken any more, or about to say something outdated of the person.
    void bearerRefused(const std::string &bearer);

private:
    enum class What { List, Invite, Change, ChangePassword };
    struct Call
    {
        What what = What::List;
        std::string method;
        std::string target;
        std::string body;
        Member who;
        QList<Member> members; // of the pages so far
        int pages = 0;
        bool renewed = false; // tried again with another access token
    };

    void add(Call call);
    void advance();
    void send();
    void answered(RequestId id, int status, const std::string &body);
    void succeeded(const std::string &body);
    void pageListed(const MemberList &page);
    void end(const Error &error);
    void end();
    std::optional<Error> hindrance() const;

    Network m_network{this};
    QTimer m_wait{this}; // for another access token
    QUrl m_gateway;
    std::string m_bearer;
    std::string m_refused;
    bool m_connected = true;
    bool m_shutDown = false;
    RequestId m_lastId = 0;
    RequestId m_sent = 0; // 0: none
    std::deque<Call> m_calls;
};

} // namespace Counterfoil
