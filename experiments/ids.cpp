#include "experiments/ids.hpp"

#include <algorithm>

namespace sca::experiments {

bool is_asked_for(const std::string& id, const std::vector<std::string>& words) {
  return words.empty() || std::ranges::any_of(words, [&](const std::string& word) {
           return id == word || id.starts_with(word + "/");
         });
}

}  // namespace sca::experiments
