#include "guifixture.h"

namespace Counterfoil {

void SetSyncPort::setConnected(bool connected)
{
    SyncStatus status = m_status;
    status.disconnectedByPerson = !connected;
    status.mode = connected ? SyncStatus::Mode::Live : SyncStatus::Mode::Offline;
    set(status);
}

void SetSyncPort::set(const SyncStatus &status)
{
    m_status = status;
    Q_EMIT statusChanged(status);
}

void SetSyncPort::setMode(SyncStatus::Mode mode, const Clock &clock)
{
    SyncStatus status = m_status;
    status.mode = mode;
    status.provenAt = clock.sinceBoot();
    status.asOf = clock.now();
    set(status);
}

void SetSignInPort::signIn(const QUrl &where, const QString &who, const QString &secret)
{
    gateway = where;
    user = who;
    password = secret;
    ++signIns;
}

void SetDocumentPort::want(const QString &document)
{
    wanted.append(document);
    const Error offline{ErrorKind::Offline,
                        QStringLiteral("This document comes as soon as there is a connection.")};
    QMetaObject::invokeMethod(
        this, [this, document, offline] { Q_EMIT failed(document, offline); }, Qt::QueuedConnection);
}

void SetClock::advance(qint64 ms)
{
    wall.ms += ms;
    boot.ms += ms;
}

QList<DemoPerson> demoPeople()
{
    return {
        {QStringLiteral("buyer"), QStringLiteral("Harriet Lane"), QStringLiteral("buyer"),
         QStringLiteral("s"), QStringLiteral("Purchasing at Harbour Supply, Bristol")},
        {QStringLiteral("buyer2"), QStringLiteral("Tom Okafor"), QStringLiteral("buyer"), QStringLiteral("s"),
         QStringLiteral("Purchasing at another account")},
        {QStringLiteral("clerk"), QStringLiteral("Ines Duarte"), QStringLiteral("finance"),
         QStringLiteral("s"), QStringLiteral("Accounts payable at Harbour Supply")},
        {QStringLiteral("viewer"), QStringLiteral("Max Weber"), QStringLiteral("viewer"), QStringLiteral("s"),
         QStringLiteral("Sees orders, but no prices")},
        {QStringLiteral("rep"), QStringLiteral("Priya Shah"), QStringLiteral("csr"), QStringLiteral("s"),
         QStringLiteral("Customer service, all accounts")},
    };
}

Person buyer()
{
    return {QStringLiteral("buyer"), QStringLiteral("Harriet Lane"), QStringLiteral("buyer"),
            QUrl(QStringLiteral("http://127.0.0.1:1")), QStringLiteral("Meridian Industrial")};
}

Person viewer()
{
    Person person = buyer();
    person.user = person.role = QStringLiteral("viewer");
    person.displayName = QStringLiteral("Max Weber");
    person.seesPrices = person.seesInvoices = false;
    return person;
}

} // namespace Counterfoil
