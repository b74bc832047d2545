#include "outgoingwords.h"

#include "display.h"
#include "filename.h"

#include <QCoreApplication>
#include <QLocale>

#include <map>

namespace Counterfoil::OutgoingWords {

namespace {

class OutgoingWordsText
{
    Q_DECLARE_TR_FUNCTIONS(OutgoingWords)
};

using State = DocumentBatch::State;
using ItemState = DocumentBatch::ItemState;

constexpr qsizetype mostRanges = 5; // of pages that are named; of more they are counted

QString taken(Way way, std::size_t done, std::size_t all)
{
    const QLocale locale;
    const QString part = locale.toString(static_cast<qulonglong>(done));
    const QString whole = locale.toString(static_cast<qulonglong>(all));
    switch (way) {
    case Way::Save:
        return OutgoingWordsText::tr("%1 of %2 saved").arg(part, whole);
    case Way::Print:
        return OutgoingWordsText::tr("%1 of %2 printed").arg(part, whole);
    case Way::Pack:
    case Way::Mail:
    case Way::Drag:
        return OutgoingWordsText::tr("%1 of %2 gathered").arg(part, whole);
    }
    Q_UNREACHABLE();
}

} // namespace

QString nameOf(const OutgoingDocument &document)
{
    return OutgoingWordsText::tr("%1 %2", "a paper's name and its number")
        .arg(Display::paper(document.paper.toStdString()), document.number);
}

QString countOf(std::size_t documents)
{
    return OutgoingWordsText::tr("%Ln documents", nullptr, static_cast<int>(documents));
}

QStringList rangesOf(const std::vector<quint32> &pages)
{
    QStringList ranges;
    for (std::size_t first = 0, last = 0; first < pages.size(); first = ++last) {
        while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1)
            ++last;
        ranges.append(first == last ? QString::number(pages[first] + 1)
                                    : QStringLiteral("%1-%2").arg(pages[first] + 1).arg(pages[last] + 1));
    }
    return ranges;
}

QString pagesOf(const std::vector<quint32> &pages)
{
    if (pages.size() == 1)
        return OutgoingWordsText::tr("page %1").arg(pages.front() + 1);
    const QStringList ranges = rangesOf(pages);
    if (ranges.size() > mostRanges)
        return OutgoingWordsText::tr("%1 pages")
            .arg(QLocale().toString(static_cast<qulonglong>(pages.size())));
    return OutgoingWordsText::tr("pages %1", "such as 1-3, 7").arg(ranges.join(QStringLiteral(", ")));
}

QString fileOfPages(const QString &file, const std::vector<quint32> &pages)
{
    const qsizetype dot = file.lastIndexOf(u'.');
    return FileName::safe(OutgoingWordsText::tr("%1 %2", "the name of a file, and which pages of it")
                              .arg(file.left(dot), pagesOf(pages)),
                          file.mid(dot + 1));
}

QString leftOut(const QStringList &numbers)
{
    if (numbers.isEmpty())
        return {};
    if (numbers.size() == 1)
        return OutgoingWordsText::tr("%1 has no document yet and is left out.").arg(numbers.first());
    return OutgoingWordsText::tr("%1 and %Ln more have no document yet and are left out.", nullptr,
                                 static_cast<int>(numbers.size()) - 1)
        .arg(numbers.first());
}

QString sumOf(const std::vector<OutgoingDocument> &documents)
{
    std::map<std::string, Amount> sums;
    QSet<QString> counted;
    for (const OutgoingDocument &document : documents) {
        if (document.amounts && document.amounts->countsIn(counted))
            sums[document.amounts->currency] += document.amounts->total;
    }
    QStringList words;
    for (const auto &[currency, sum] : sums)
        words.append(Display::money(sum, currency));
    return words.join(QStringLiteral(" + "));
}

QString title(Way way, const DocumentBatch &batch)
{
    const QString count = countOf(batch.items().size());
    if (batch.state() == State::Cancelled)
        return OutgoingWordsText::tr("Cancelled");
    if (batch.state() == State::Stuck)
        return OutgoingWordsText::tr("Not all of them are here");
    if (batch.state() == State::Failed)
        return OutgoingWordsText::tr("It could not be finished");
    const bool done = batch.state() == State::Done;
    if (done && batch.count(ItemState::Failed) > 0)
        return batch.count(ItemState::Taken) > 0 ? OutgoingWordsText::tr("Some of them failed")
                                                 : OutgoingWordsText::tr("It failed");
    switch (way) {
    case Way::Save:
        return done ? OutgoingWordsText::tr("Saved")
                    : OutgoingWordsText::tr("Saving %1", "so many documents").arg(count);
    case Way::Print:
        return done ? OutgoingWordsText::tr("Sent to the printer")
                    : OutgoingWordsText::tr("Printing %1").arg(count);
    case Way::Pack:
        return done ? OutgoingWordsText::tr("Packed") : OutgoingWordsText::tr("Packing %1").arg(count);
    case Way::Mail:
    case Way::Drag:
        return done ? OutgoingWordsText::tr("Ready to be sent")
                    : OutgoingWordsText::tr("Gathering %1").arg(count);
    }
    Q_UNREACHABLE();
}

QString progress(Way way, const DocumentBatch &batch)
{
    if (batch.state() == State::Failed)
        return batch.error().userText;
    if (batch.state() == State::Ending && way == Way::Pack)
        return OutgoingWordsText::tr("All are here; the pack is being written.");
    QString text = taken(way, batch.count(ItemState::Taken), batch.items().size());
    if (const std::size_t failed = batch.count(ItemState::Failed); failed > 0)
        text += OutgoingWordsText::tr(", %Ln failed", nullptr, static_cast<int>(failed));
    if (const std::size_t left = batch.count(ItemState::LeftOut); left > 0)
        text += OutgoingWordsText::tr(", %Ln left out", nullptr, static_cast<int>(left));
    if (batch.state() == State::Paused)
        text += OutgoingWordsText::tr(", paused");
    if (const QString waits = batch.waitsFor(); !waits.isEmpty())
        text += QLatin1Char('\n') + OutgoingWordsText::tr("The next is not on this computer. %1").arg(waits);
    return text;
}

} // namespace Counterfoil::OutgoingWords
