#include "folderfield.h"

#include "formfield.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>

namespace Counterfoil {

FolderField::FolderField(QWidget *parent)
    : QWidget(parent)
    , m_field(new FormField(FormField::Kind::Line, tr("Folder"), this))
{
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setAccessibleName(tr("Choose the folder"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::small);
    layout->addWidget(m_field, 1);
    layout->addWidget(choose, 0, Qt::AlignBottom);
    setFocusProxy(m_field->editor());
    connect(choose, &QPushButton::clicked, this, &FolderField::choose);
    connect(m_field, &FormField::edited, this, &FolderField::edited);
}

QString FolderField::folder() const
{
    return QDir::cleanPath(QDir::fromNativeSeparators(m_field->value().trimmed()));
}

void FolderField::setFolder(const QString &folder)
{
    m_field->setValue(QDir::toNativeSeparators(folder));
}

bool FolderField::check()
{
    if (QDir::isAbsolutePath(folder()))
        return true;
    m_field->tell(tr("Write the whole path of a folder, or choose one."), Tone::Bad);
    m_field->editor()->setFocus(Qt::OtherFocusReason);
    return false;
}

void FolderField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose a folder"), folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &chosen) {
        setFolder(chosen);
        Q_EMIT edited();
    });
    dialog->open();
}

} // namespace Counterfoil
