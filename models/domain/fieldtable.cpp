#include "fieldtable.h"

#include <algorithm>

namespace Counterfoil {

const Field *RecordType::find(std::string_view fieldName) const
{
    const auto found = std::ranges::find(fields, fieldName, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

const Field *RecordType::findFlag(FieldFlag flag) const
{
    const auto found = std::ranges::find_if(fields, [flag](const Field &field) { return field.is(flag); });
    return found == fields.end() ? nullptr : &*found;
}

namespace {

template <class T> void copy(const Field &field, const void *from, void *to)
{
    field.in<T>(to) = field.in<T>(from);
}

template <class T> bool same(const Field &field, const void *a, const void *b)
{
    return field.in<T>(a) == field.in<T>(b);
}

bool sameList(const Field &field, const void *a, const void *b)
{
    void *left = field.address(const_cast<void *>(a));
    void *right = field.address(const_cast<void *>(b));
    const std::size_t size = field.list->size(left);
    if (size != field.list->size(right))
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        if (!equal(*field.element, field.list->at(left, i), field.list->at(right, i)))
            return false;
    }
    return true;
}

void copyList(const Field &field, const void *from, void *to)
{
    void *source = field.address(const_cast<void *>(from));
    void *target = field.address(to);
    if (source == target)
        return;
    field.list->clear(target);
    for (std::size_t i = 0; i < field.list->size(source); ++i) {
        void *element = field.list->append(target);
        for (const Field &each : field.element->fields)
            copyField(each, field.list->at(source, i), element);
    }
}

} // namespace

bool equalField(const Field &field, const void *a, const void *b)
{
    switch (field.type) {
    case FieldType::Text:
        return same<std::string>(field, a, b);
    case FieldType::Integer:
        return same<std::int64_t>(field, a, b);
    case FieldType::Flag:
        return same<bool>(field, a, b);
    case FieldType::Instant:
        return same<Instant>(field, a, b);
    case FieldType::Date:
        return same<Date>(field, a, b);
    case FieldType::Amount:
        return same<Amount>(field, a, b);
    case FieldType::Decimal:
        return same<Decimal>(field, a, b);
    case FieldType::List:
        return sameList(field, a, b);
    }
    return false;
}

bool equal(const RecordType &type, const void *a, const void *b)
{
    return std::ranges::all_of(type.fields, [a, b](const Field &field) { return equalField(field, a, b); });
}

bool equalEditable(const RecordType &type, const void *a, const void *b)
{
    return std::ranges::all_of(
        type.fields, [a, b](const Field &field) { return !field.is(Editable) || equalField(field, a, b); });
}

void copyEditable(const RecordType &type, const void *from, void *to)
{
    for (const Field &field : type.fields) {
        if (field.is(Editable))
            copyField(field, from, to);
    }
}

void copyField(const Field &field, const void *from, void *to)
{
    switch (field.type) {
    case FieldType::Text:
        return copy<std::string>(field, from, to);
    case FieldType::Integer:
        return copy<std::int64_t>(field, from, to);
    case FieldType::Flag:
        return copy<bool>(field, from, to);
    case FieldType::Instant:
        return copy<Instant>(field, from, to);
    case FieldType::Date:
        return copy<Date>(field, from, to);
    case FieldType::Amount:
        return copy<Amount>(field, from, to);
    case FieldType::Decimal:
        return copy<Decimal>(field, from, to);
    case FieldType::List:
        return copyList(field, from, to);
    }
}

} // namespace Counterfoil
