#include "attachmentfield.h"

#include "display.h"
#include "flowlayout.h"
#include "icons.h"
#include "style.h"
#include "textlink.h"
#include "tokens.h"
#include "tooltip.h"

#include <QAbstractScrollArea>
#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int nameCharacters = 40; // of a file, on its button

bool isFile(const QUrl &url)
{
    return url.isLocalFile();
}

bool holdsFiles(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return std::ranges::any_of(urls, isFile) || (data.hasImage() && !data.hasText());
}

} // namespace

AttachmentField::AttachmentField(AttachmentPort &port, QWidget *parent)
    : QWidget(parent)
    , m_port(&port)
    , m_add(new QPushButton(tr("Add a photo or PDF…"), this))
{
    m_add->setToolTip(tr("Or drop it here, or paste a picture"));
    m_add->setIcon(Icons::icon(Icons::Icon::Plus));
    setLook(*m_add, ButtonLook::Quiet);
    auto *layout = new FlowLayout(Space::small, this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_add);
    connect(m_add, &QPushButton::clicked, this, &AttachmentField::choose);
    connect(&port, &AttachmentPort::taken, this,
            qOverload<quint64, const Attachment &>(&AttachmentField::take));
    connect(&port, &AttachmentPort::refused, this, &AttachmentField::refuse);
    listenTo(this);
}

void AttachmentField::listenTo(QWidget *field)
{
    field->setAcceptDrops(true);
    field->installEventFilter(this);
    // A field that scrolls gets drops where it draws, and keys itself.
    if (auto *area = qobject_cast<QAbstractScrollArea *>(field)) {
        area->viewport()->setAcceptDrops(true);
        area->viewport()->installEventFilter(this);
    }
}

AttachmentField::~AttachmentField()
{
    forgetComing();
}

void AttachmentField::setFiles(std::vector<Attachment> files, const QSet<quint64> &coming)
{
    m_files = std::move(files);
    m_coming = coming;
    m_told = false;
    showFiles();
}

void AttachmentField::dropAll()
{
    for (const Attachment &file : m_files)
        m_port->drop(Display::text(file.upload));
    forgetComing();
    setFiles({});
}

void AttachmentField::forgetComing()
{
    for (const quint64 number : std::as_const(m_coming)) {
        if (m_port) // it may have gone before the window
            m_port->forget(number);
    }
}

void AttachmentField::showFiles()
{
    qDeleteAll(m_chips);
    m_chips.clear();
    for (const Attachment &file : m_files) {
        auto *chip = new QPushButton(AttachmentLinks::wordsOf(file), this);
        chip->setIcon(Icons::icon(Icons::Icon::Close));
        chip->setToolTip(plainToolTip(tr("Leave “%1” out").arg(Display::text(file.name))));
        connect(chip, &QPushButton::clicked, this, [this, upload = file.upload] {
            std::erase_if(m_files, [&](const Attachment &each) { return each.upload == upload; });
            m_port->drop(Display::text(upload));
            QMetaObject::invokeMethod(this, &AttachmentField::showFiles, Qt::QueuedConnection);
            Q_EMIT edited();
        });
        layout()->addWidget(chip);
        chip->show();
        m_chips.append(chip);
    }
    updateGeometry();
}

void AttachmentField::choose()
{
    auto *dialog
        = new QFileDialog(this, tr("Add photos or PDFs"), QString(),
                          tr("Photos and PDFs (*.jpg *.jpeg *.png *.webp *.heic *.pdf);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AttachmentField::add);
    dialog->open();
}

bool AttachmentField::hasRoom()
{
    if (std::ssize(m_files) + m_coming.size() < static_cast<qsizetype>(mostAttachments))
        return true;
    m_told = true;
    Q_EMIT refused(tr("At most %1 files go with it. Leave one out, or write again.").arg(mostAttachments));
    return false;
}

void AttachmentField::add(const QStringList &files)
{
    m_told = false;
    for (const QString &file : files) {
        if (!hasRoom())
            return;
        m_coming.insert(m_port->add(file, m_account));
    }
}

void AttachmentField::take(quint64 number, const Attachment &file)
{
    if (!m_coming.remove(number))
        return;
    m_files.push_back(file);
    showFiles();
    if (!m_told)
        Q_EMIT refused(QString());
    Q_EMIT edited();
}

void AttachmentField::refuse(quint64 number, const Error &error)
{
    if (!m_coming.remove(number))
        return;
    m_told = true;
    Q_EMIT refused(error.userText);
}

bool AttachmentField::takeFrom(const QMimeData &given)
{
    if (!holdsFiles(given))
        return false;
    QStringList files;
    const QList<QUrl> urls = given.urls();
    for (const QUrl &url : urls) {
        if (isFile(url))
            files.append(url.toLocalFile());
    }
    if (!files.isEmpty()) {
        add(files);
        return true;
    }
    m_told = false;
    if (!hasRoom())
        return true;
    // As it was copied, where it is that; else packed anew, quickly.
    QByteArray bytes = given.data(QStringLiteral("image/png"));
    QString name = tr("Pasted picture") + QStringLiteral(".png");
    if (bytes.isEmpty()) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        qvariant_cast<QImage>(given.imageData()).save(&buffer, "JPEG");
        name = tr("Pasted picture") + QStringLiteral(".jpg");
    }
    m_coming.insert(m_port->add(name, bytes, m_account));
    return true;
}

bool AttachmentField::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto &drag = *static_cast<QDropEvent *>(event);
        if (!holdsFiles(*drag.mimeData()))
            break;
        drag.acceptProposedAction();
        return true;
    }
    case QEvent::Drop: {
        auto &drop = *static_cast<QDropEvent *>(event);
        if (!takeFrom(*drop.mimeData()))
            break;
        drop.acceptProposedAction();
        return true;
    }
    case QEvent::KeyPress: {
        const auto &key = *static_cast<QKeyEvent *>(event);
        const QMimeData *pasted
            = key.matches(QKeySequence::Paste) ? QGuiApplication::clipboard()->mimeData() : nullptr;
        // Held, the keys repeat a text, and no file.
        if (pasted && (key.isAutoRepeat() ? holdsFiles(*pasted) : takeFrom(*pasted)))
            return true;
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

AttachmentLinks::AttachmentLinks(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new FlowLayout(Space::large, this);
    layout->setContentsMargins(0, 0, 0, 0);
    hide();
}

QString AttachmentLinks::wordsOf(const Attachment &file)
{
    QString name = Display::text(file.name).simplified();
    if (name.size() > nameCharacters)
        name = name.left(nameCharacters / 2) + QStringLiteral("…") + name.right(nameCharacters / 2 - 1);
    return tr("%1 · %2", "a file's name and its size")
        .arg(name, QLocale().formattedDataSize(file.bytes, 1, QLocale::DataSizeSIFormat));
}

void AttachmentLinks::setFiles(const std::vector<Attachment> &files)
{
    QStringList shown;
    for (const Attachment &file : files)
        shown.append(Display::text(file.upload));
    setVisible(!shown.isEmpty());
    if (shown == std::exchange(m_shown, shown))
        return; // whoever points at one goes on pointing at it
    qDeleteAll(findChildren<TextLink *>(QString(), Qt::FindDirectChildrenOnly));
    for (const Attachment &file : files) {
        auto *link = new TextLink(wordsOf(file), this);
        link->setToolTip(plainToolTip(tr("Open “%1”; its menu saves it").arg(Display::text(file.name))));
        auto *open = new QAction(tr("Open"), link);
        auto *save = new QAction(tr("Save a copy…"), link);
        link->addActions({open, save});
        link->setContextMenuPolicy(Qt::ActionsContextMenu);
        connect(link, &TextLink::clicked, open, &QAction::trigger);
        connect(open, &QAction::triggered, this, [this, file] { Q_EMIT openWanted(file); });
        connect(save, &QAction::triggered, this, [this, file] { Q_EMIT saveWanted(file); });
        layout()->addWidget(link);
        link->show();
    }
    updateGeometry();
}

} // namespace Counterfoil
