#include "filewindows.h"

#include "actions.h"
#include "filewindow.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

// By their names alone: what a file is, is seen when it is read.
QStringList filesIn(const QMimeData &dropped)
{
    QStringList files;
    const QList<QUrl> urls = dropped.urls();
    for (const QUrl &url : urls) {
        const QString file = url.toLocalFile();
        const QString suffix = QFileInfo(file).suffix().toLower();
        if (suffix == QLatin1String("pdf") || suffix == QLatin1String("xml"))
            files.append(file);
    }
    return files;
}

} // namespace

FileWindows::FileWindows(PaneContext context, QWidget &window)
    : QObject(&window)
    , m_context(std::move(context))
    , m_window(window)
{
    m_window.setAcceptDrops(true);
    m_window.installEventFilter(this);
}

FileWindows::~FileWindows()
{
    for (const QPointer<FileWindow> &window : std::as_const(m_windows))
        delete window.data();
}

void FileWindows::addActions(Actions &actions)
{
    actions.add(QStringLiteral("file.open"), tr("Window"), tr("Open a PDF file…"),
                {QKeySequence(QKeySequence::Open)}, [this] { ask(); });
}

void FileWindows::ask()
{
    auto *dialog = new QFileDialog(&m_window, tr("Open a PDF file"),
                                   QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                                   tr("Documents and e-invoices (*.pdf *.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &FileWindows::openAll);
    dialog->open();
}

void FileWindows::openAll(const QStringList &files)
{
    for (const QString &file : files) {
        if (!open(file))
            return;
    }
}

FileWindow *FileWindows::find(const QString &file) const
{
    const auto found = std::ranges::find_if(
        m_windows, [&file](const QPointer<FileWindow> &window) { return window && window->file() == file; });
    return found == m_windows.end() ? nullptr : found->data();
}

bool FileWindows::open(const QString &file)
{
    m_windows.removeIf([](const QPointer<FileWindow> &window) { return window.isNull(); });
    FileWindow *window = find(file);
    if (!window) {
        if (m_windows.size() >= most) {
            Q_EMIT told(tr("No more windows can be opened at once. Close one first."));
            return false;
        }
        window = new FileWindow(m_context, file);
        m_windows.append(window);
        window->show();
    }
    window->raise();
    window->activateWindow();
    return true;
}

void FileWindows::closeBelow(const QString &folder)
{
    bool closed = false;
    for (const QPointer<FileWindow> &window : QList(m_windows)) {
        if (window && window->file().startsWith(folder + u'/'))
            closed = window->close() || closed;
    }
    if (closed)
        Q_EMIT told(tr("What you may see may have changed, so files were closed. Open them again."));
}

bool FileWindows::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        // What was dragged out of this program has its windows here already.
        const QStringList files = drop->source() ? QStringList() : filesIn(*drop->mimeData());
        if (!files.isEmpty()) {
            drop->setDropAction(Qt::CopyAction);
            drop->accept();
            if (event->type() == QEvent::Drop)
                openAll(files);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Counterfoil
