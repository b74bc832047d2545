#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace Counterfoil {

// A fault that can be planted; see mutants.txt.
struct Mutant
{
    QString name;
    QString wrong; // what the program does then
    QString file;  // in the tree
    QString test;  // the target that has to catch it
    QByteArray text;
    QByteArray replacement;
};

std::vector<Mutant> readMutants(const QString &file, QStringList &complaints);

// The file with the fault in it; empty: the text does not stand there just once.
QByteArray planted(const Mutant &mutant, const QByteArray &content);

} // namespace Counterfoil
