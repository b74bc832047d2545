#pragma once

#include "namepattern.h"

#include <QSettings>

namespace Counterfoil {

// Where a person saves documents and how the files are called, kept on this computer. GUI thread.
class SavingHabits
{
public:
    explicit SavingHabits(const QString &settingsFile);

    NamePattern pattern() const; // the usual one until another was kept
    void setPattern(const NamePattern &pattern);
    QString folder() const; // absolute; the one used last, at first the documents'
    void setFolder(const QString &folder);

private:
    QSettings m_settings;
};

} // namespace Counterfoil
