#include "attachmentrunner.h"

#include "attachmentrules.h"
#include "foreignanswer.h"
#include "pages.h"
#include "tuning.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Attachments", text)

Error fileNeedsSignIn()
{
    return {ErrorKind::Unauthorized, TEXT("Your sign-in has ended. Sign in again to open this file."),
            QStringLiteral("no access token")};
}

Error fileNeedsConnection()
{
    return {ErrorKind::Offline, TEXT("This file is not on this computer. Connect to open it."),
            QStringLiteral("disconnected by the person")};
}

Error tooManyFiles()
{
    return {ErrorKind::RateLimited,
            TEXT("The files that you wanted to open last have yet to come. Wait a moment."),
            QStringLiteral("too many attachments at once")};
}

Error endedMeanwhile()
{
    return {ErrorKind::Cancelled,
            TEXT("What you may see, or who is signed in, has just changed. Open the file again."),
            QStringLiteral("ended meanwhile")};
}

#undef TEXT

} // namespace

AttachmentRunner::AttachmentRunner(QObject *parent)
    : QObject(parent)
    , m_calls(Tuning::attachmentsWanted, {&fileNeedsSignIn, &fileNeedsConnection, &tooManyFiles}, this)
{ }

void AttachmentRunner::endAll()
{
    m_calls.endAll(endedMeanwhile());
}

void AttachmentRunner::fetch(const Attachment &file, quint64 generation)
{
    const auto fail = [this, file](const Error &error) { Q_EMIT failed(file, error); };
    const auto take = [this, file, generation](const std::string &body) -> Result<std::string> {
        const QByteArray bytes = QByteArray::fromStdString(body);
        const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        if (digest.toStdString() != file.sha256)
            return Pages::badPage(QLatin1String("an attachment with another digest"));
        Q_EMIT fetched(file, bytes, generation);
        return std::string();
    };
    m_calls.add(
        {"GET", "/v1/uploads/" + queryValue(file.upload), {}, Tuning::uploadTimeoutMs, take, fail, 0, false});
}

} // namespace Counterfoil
