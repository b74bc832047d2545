#include "savinghabits.h"

#include <QDir>
#include <QStandardPaths>

namespace Counterfoil {

namespace {

constexpr char patternKey[] = "saving/pattern";
constexpr char folderKey[] = "saving/folder";

} // namespace

SavingHabits::SavingHabits(const QString &settingsFile)
    : m_settings(settingsFile, QSettings::IniFormat)
{ }

NamePattern SavingHabits::pattern() const
{
    const NamePattern kept(m_settings.value(QLatin1String(patternKey)).toString());
    return kept.fault().isEmpty() ? kept : NamePattern();
}

void SavingHabits::setPattern(const NamePattern &pattern)
{
    m_settings.setValue(QLatin1String(patternKey), pattern.text());
}

QString SavingHabits::folder() const
{
    const QString kept = m_settings.value(QLatin1String(folderKey)).toString();
    if (QDir::isAbsolutePath(kept))
        return kept;
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(usual).exists() && !usual.isEmpty() ? usual : QDir::homePath();
}

void SavingHabits::setFolder(const QString &folder)
{
    m_settings.setValue(QLatin1String(folderKey), folder);
}

} // namespace Counterfoil
