#include "attachmentopening.h"

#include "attachmentport.h"
#include "attachmentrules.h"
#include "display.h"
#include "filename.h"
#include "savedcopy.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

namespace Counterfoil {

namespace {

constexpr int mostWishes = 12; // that wait for their files

QString endingOf(const Attachment &file)
{
    const std::string_view ending = attachmentEnding(file.mediaType);
    return QString::fromUtf8(ending.data(), std::ssize(ending)).mid(1);
}

} // namespace

AttachmentOpening::AttachmentOpening(AttachmentPort &port, QObject *parent)
    : QObject(parent)
    , m_port(port)
{
    connect(&port, &AttachmentPort::ready, this, [this](const Attachment &file, const QString &path) {
        const QString upload = Display::text(file.upload);
        if (!m_wishes.contains(upload))
            return;
        const Wish wish = m_wishes.take(upload);
        if (!wish.saves)
            show(file, path);
        else if (wish.window)
            askWhere(file, path, wish.window);
    });
    connect(&port, &AttachmentPort::failed, this, [this](const Attachment &file, const Error &error) {
        if (m_wishes.remove(Display::text(file.upload)) > 0)
            Q_EMIT told(error.userText);
    });
}

void AttachmentOpening::open(const Attachment &file)
{
    if (m_wishes.size() >= mostWishes)
        return;
    m_wishes.insert(Display::text(file.upload), {});
    m_port.want(file);
}

void AttachmentOpening::save(const Attachment &file, QWidget *window)
{
    if (m_wishes.size() >= mostWishes)
        return;
    m_wishes.insert(Display::text(file.upload), {true, window});
    m_port.want(file);
}

// A PDF is drawn by our own process, which is locked in; a photo is for the system's viewer.
void AttachmentOpening::show(const Attachment &file, const QString &path)
{
    if (file.mediaType == "application/pdf")
        Q_EMIT paperOpened(path);
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        Q_EMIT told(tr("No program on this computer shows this picture. Save a copy of it instead."));
}

void AttachmentOpening::askWhere(const Attachment &file, const QString &path, QWidget *window)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString name
        = FileName::safe(QFileInfo(Display::text(file.name)).completeBaseName(), endingOf(file));
    auto *dialog = new QFileDialog(window, tr("Save a copy"), folder.filePath(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(endingOf(file));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, file, path](const QString &to) { copy(file, path, to); });
    dialog->open();
}

void AttachmentOpening::copy(const Attachment &file, const QString &from, const QString &to)
{
    const QFileInfo place(to);
    const CopyOrder order{from, Display::text(file.sha256), place.absolutePath(), place.fileName(), true};
    const bool begun = m_saves.start([this, order]() -> SideThread::Then {
        const std::atomic_bool cancelled = false;
        const auto saved = saveCopy(order, cancelled);
        const QString sentence = saved ? tr("Saved as %1", "a file").arg(QDir::toNativeSeparators(*saved))
                                       : saved.error().userText;
        return [this, sentence] { Q_EMIT told(sentence); };
    });
    if (!begun)
        Q_EMIT told(tr("Earlier copies are still being saved. Wait until one of them is done."));
}

} // namespace Counterfoil
