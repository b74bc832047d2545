#pragma once

#include "amount.h"
#include "decimal.h"
#include "instant.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// A record type says each of its fields once, in a table beside its struct. The JSON codec, the SQL
// schema, the columns, the search index and the API description are derived from that table, by
// ordinary functions that see records as bytes and fields as descriptions: nothing is instantiated
// per record type.
namespace Counterfoil {

enum class FieldType {
    Text,    // std::string, UTF-8
    Integer, // std::int64_t
    Flag,    // bool
    Instant,
    Date,
    Amount, // in the currency that the record's own "currency" field names
    Decimal,
    List, // std::vector of structs with a table of their own
};

enum FieldFlag : unsigned {
    NoFlags = 0,
    Key = 1, // identifies the record within its kind; travels in the change's envelope
    AccountKey
    = 2, // the account that owns the record, empty for what everybody sees; in the envelope as well
    Searchable = 4, // its words are found by the search box
    Sortable = 8,   // lists can be ordered by it; the cache keeps an index
    Column = 16,    // shown in the kind's list unless the person hides it
    Price = 32,     // withheld from who may not see prices
    Link = 64,      // the key of another record, of the kind `target`; the cache keeps an index
    OpenMark = 128, // the Flag that says: not done with yet; lists count these
    Summed = 256,   // the Amount that lists add up, over the open ones where the kind has an OpenMark
    Editable = 512, // a person may ask for another value, by a Command; a List is one value as a whole
    // The SHA-256 of a file that the record has, empty while it has none. The cache keeps beside the record
    // whether that file is here, and finds the record by the words in it.
    FileDigest = 1024,
};

struct RecordType;

// What a List field needs to be walked and filled without knowing its element's type.
struct ListAccess
{
    std::size_t (*size)(const void *list);
    void *(*at)(void *list, std::size_t index);
    void *(*append)(void *list); // a new element at the end, with its defaults
    void (*clear)(void *list);
};

struct Field
{
    std::string_view name; // the same on the wire and in SQL: lowerCamelCase
    const char *title;     // English, shown to people through translation context "Field"
    FieldType type;
    unsigned flags;                      // of FieldFlag
    void *(*address)(void *record);      // of the member
    const RecordType *element = nullptr; // of a List
    const ListAccess *list = nullptr;    // of a List
    const RecordType *target = nullptr;  // of a Link: the kind whose key it holds

    bool is(FieldFlag flag) const { return (flags & flag) != 0; }

    // The member of `record`, which must be of the struct that this field belongs to, as the type that
    // FieldType names.
    template <class T> T &in(void *record) const { return *static_cast<T *>(address(record)); }
    template <class T> const T &in(const void *record) const
    {
        return *static_cast<const T *>(address(const_cast<void *>(record)));
    }
};

// Who may see a record, among those who may see its account. Each sees what the ones before see.
enum class Audience : std::int64_t {
    Everybody,
    PriceReaders,   // it shows prices, which cannot be taken out
    InvoiceReaders, // who may see prices, and invoices as well
};

struct RecordType
{
    std::string_view name;   // "order": its kind on the wire; unique
    std::string_view plural; // "orders": its table and its path
    std::span<const Field> fields;
    std::shared_ptr<void> (*create)(); // with its defaults
    bool financial = false;            // of a kind: only for who may see invoices
    // Of a kind whose records differ in it; `financial` says nothing then. Null: `financial` decides.
    Audience (*audience)(const void *record) = nullptr;

    const Field *find(std::string_view fieldName) const;
    const Field *findFlag(FieldFlag flag) const; // the first with it, or nullptr
};

// A record whose struct only its type knows. Copies share the struct.
class AnyRecord
{
public:
    AnyRecord() = default;
    explicit AnyRecord(const RecordType &type)
        : m_type(&type)
        , m_data(type.create())
    { }
    template <class T>
    explicit AnyRecord(std::shared_ptr<T> record)
        : m_type(&T::type)
        , m_data(std::move(record))
    { }

    bool isNull() const { return m_data == nullptr; }
    const RecordType &type() const { return *m_type; }
    void *data() { return m_data.get(); }
    const void *data() const { return m_data.get(); }

    // The struct itself; nullptr when it is of another type.
    template <class T> const T *as() const
    {
        return m_type == &T::type ? static_cast<const T *>(m_data.get()) : nullptr;
    }
    template <class T> T *as() { return m_type == &T::type ? static_cast<T *>(m_data.get()) : nullptr; }

private:
    const RecordType *m_type = nullptr;
    std::shared_ptr<void> m_data;
};

// True when both structs, of the same type, hold the same values in every field.
bool equal(const RecordType &type, const void *a, const void *b);

// The same of one field.
bool equalField(const Field &field, const void *a, const void *b);

// True when every Editable field is the same; what else differs is the ERP's own business.
bool equalEditable(const RecordType &type, const void *a, const void *b);
void copyEditable(const RecordType &type, const void *from, void *to);

// Copies one field between structs of the same type.
void copyField(const Field &field, const void *from, void *to);

namespace FieldTable {

template <class T> consteval FieldType fieldTypeOf()
{
    if constexpr (std::is_same_v<T, std::string>)
        return FieldType::Text;
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return FieldType::Integer;
    else if constexpr (std::is_same_v<T, bool>)
        return FieldType::Flag;
    else if constexpr (std::is_same_v<T, Counterfoil::Instant>)
        return FieldType::Instant;
    else if constexpr (std::is_same_v<T, Counterfoil::Date>)
        return FieldType::Date;
    else if constexpr (std::is_same_v<T, Counterfoil::Amount>)
        return FieldType::Amount;
    else {
        static_assert(std::is_same_v<T, Counterfoil::Decimal>,
                      "a field has one of the types that FieldType lists");
        return FieldType::Decimal;
    }
}

template <auto Member> struct MemberOf;

template <class Struct, class T, T Struct::*Member> struct MemberOf<Member>
{
    using Type = T;
    static void *address(void *record) { return &(static_cast<Struct *>(record)->*Member); }
};

template <class Element>
inline constexpr ListAccess listAccess{
    [](const void *list) { return static_cast<const std::vector<Element> *>(list)->size(); },
    [](void *list, std::size_t index) -> void * {
        return &(*static_cast<std::vector<Element> *>(list))[index];
    },
    [](void *list) -> void * { return &static_cast<std::vector<Element> *>(list)->emplace_back(); },
    [](void *list) { static_cast<std::vector<Element> *>(list)->clear(); },
};

// The builders of table rows. Flags are or-ed FieldFlag values.
template <auto Member>
constexpr Field field(std::string_view name, const char *title, unsigned flags = NoFlags)
{
    using Access = MemberOf<Member>;
    return {name, title, fieldTypeOf<typename Access::Type>(), flags, &Access::address};
}

template <auto Member>
constexpr Field list(std::string_view name, const char *title, unsigned flags = NoFlags)
{
    using Access = MemberOf<Member>;
    using Element = typename Access::Type::value_type;
    return {name, title, FieldType::List, flags, &Access::address, &Element::type, &listAccess<Element>};
}

// The key of a Target; empty: of none.
template <auto Member, class Target>
constexpr Field link(std::string_view name, const char *title, unsigned flags = NoFlags)
{
    Field result = field<Member>(name, title, flags | Link);
    result.target = &Target::type;
    return result;
}

template <class Struct> std::shared_ptr<void> create()
{
    return std::make_shared<Struct>();
}

} // namespace FieldTable

} // namespace Counterfoil
