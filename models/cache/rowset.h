#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace Counterfoil {

// A row's id where a million of them are held at once. Ids are counted up from 1 for as long as a cache file
// lives, which is not long enough for four thousand million of them.
using RowId = std::uint32_t;
using RowIds = std::vector<RowId>; // in some order
// Shared by whoever shows the same rows in the same order; never null where a function returns it.
using RowIdList = std::shared_ptr<const RowIds>;

// A set of rows of one kind, a bit each, so that a million rows are 125 KB and two sets meet in microseconds.
class RowSet
{
public:
    void insert(RowId id)
    {
        if (id / bits >= m_words.size())
            m_words.resize(id / bits + 1 + m_words.size() / 4);
        m_words[id / bits] |= std::uint64_t{1} << id % bits;
    }
    void remove(RowId id)
    {
        if (id / bits < m_words.size())
            m_words[id / bits] &= ~(std::uint64_t{1} << id % bits);
    }
    bool contains(RowId id) const
    {
        return id / bits < m_words.size() && (m_words[id / bits] >> id % bits & 1) != 0;
    }
    void keepOnly(const RowSet &others)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] &= i < others.m_words.size() ? others.m_words[i] : 0;
    }
    void removeAll(const RowSet &others)
    {
        for (std::size_t i = 0; i < m_words.size() && i < others.m_words.size(); ++i)
            m_words[i] &= ~others.m_words[i];
    }
    std::int64_t count() const
    {
        std::int64_t count = 0;
        for (const std::uint64_t word : m_words)
            count += std::popcount(word);
        return count;
    }
    std::size_t bytes() const { return m_words.capacity() * sizeof(std::uint64_t); }

private:
    static constexpr RowId bits = 64;

    std::vector<std::uint64_t> m_words;
};

} // namespace Counterfoil
