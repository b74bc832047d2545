#include "workbook.h"

#include <QHash>
#include <QStringList>
#include <QXmlStreamReader>

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <optional>

namespace Counterfoil {

namespace {

constexpr qsizetype blockBytes = 64 * 1024;
constexpr int exactDigits = 15; // of a number as spreadsheets keep it

struct ArchiveEnd
{
    void operator()(archive *zip) const { archive_read_free(zip); }
};

using Parts = QHash<QString, QByteArray>;

bool isWanted(const QString &name)
{
    return name == QLatin1String("xl/workbook.xml") || name == QLatin1String("xl/_rels/workbook.xml.rels")
        || name == QLatin1String("xl/sharedStrings.xml")
        || (name.startsWith(QLatin1String("xl/worksheets/")) && name.endsWith(QLatin1String(".xml")));
}

// What is packed tells nothing of what comes out: that is counted as it comes.
const char *unpack(const QByteArray &file, Parts &parts, bool &hasMacro)
{
    const std::unique_ptr<archive, ArchiveEnd> zip(archive_read_new());
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_memory(zip.get(), file.constData(), size_t(file.size())) != ARCHIVE_OK)
        return "broken";
    qint64 total = 0;
    QByteArray block(blockBytes, Qt::Uninitialized);
    archive_entry *entry = nullptr;
    for (;;) {
        const int next = archive_read_next_header(zip.get(), &entry);
        if (next == ARCHIVE_EOF)
            return nullptr;
        if (next != ARCHIVE_OK && next != ARCHIVE_WARN)
            return "broken";
        const char *path = archive_entry_pathname(entry);
        const QString name = QString::fromUtf8(path ? path : "");
        hasMacro |= name.endsWith(QLatin1String("vbaProject.bin"));
        if (!isWanted(name))
            continue;
        QByteArray &part = parts[name];
        for (;;) {
            const la_ssize_t read = archive_read_data(zip.get(), block.data(), size_t(block.size()));
            if (read < 0)
                return "broken";
            if (read == 0)
                break;
            total += read;
            if (total > Workbook::inflatedMost)
                return "too-much";
            part.append(block.constData(), qsizetype(read));
        }
    }
}

// The text of a string element, without what says how it is pronounced.
QString stringOf(QXmlStreamReader &xml)
{
    QString text;
    for (int depth = 1; depth > 0 && !xml.atEnd();) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("rPh"))
            xml.skipCurrentElement();
        else if (xml.isStartElement() && xml.name() == QLatin1String("t"))
            text += xml.readElementText(QXmlStreamReader::SkipChildElements);
        else if (xml.isStartElement())
            ++depth;
        else if (xml.isEndElement())
            --depth;
    }
    return text;
}

std::optional<QStringList> sharedStrings(const QByteArray &part)
{
    QStringList strings;
    QXmlStreamReader xml(part);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("si"))
            strings.append(stringOf(xml));
    }
    return xml.hasError() ? std::nullopt : std::optional(strings);
}

// The part with the first sheet that is not hidden; empty: there is none.
QString firstSheet(const Parts &parts, bool &hasMore)
{
    QString id;
    QXmlStreamReader book(parts.value(QStringLiteral("xl/workbook.xml")));
    while (!book.atEnd()) {
        book.readNext();
        if (!book.isStartElement() || book.name() != QLatin1String("sheet")
            || book.attributes().value(QLatin1String("state")).startsWith(u"hidden"))
            continue;
        for (const QXmlStreamAttribute &attribute : book.attributes()) {
            if (attribute.name() != QLatin1String("id"))
                continue;
            hasMore = !id.isEmpty();
            if (id.isEmpty())
                id = attribute.value().toString();
        }
    }
    QXmlStreamReader links(parts.value(QStringLiteral("xl/_rels/workbook.xml.rels")));
    while (!links.atEnd()) {
        links.readNext();
        if (!links.isStartElement() || links.attributes().value(QLatin1String("Id")) != id)
            continue;
        const QString target = links.attributes().value(QLatin1String("Target")).toString();
        return target.startsWith(u'/') ? target.mid(1) : QStringLiteral("xl/") + target;
    }
    return {};
}

// "AB12" is the 28th column, from 0.
int columnOf(QStringView reference)
{
    int column = 0;
    for (const QChar c : reference) {
        if (c < u'A' || c > u'Z' || column > Workbook::columnsMost)
            break;
        column = column * 26 + (c.unicode() - u'A' + 1);
    }
    return column - 1;
}

// As people wrote it, and not as it is kept: 0.1 and not 0.10000000000000001.
QString numberText(const QString &kept)
{
    bool ok = false;
    const double value = kept.toDouble(&ok);
    if (!ok || (kept.size() <= exactDigits && !kept.contains(u'E', Qt::CaseInsensitive)))
        return kept;
    const QString plain = QString::number(value, 'f', 6);
    qsizetype end = plain.size();
    while (plain[end - 1] == u'0')
        --end;
    return plain.left(plain[end - 1] == u'.' ? end - 1 : end);
}

struct Cell
{
    int column = -1;
    QString text;
};

// The reader stands at the cell's beginning. One that does not say where it is stands at `place`.
Cell readCell(QXmlStreamReader &xml, const QStringList &strings, int place)
{
    const auto reference = xml.attributes().value(QLatin1String("r"));
    Cell cell{reference.isEmpty() ? place : columnOf(reference), {}};
    const QString type = xml.attributes().value(QLatin1String("t")).toString();
    QString value;
    bool formula = false;
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("v"))
            value = xml.readElementText(QXmlStreamReader::SkipChildElements);
        else if (xml.name() == QLatin1String("is"))
            value = stringOf(xml);
        else {
            formula |= xml.name() == QLatin1String("f");
            xml.skipCurrentElement();
        }
    }
    if (type == QLatin1String("s"))
        cell.text = strings.value(value.toInt());
    else
        cell.text = type.isEmpty() || type == QLatin1String("n") ? numberText(value) : value;
    cell.text.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
    if (formula)
        cell.text.prepend(u'=');
    return cell;
}

} // namespace

Workbook Workbook::read(const QByteArray &file)
{
    Workbook book;
    Parts parts;
    book.refused = unpack(file, parts, book.hasMacro);
    if (book.refused)
        return book;
    const auto sheet = parts.constFind(firstSheet(parts, book.hasMoreSheets));
    const auto strings = sharedStrings(parts.value(QStringLiteral("xl/sharedStrings.xml"), "<sst/>"));
    if (sheet == parts.constEnd() || !strings) {
        book.refused = sheet == parts.constEnd() ? "no-sheet" : "broken";
        return book;
    }
    QXmlStreamReader xml(*sheet);
    QStringList row;
    while (!xml.atEnd() && book.text.size() < textMost) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("c")) {
            const Cell cell = readCell(xml, *strings, static_cast<int>(row.size()));
            if (cell.column < 0 || cell.column >= columnsMost)
                continue;
            while (row.size() <= cell.column)
                row.append(QString());
            row[cell.column] = cell.text;
        } else if (xml.isEndElement() && xml.name() == QLatin1String("row")) {
            book.text += row.join(u'\t') + u'\n';
            row.clear();
        }
    }
    if (xml.hasError())
        book.refused = "broken";
    return book;
}

} // namespace Counterfoil
