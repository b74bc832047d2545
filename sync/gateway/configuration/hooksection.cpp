#include "hooksection.h"

#include "configurationwords.h"
#include "kinds.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <array>

namespace Counterfoil {

using ConfigurationWords::shown;
using ConfigurationWords::tr;

namespace {

constexpr std::int64_t leastTimeoutMs = 100;
constexpr std::int64_t mostTimeoutMs = 30'000;
constexpr qint64 mostSecretBytes = 4'096; // of its file
constexpr qsizetype leastKeyBytes = 24;

bool isUsable(const QUrl &url)
{
    static const QStringList here{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"),
                                  QStringLiteral("::1")};
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasFragment()
        && (url.scheme() == QLatin1String("https")
            || (url.scheme() == QLatin1String("http") && here.contains(url.host())));
}

// "whsec_" and the key in Base64, as the Standard Webhooks have it; empty: it is not that.
std::string readSecret(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostSecretBytes)
        return {};
    QByteArray text = file.readAll().trimmed();
    if (!text.startsWith("whsec_"))
        return {};
    const auto key = QByteArray::fromBase64Encoding(text.mid(6), QByteArray::AbortOnBase64DecodingErrors);
    return key && key.decoded.size() >= leastKeyBytes ? key.decoded.toStdString() : std::string();
}

} // namespace

Hook readHook(SectionReader &section, const QString &folder)
{
    static constexpr std::array<std::string_view, 2> times{"before", "after"};
    Hook hook;
    std::string when;
    std::string secretFile;
    std::vector<std::string> kinds;
    section.readCode("name", hook.name);
    section.readOneOf("when", when, times);
    section.read("kinds", kinds);
    section.read("url", hook.url);
    section.read("secret-file", secretFile);
    section.read("timeout-ms", hook.timeoutMs, leastTimeoutMs, mostTimeoutMs);
    for (const char *needed : {"name", "when", "kinds", "url", "secret-file"})
        section.need(needed);
    hook.when = when == times[0] ? Hook::When::Before : Hook::When::After;
    for (const std::string &name : kinds) {
        const RecordType *kind = findKind(name);
        if (!kind)
            section.complain("kinds", tr("there is no kind of record \"%1\".").arg(shown(name)));
        else
            hook.kinds.push_back(kind);
    }
    if (section.has("url") && !isUsable(QUrl(QString::fromStdString(hook.url), QUrl::StrictMode)))
        section.complain("url", tr("\"url\" takes an address with https, or with http on this machine."));
    if (section.has("secret-file")) {
        const QString path = QDir(folder).filePath(QString::fromStdString(secretFile));
        hook.secret = readSecret(path);
        if (hook.secret.empty())
            section.complain(
                "secret-file",
                tr("the file %1 holds no secret: one line, \"whsec_\" and at least %2 bytes in Base64.")
                    .arg(path)
                    .arg(leastKeyBytes));
    }
    return hook;
}

} // namespace Counterfoil
