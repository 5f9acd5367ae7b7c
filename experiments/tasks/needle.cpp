// A needle in a text: a line "KEY=dddd" of four random digits in Austen's prose, and "KEY=" once more at the
// end, after which the four digits are to be predicted, each after the true ones before it; all four are one
// answer, right as a whole. Asked from four distances, T/8, T/4, T/2 and T - 8 bytes from one "=" to the
// other, each a group of labels of its own. Training, selection and report take their prose from the text's
// own parts.
//
// source   the protocol's table; texts/text.hpp says how the text is split
// metric   share of answers with all digits right
// chance   1e-4

#include <array>

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"
#include "experiments/tasks/texts/text.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::int64_t digit_count = 4;

class Needle : public GeneratedTask {
 public:
  Needle(const Options& options, const Text& text, std::int64_t T)
      : GeneratedTask(options),
        prose_{text.joined(Part::training), text.joined(Part::selection), text.joined(Part::report)},
        digest_(text.digest),
        T_(T) {}

  std::int64_t vocab() const override { return 256; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1e-4; }
  std::int64_t labels_of_an_answer() const override { return digit_count; }
  bool is_text() const override { return true; }
  std::vector<std::string> groups() const override {
    std::vector<std::string> names;
    for (const std::int64_t distance : distances()) names.push_back("distance=" + std::to_string(distance));
    return names;
  }
  std::string data() const override { return digest_; }
  std::string word(std::int64_t id) const override { return std::string(1, static_cast<char>(id)); }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part part) const override {
    const std::string& prose = prose_[static_cast<std::size_t>(part)];
    const auto length = static_cast<std::size_t>(tokens);
    std::string text = prose.substr(draws.within(0, prose.size() - length - 1), length + 1);
    const std::size_t group = draws.within(0, distances().size() - 1);
    std::string digits;
    for (std::int64_t i = 0; i < digit_count; ++i) digits += static_cast<char>('0' + draws.within(0, 9));

    const std::size_t asked = length - digit_count;  // where the last "=" is
    const std::size_t planted = asked - static_cast<std::size_t>(distances()[group]);
    text.replace(planted - 4, 10, "\nKEY=" + digits + "\n");
    text.replace(asked - 4, 9, "\nKEY=" + digits);
    Sequence result;
    for (std::size_t t = 0; t < length; ++t) {
      result.ids.push_back(static_cast<unsigned char>(text[t]));
      result.labels.push_back(t < asked ? not_asked : static_cast<unsigned char>(text[t + 1]));
    }
    result.groups.assign(length, static_cast<std::int32_t>(group));
    return result;
  }

 private:
  std::array<std::int64_t, 4> distances() const { return {T_ / 8, T_ / 4, T_ / 2, T_ - 8}; }

  std::array<std::string, 3> prose_;  // by part
  std::string digest_;
  std::int64_t T_;
};

}  // namespace

std::unique_ptr<const Task> needle_task(Options& options) {
  const std::string name = options.choice("text", {"austen", "excerpt"});
  const std::int64_t T = options.whole("T", 256, 128, 4096);
  return std::make_unique<Needle>(options, name == "austen" ? austen() : kjv_excerpt(), T);
}

}  // namespace sca::experiments::ablation
