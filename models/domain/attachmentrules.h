#pragma once

#include <cstdint>
#include <string_view>

// What may be put to a return or a message: said once, for the window that offers it and the gateway that
// takes it.
namespace Counterfoil {

inline constexpr std::int64_t mostAttachmentBytes = 20 * 1024 * 1024;
inline constexpr std::size_t attachmentHeadBytes = 16; // that attachmentType() looks at

// The media type of a file that begins like that, whatever it is called: "image/jpeg", "image/png",
// "image/webp", "image/heic" or "application/pdf". Empty: nothing that is taken.
std::string_view attachmentType(std::string_view head);
// ".jpg" and so on, by what it is and not by what it was called; empty: nothing that is taken.
std::string_view attachmentEnding(std::string_view mediaType);

} // namespace Counterfoil
