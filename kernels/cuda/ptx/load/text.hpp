#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sca::kernels::cuda::ptx {

/// Without comments. Line breaks stay.
std::string without_comments(std::string_view text);
/// Without white space at both ends.
std::string_view trimmed(std::string_view text);
/// At commas that no bracket encloses, each piece trimmed. Nothing gives no pieces.
std::vector<std::string_view> split_list(std::string_view text);
/// At white space.
std::vector<std::string_view> split_words(std::string_view text);
/// What the bracket that opens at `open` encloses ends at: the position of its counterpart.
/// errors   Fault if there is none
std::size_t closing(std::string_view text, std::size_t open);
/// Runs of white space as one space.
std::string on_one_line(std::string_view text);

/// errors   throws Fault: "PTX refused: what: `text`"
[[noreturn]] void refuse(std::string_view what, std::string_view text);

}  // namespace sca::kernels::cuda::ptx
