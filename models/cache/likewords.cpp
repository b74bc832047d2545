#include "likewords.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace Counterfoil::LikeWords {

int mistakes(std::string_view typed, std::string_view word, int most)
{
    constexpr std::size_t longest = 48;
    const int difference = static_cast<int>(typed.size()) - static_cast<int>(word.size());
    if (std::abs(difference) > most || typed.size() > longest || word.size() > longest)
        return most + 1;
    using Row = std::array<int, longest + 1>;
    Row before{};
    Row last{};
    Row now{};
    for (std::size_t j = 0; j <= word.size(); ++j)
        last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        now[0] = static_cast<int>(i);
        int least = now[0];
        for (std::size_t j = 1; j <= word.size(); ++j) {
            const bool same = typed[i - 1] == word[j - 1];
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
            least = std::min(least, now[j]);
        }
        if (least > most)
            return most + 1;
        before = last;
        last = now;
    }
    return std::min(last[word.size()], most + 1);
}

} // namespace Counterfoil::LikeWords
