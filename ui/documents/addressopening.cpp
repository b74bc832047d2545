#include "addressopening.h"

#include "confirmsheet.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QUrl>
#include <QWidget>

namespace Counterfoil {

namespace {

constexpr qsizetype mostShown = 400; // characters

QString tr(const char *text)
{
    return QCoreApplication::translate("AddressOpening", text);
}

// Without the name of a person in front of the host, which could be taken for the host.
QUrl urlOf(const QString &address)
{
    QUrl url(address.trimmed(), QUrl::TolerantMode);
    url.setUserInfo({});
    return url;
}

bool isForBrowserOrMail(const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool isWeb = scheme == QLatin1String("https") || scheme == QLatin1String("http");
    return url.isValid() && ((isWeb && !url.host().isEmpty()) || scheme == QLatin1String("mailto"));
}

} // namespace

QString readableAddress(const QString &address)
{
    const QUrl url = urlOf(address);
    const QString text
        = url.isValid() ? QString::fromUtf8(url.toEncoded(QUrl::FullyEncoded)) : address.simplified();
    QString readable;
    for (const QChar character : text) {
        if (character.isPrint() && character.category() != QChar::Other_Format)
            readable += character;
    }
    return readable.size() > mostShown ? readable.left(mostShown) + QChar(0x2026) : readable;
}

void askToOpenAddress(QWidget *over, const QString &address)
{
    const QUrl url = urlOf(address);
    const QString readable = readableAddress(address);
    if (!isForBrowserOrMail(url)) {
        auto *sheet = new ConfirmSheet(
            over->window(), tr("This link is not opened"),
            tr("It leads to %1, which is neither a page of the web nor an address for mail.").arg(readable),
            tr("Copy the address"));
        sheet->goWith(over);
        QObject::connect(sheet, &ConfirmSheet::confirmed, over,
                         [readable] { QGuiApplication::clipboard()->setText(readable); });
        sheet->open();
        return;
    }
    const bool isMail = url.scheme() == QLatin1String("mailto");
    auto *sheet = new ConfirmSheet(
        over->window(),
        isMail ? tr("Write to this address?")
               : tr("Open a page of %1 in the browser?").arg(url.host(QUrl::FullyEncoded)),
        tr("The document leads to %1. Go there only if you know whose it is.").arg(readable),
        isMail ? tr("Write") : tr("Open"));
    sheet->goWith(over);
    QObject::connect(sheet, &ConfirmSheet::confirmed, over, [url] { QDesktopServices::openUrl(url); });
    sheet->open();
}

} // namespace Counterfoil
