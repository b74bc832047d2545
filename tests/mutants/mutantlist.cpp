#include "mutantlist.h"

#include <QFile>

namespace Counterfoil {

namespace {

void append(QByteArray &text, const QByteArray &line)
{
    if (!text.isEmpty())
        text += '\n';
    text += line;
}

} // namespace

std::vector<Mutant> readMutants(const QString &file, QStringList &complaints)
{
    std::vector<Mutant> mutants;
    QFile list(file);
    if (!list.open(QIODevice::ReadOnly)) {
        complaints.append(file + QStringLiteral(" cannot be read"));
        return mutants;
    }
    const QList<QByteArray> lines = list.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("== ")) {
            const qsizetype colon = line.indexOf(": ");
            mutants.push_back({});
            mutants.back().name = QString::fromUtf8(line.mid(3, colon - 3));
            mutants.back().wrong = QString::fromUtf8(line.mid(colon + 2));
        } else if (mutants.empty()) {
            continue; // what stands before the first
        } else if (line.startsWith("in ")) {
            mutants.back().file = QString::fromUtf8(line.mid(3));
        } else if (line.startsWith("by ")) {
            mutants.back().test = QString::fromUtf8(line.mid(3));
        } else if (line.startsWith("-|")) {
            append(mutants.back().text, line.mid(2));
        } else if (line.startsWith("+|")) {
            append(mutants.back().replacement, line.mid(2));
        }
    }
    for (const Mutant &mutant : mutants) {
        if (mutant.name.isEmpty() || mutant.wrong.isEmpty() || mutant.file.isEmpty() || mutant.test.isEmpty()
            || mutant.text.isEmpty() || mutant.replacement.isEmpty() || mutant.text == mutant.replacement)
            complaints.append(mutant.name + QStringLiteral(" is not said completely"));
    }
    return mutants;
}

QByteArray planted(const Mutant &mutant, const QByteArray &content)
{
    if (mutant.text.isEmpty() || content.count(mutant.text) != 1)
        return {};
    QByteArray with = content;
    return with.replace(content.indexOf(mutant.text), mutant.text.size(), mutant.replacement);
}

} // namespace Counterfoil
