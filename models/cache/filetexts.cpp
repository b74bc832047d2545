#include "filetexts.h"

#include "database.h"
#include "jumptext.h"
#include "recordlayout.h"
#include "recordquery.h"
#include "searchwords.h"

#include <QByteArray>

#include <algorithm>
#include <bit>

namespace Counterfoil {

namespace {

constexpr std::size_t matchesMost = 2'000; // that are weighed; a word that common needs no better place
constexpr std::size_t closeWords = 8;      // so many words further on is still close
constexpr std::size_t longestHit = 96;     // bytes
constexpr std::size_t bytesBefore = 48;    // of the snippet, so that the hit is seen in a narrow column

std::string unpacked(std::string_view bytes)
{
    return qUncompress(reinterpret_cast<const uchar *>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toStdString();
}

bool isBlank(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

bool isLetterOrDigit(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z');
}

bool isInsideCharacter(std::string_view text, std::size_t at)
{
    return at < text.size() && (text[at] & '\xc0') == '\x80';
}

// A word of the text that begins with some of those typed.
struct Match
{
    std::size_t word = 0; // its number
    int page = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    unsigned typed = 0; // a bit for each
};

// The part of a long run that was typed, or else its beginning.
void narrow(std::string_view text, Match &match, const std::vector<std::string> &words)
{
    const std::string_view run = text.substr(match.begin, match.end - match.begin);
    for (const std::string &word : words) {
        if (const std::size_t at = run.find(word); at != std::string_view::npos) {
            match.begin += at;
            match.end = match.begin + word.size();
            return;
        }
    }
    match.end = match.begin + longestHit;
    while (isInsideCharacter(text, match.end))
        --match.end;
}

std::vector<Match> matchesIn(std::string_view text, const std::vector<std::string> &words)
{
    std::vector<Match> matches;
    int page = 0;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size() && matches.size() < matchesMost;) {
        if (isBlank(text[at])) {
            page += text[at] == FileText::pageEnd ? 1 : 0;
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && !isBlank(text[end]))
            ++end;
        const std::string forms = SearchWords::inside(text.substr(at, end - at));
        Match match{number++, page, at, end, 0};
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (SearchWords::hasAll(forms, {words[i]}))
                match.typed |= 1U << i;
        }
        at = end;
        if (match.typed == 0)
            continue;
        if (match.end - match.begin > longestHit)
            narrow(text, match, words);
        matches.push_back(match);
    }
    return matches;
}

// The first of those that most of the words typed follow closely.
const Match &bestOf(const std::vector<Match> &matches)
{
    const Match *best = &matches.front();
    int most = 0;
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        unsigned together = 0;
        for (auto next = match;
             next != matches.end() && next->page == match->page && next->word <= match->word + closeWords;
             ++next)
            together |= next->typed;
        if (std::popcount(together) > most) {
            most = std::popcount(together);
            best = &*match;
        }
    }
    return *best;
}

// Where the words that follow at once, each typed besides, end.
std::size_t endOf(const Match &best, const std::vector<Match> &matches)
{
    unsigned had = best.typed;
    std::size_t word = best.word;
    std::size_t end = best.end;
    for (const Match &match : matches) {
        if (match.word != word + 1 || match.page != best.page || (match.typed & ~had) == 0
            || match.end - best.begin > longestHit)
            continue;
        had |= match.typed;
        word = match.word;
        end = match.end;
    }
    return end;
}

TextFound around(std::string_view text, const Match &best, std::size_t end)
{
    std::size_t first = best.begin;
    while (first < end && !isLetterOrDigit(text[first]))
        ++first;
    while (end > first && !isLetterOrDigit(text[end - 1]))
        --end;
    std::size_t from = first - std::min(first, bytesBefore);
    // From the beginning of its line, where that is near: lines of a table make sense by themselves.
    for (const char border : {FileText::pageEnd, '\n'}) {
        if (const auto before = text.rfind(border, first); before != std::string_view::npos)
            from = std::max(from, before + 1);
    }
    while (from > 0 && from < first && !isBlank(text[from - 1]))
        ++from; // no half a word before it
    std::size_t to
        = std::min({text.size(), text.find(FileText::pageEnd, end), from + FileTexts::snippetBytes});
    to = std::max(to, end);
    while (to > end && isInsideCharacter(text, to))
        --to;
    const auto cleaned = [&](std::size_t begin, std::size_t until) {
        return JumpText::cleaned(std::string(text.substr(begin, until - begin)));
    };
    const auto glued = [&](std::size_t at) {
        return at > 0 && at < text.size() && !isBlank(text[at]) && !isBlank(text[at - 1]);
    };
    TextFound found;
    found.page = best.page;
    found.snippet = cleaned(from, first);
    if (!found.snippet.empty() && !glued(first))
        found.snippet += ' ';
    found.begin = found.snippet.size();
    const std::string hit = cleaned(first, end);
    found.length = hit.size();
    found.snippet += hit;
    if (std::string after = cleaned(end, to); !after.empty())
        found.snippet += (glued(end) ? "" : " ") + after;
    return found;
}

} // namespace

std::optional<TextFound> findInText(std::string_view text, const std::string &typed)
{
    const std::vector<std::string> words = SearchWords::typed(typed);
    const std::vector<Match> matches = words.empty() ? std::vector<Match>() : matchesIn(text, words);
    if (matches.empty())
        return std::nullopt;
    const Match &best = bestOf(matches);
    return around(text, best, endOf(best, matches));
}

Result<std::vector<FileFacts>> FileTexts::facts(std::span<const std::int64_t> records,
                                                const std::string &typed)
{
    std::vector<FileFacts> all;
    const bool searches = !SearchWords::typed(typed).empty();
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        const std::string texts = quotedName(KindLayout::textsTable(m_kind));
        auto select = (*database)->prepare(
            "SELECT EXISTS(SELECT 1 FROM " + quotedName(KindLayout::filesTable(m_kind))
            + " WHERE _record=?1), ifnull(state, -1), " + (searches ? "text" : "''") + " FROM "
            + quotedName(m_kind.plural) + " LEFT JOIN " + texts + " ON _record=_id WHERE _id=?1");
        if (!select)
            return select.error();
        for (const std::int64_t record : records) {
            const auto row = select->with(record).step();
            if (!row)
                return row.error();
            if (!*row)
                continue;
            FileFacts facts{record, select->integer(0) != 0, select->integer(1) >= 0, {}, {}};
            if (facts.read)
                facts.state = static_cast<FileText::State>(select->integer(1));
            if (searches && facts.read)
                facts.found = findInText(unpacked(select->text(2)), typed);
            all.push_back(std::move(facts));
            select->reset();
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return all;
}

Result<FileCounts> FileTexts::counts()
{
    FileCounts counts;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        const std::string texts = quotedName(KindLayout::textsTable(m_kind));
        const std::string unreadable = std::to_string(static_cast<int>(FileText::State::Unreadable));
        auto select
            = (*database)->prepare("SELECT (SELECT count(*) FROM " + quotedName(m_kind.plural)
                                   + "), (SELECT count(*) FROM " + quotedName(KindLayout::filesTable(m_kind))
                                   + "), count(*), ifnull(sum(state=" + unreadable + "), 0) FROM " + texts);
        if (!select)
            return select.error();
        return select->forEachRow([&counts](const Sqlite::Statement &row) {
            counts = {row.integer(0), row.integer(1), row.integer(2) - row.integer(3), row.integer(3)};
        });
    });
    if (!outcome)
        return outcome.error();
    return counts;
}

Result<std::vector<std::int64_t>> FileTexts::here()
{
    std::vector<std::int64_t> records;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        auto select
            = (*database)->prepare("SELECT _record FROM " + quotedName(KindLayout::filesTable(m_kind)));
        if (!select)
            return select.error();
        return select->forEachRow(
            [&records](const Sqlite::Statement &row) { records.push_back(row.integer(0)); });
    });
    if (!outcome)
        return outcome.error();
    return records;
}

Result<FileTexts::Unread> FileTexts::unread(const std::string &program, std::size_t most)
{
    Unread unread;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        const auto busy
            = (*database)->integer("SELECT loading<>0 OR wordsNext<wordsEnd FROM kinds WHERE name='"
                                   + std::string(m_kind.name) + '\'');
        if (!busy)
            return busy.error();
        unread.later = *busy != 0;
        if (unread.later)
            return Done();
        const std::string digest = quotedName(m_kind.findFlag(FileDigest)->name);
        // What is read is passed over without a look at its record. A row whose words are not stored takes
        // none of its file either.
        auto select = (*database)->prepare(
            "SELECT _id, " + quotedName(m_kind.findFlag(AccountKey)->name) + ", " + digest + " FROM "
            + quotedName(KindLayout::filesTable(m_kind)) + " AS here CROSS JOIN " + quotedName(m_kind.plural)
            + " ON _id=here._record WHERE " + digest + "<>'' AND NOT EXISTS(SELECT 1 FROM "
            + quotedName(KindLayout::textsTable(m_kind))
            + " AS known WHERE known._record=here._record AND (state<>?1 OR program=?2)) AND EXISTS(SELECT 1 "
              "FROM "
            + quotedName(KindLayout::searchTable(m_kind) + "_content")
            + " AS words WHERE words.id=here._record) ORDER BY " + quotedName(newestField(m_kind)->name)
            + " DESC, _id DESC LIMIT ?3");
        if (!select)
            return select.error();
        return select->with(static_cast<std::int64_t>(FileText::State::Unreadable), program, most)
            .forEachRow([&unread](const Sqlite::Statement &row) {
                unread.files.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
            });
    });
    if (!outcome)
        return outcome.error();
    return unread;
}

} // namespace Counterfoil
