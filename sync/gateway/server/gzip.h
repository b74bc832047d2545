#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace Counterfoil {

// In gzip's format, quickly rather than tightly; nothing when memory is short.
std::optional<std::string> gzip(std::string_view bytes);

// Whether an Accept-Encoding header takes gzip.
bool acceptsGzip(std::string_view acceptEncoding);

} // namespace Counterfoil
