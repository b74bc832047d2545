#include "filename.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <QTextBoundaryFinder>

namespace Counterfoil::FileName {

namespace {

class FileNameText
{
    Q_DECLARE_TR_FUNCTIONS(FileName)
};

// Forbidden by Windows, and what old programs there take for them when they turn a name into their own
// alphabet.
bool separates(char32_t c)
{
    switch (c) {
    case U'/':
    case U'\\':
    case U':':
    case U'*':
    case U'?':
    case U'"':
    case U'<':
    case U'>':
    case U'|':
    case 0x2044: // fraction slash
    case 0x2215: // division slash
    case 0x2216: // set minus
    case 0x2236: // ratio
    case 0x29F5:
    case 0x29F8:
    case 0x29F9:
    case 0xFE68:
    case 0xFF0F:
    case 0xFF3C:
        return true;
    default:
        return false;
    }
}

// What nobody sees, or sees as something else: controls, marks of direction, and characters that mean
// what two parties agree on.
bool vanishes(char32_t c)
{
    if (c == QChar::ReplacementCharacter) // half a character
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return false;
    }
}

QString cleaned(const QString &wanted)
{
    QString name;
    for (const char32_t c : wanted.normalized(QString::NormalizationForm_KC).toUcs4()) {
        if (QChar::isSpace(c))
            name += u' ';
        else if (separates(c))
            name += u'-';
        else if (!vanishes(c))
            name += QString::fromUcs4(&c, 1);
    }
    return name.simplified();
}

// In front a dot hides a file, a dash is an option to a program, and a tilde a person's folder; at the end
// Windows drops dots and blanks.
QString trimmed(QString name)
{
    static const QRegularExpression front(QStringLiteral("^[ .~\\-_,;]+"));
    static const QRegularExpression end(QStringLiteral("[ .\\-_,;]+$"));
    return name.remove(front).remove(end);
}

// CON and its like are devices in every folder, whatever ending they have.
bool isDevice(const QString &name)
{
    static const QRegularExpression device(
        QStringLiteral("^(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9])$"),
        QRegularExpression::CaseInsensitiveOption);
    return device.match(name.section(u'.', 0, 0).trimmed()).hasMatch();
}

QString cut(const QString &name, qsizetype bytes)
{
    if (name.toUtf8().size() <= bytes)
        return name;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, name);
    qsizetype end = 0;
    for (qsizetype next = finder.toNextBoundary(); next >= 0; next = finder.toNextBoundary()) {
        if (QStringView(name).left(next).toUtf8().size() > bytes)
            break;
        end = next;
    }
    return name.left(end);
}

} // namespace

QString safe(const QString &wanted, const QString &ending)
{
    QString name = trimmed(cut(trimmed(cleaned(wanted)), mostBytes - ending.size() - 1));
    if (isDevice(name))
        name.prepend(u'_');
    if (name.isEmpty())
        name = FileNameText::tr("Document");
    return name + u'.' + ending;
}

QString numbered(const QString &name, int number)
{
    if (number <= 1)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString behind = QStringLiteral(" (%1)").arg(number);
    return dot < 0 ? name + behind : name.left(dot) + behind + name.mid(dot);
}

QString folded(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

} // namespace Counterfoil::FileName
