#include "mutantlist.h"

#include <QFile>

#include <cstdio>

using namespace Counterfoil;

// plantfault LIST                 prints the mutants: name, file and test, a line each
// plantfault LIST FROM NAME TO    writes TO/FILE: what FROM/FILE says, with the fault in it
int main(int argc, char *argv[])
{
    QStringList complaints;
    const auto mutants
        = argc > 1 ? readMutants(QString::fromLocal8Bit(argv[1]), complaints) : std::vector<Mutant>();
    for (const QString &complaint : std::as_const(complaints))
        std::fprintf(stderr, "%s\n", qUtf8Printable(complaint));
    if (argc == 2) {
        for (const Mutant &mutant : mutants)
            std::printf("%s %s %s\n", qUtf8Printable(mutant.name), qUtf8Printable(mutant.file),
                        qUtf8Printable(mutant.test));
        return complaints.isEmpty() ? 0 : 1;
    }
    for (const Mutant &mutant : mutants) {
        if (argc != 5 || mutant.name != QString::fromLocal8Bit(argv[3]))
            continue;
        QFile from(QString::fromLocal8Bit(argv[2]) + u'/' + mutant.file);
        QFile to(QString::fromLocal8Bit(argv[4]) + u'/' + mutant.file);
        const QByteArray content = from.open(QIODevice::ReadOnly) ? from.readAll() : QByteArray();
        const QByteArray with = planted(mutant, content);
        return !with.isEmpty() && to.open(QIODevice::WriteOnly) && to.write(with) == with.size() ? 0 : 1;
    }
    std::fprintf(stderr, "There is no such mutant.\n");
    return 1;
}
