#include "byterange.h"
#include "cursor.h"
#include "fuzztarget.h"
#include "gzip.h"
#include "peoplestore.h"
#include "scope.h"
#include "target.h"

#include <QByteArray>

#include <zlib.h>

namespace Counterfoil {

namespace {

std::string someText(Random &random)
{
    static constexpr std::string_view letters = "abcXYZ019-_.~%+=&?/ :\xc3\xa9";
    std::string text(static_cast<std::size_t>(random.below(20)), ' ');
    for (char &c : text)
        c = letters[static_cast<std::size_t>(random.below(letters.size()))];
    return text;
}

const char *readCursor(std::string_view bytes)
{
    const auto cursor = Cursor::parse(bytes);
    if (cursor && cursor->toString() != bytes)
        return "a cursor has one text";
    const auto token = ListingToken::parse(bytes);
    if (token && ListingToken::parse(token->toString()) != token)
        return "a token that was read is the same when it is written and read again";
    return nullptr;
}

std::string makeCursor(Random &random)
{
    const auto sequence = static_cast<std::int64_t>(random.next() >> 12);
    return random.below(2) == 0 ? Cursor{random.uuid(), sequence, "0123456789abcdef"}.toString()
                                : ListingToken{sequence, someText(random)}.toString();
}

// Two bytes of size, then the header.
const char *readRange(std::string_view bytes)
{
    if (bytes.size() < 2)
        return nullptr;
    const std::int64_t size
        = static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1]);
    const std::string_view header = bytes.substr(2);
    const RangeWish wish = readRangeHeader(header, size);
    if (wish.kind == RangeKind::Part
        && (wish.part.from < 0 || wish.part.bytes <= 0 || wish.part.from + wish.part.bytes > size))
        return "a part lies within the document";
    if (namesTag(header, "\"a\"") != namesTag(std::string(header) + ',', "\"a\""))
        return "an empty tag names nothing";
    return nullptr;
}

std::string makeRange(Random &random)
{
    static constexpr std::string_view forms[]
        = {"bytes=0-", "bytes=-5", "bytes=3-9", "bytes=0-0,5-9", "W/\"a\", \"b\"", "*", "\"a\""};
    std::string bytes{static_cast<char>(random.below(2)), static_cast<char>(random.below(256))};
    return bytes + std::string(forms[random.below(std::size(forms))]);
}

std::string percentEncoded(const std::string &text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

const char *readHttpTarget(std::string_view bytes)
{
    bearerOf(bytes);
    acceptsGzip(bytes);
    HttpRequest request;
    if (!readTarget(bytes, request))
        return nullptr;
    std::string text = percentEncoded(request.path);
    for (const auto &[name, value] : request.query) {
        text += text.find('?') == std::string::npos ? '?' : '&';
        text += percentEncoded(name) + '=' + percentEncoded(value);
    }
    // Whatever stood first, a path that is given to a handler begins like one.
    if (request.path.empty() || request.path.front() != '/')
        return "a path begins with a slash";
    if (request.path.find('\0') != std::string::npos)
        return "a path has no end within";
    HttpRequest again;
    if (!readTarget('/' + text, again) || again.path != '/' + request.path || again.query != request.query)
        return "a target that was read is the same when it is written and read again";
    return nullptr;
}

std::string makeHttpTarget(Random &random)
{
    static constexpr std::string_view paths[]
        = {"/v1/changes", "/v1/snapshot/order", "/v1/documents/", "/v1/users/", "Bearer ", "gzip;q=0.5, br"};
    std::string text(paths[random.below(std::size(paths))]);
    text += percentEncoded(someText(random));
    for (std::uint64_t i = random.below(3); i > 0; --i)
        text += (i == 2 ? '&' : '?') + percentEncoded(someText(random)) + '='
            + percentEncoded(someText(random));
    return text;
}

const char *readGzip(std::string_view bytes)
{
    const auto packed = gzip(bytes);
    if (!packed)
        return "what is packed has a packed form";
    constexpr int gzipWindow = 15 + 16;
    std::string unpacked(bytes.size() + 1, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, gzipWindow) != Z_OK)
        return nullptr;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed->data()));
    stream.avail_in = static_cast<uInt>(packed->size());
    stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
    stream.avail_out = static_cast<uInt>(unpacked.size());
    const int code = inflate(&stream, Z_FINISH);
    unpacked.resize(stream.total_out);
    inflateEnd(&stream);
    return code == Z_STREAM_END && unpacked == bytes ? nullptr : "what is unpacked is what was packed";
}

std::string makeText(Random &random)
{
    return someText(random) + someText(random);
}

AccountTree someTree()
{
    AccountTree tree;
    for (const char *key : {"a-1", "a-2", "a-3", "b"}) {
        Account account;
        account.key = key;
        account.parent = key[0] == 'a' && key[2] != '1' ? "a-1" : "";
        account.assortments = {{"range"}};
        tree.set(account);
    }
    return tree;
}

// A scope's text lies in the gateway's store; a store from elsewhere may hold anything.
const char *readScopeText(std::string_view bytes)
{
    static const AccountTree tree = someTree();
    const User user{.name = "mia", .displayName = "Mia", .role = "buyer", .accounts = {"a-1"}};
    const Scope scope(user, tree);
    const auto difference = scope.differenceFrom(std::string(bytes), tree);
    const bool none = difference.added.empty() && difference.removed.empty() && !difference.redactionsChanged;
    // The other way round would do harm: two scopes taken for the same.
    if (none && bytes.size() != scope.text().size())
        return "scopes that differ are not taken for the same";
    const auto own = scope.differenceFrom(scope.text(), tree);
    return own.added.empty() && own.removed.empty() && !own.redactionsChanged
        ? nullptr
        : "a scope does not differ from itself";
}

std::string makeScopeText(Random &random)
{
    static constexpr const char *names[] = {"buyer", "viewer", "admin", "nobody"};
    User user{.name = "mia", .displayName = "Mia", .role = names[random.below(std::size(names))]};
    for (const char *account : {"a-1", "a-2", "b"}) {
        if (random.below(2) == 0)
            user.accounts.emplace_back(account);
    }
    return Scope(user, someTree()).text();
}

} // namespace

std::span<const FuzzTarget> gatewayFuzzTargets()
{
    static constexpr FuzzTarget all[] = {
        {"cursor", readCursor, makeCursor},
        {"range", readRange, makeRange},
        {"httptarget", readHttpTarget, makeHttpTarget},
        {"gzip", readGzip, makeText},
        {"scopetext", readScopeText, makeScopeText},
    };
    return all;
}

} // namespace Counterfoil
