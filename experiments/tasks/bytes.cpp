// Real text, byte by byte: at every position the next byte is to be predicted. Training windows start
// anywhere in the training part; evaluation windows are disjoint pieces of single held-out chapters, taken in
// an order that is drawn once, and every chapter is a group of labels of its own: chapters are what
// bootstraps resample.
//
// source   the protocol's table; texts/text.hpp says which texts and how they are split
// metric   bits per byte, cross entropy to the base 2. Anchors for the KJV and Austen: entropy of single
// bytes 4.36
//          and 4.46 bits, of a byte after another 3.26 and 3.52; zlib 2.34 and 2.92, xz 1.75 and 2.23
// chance   8

#include <algorithm>
#include <map>

#include "experiments/random.hpp"
#include "experiments/tasks/families.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"
#include "experiments/tasks/texts/text.hpp"

namespace sca::experiments::ablation {
namespace {

Sequence next_bytes(std::string_view window) {
  Sequence result;
  for (std::size_t t = 0; t + 1 < window.size(); ++t) {
    result.ids.push_back(static_cast<unsigned char>(window[t]));
    result.labels.push_back(static_cast<unsigned char>(window[t + 1]));
  }
  return result;
}

class Bytes : public Task {
 public:
  Bytes(const Options& options, const Text& text, std::int64_t T)
      : key_(evidence::hashed(options.canonical())),
        text_(text),
        T_(T),
        learned_(text.joined(Part::training)) {
    for (const Document& document : text_.documents) {
      if (document.part != Part::training && document.text.size() > width()) names_.push_back(document.name);
    }
  }

  std::int64_t vocab() const override { return 256; }
  std::int64_t length() const override { return T_; }
  Metric metric() const override { return Metric::bits_per_byte; }
  double chance() const override { return 8; }
  std::vector<std::string> groups() const override { return names_; }
  bool is_text() const override { return true; }
  std::string data() const override { return text_.digest; }
  std::string word(std::int64_t id) const override { return std::string(1, static_cast<char>(id)); }

  Batch training(std::uint64_t seed, std::uint64_t step, std::int64_t B) const override {
    const std::uint64_t stream = derived(key_, seed, step);
    Batch batch;
    for (std::int64_t b = 0; b < B; ++b) {
      evidence::Draws draws(stream, static_cast<std::uint64_t>(b));
      const std::size_t start = draws.within(0, learned_.size() - width() - 1);
      append(batch, next_bytes(std::string_view(learned_).substr(start, width() + 1)));
    }
    return batch;
  }

  std::vector<Batch> evaluation(Split split) const override {
    std::vector<Sequence> rows = windows(split == Split::selection ? Part::selection : Part::report);
    evidence::Draws draws(key_, static_cast<std::uint64_t>(split));
    std::vector<Sequence> chosen;
    for (const std::int64_t i : distinct_ids(draws, enough(rows.size()), 0, std::ssize(rows) - 1)) {
      chosen.push_back(std::move(rows[static_cast<std::size_t>(i)]));
    }
    return batches_of(chosen);
  }

 private:
  std::size_t width() const { return static_cast<std::size_t>(T_); }
  std::int64_t enough(std::size_t rows) const {
    return std::min(static_cast<std::int64_t>(rows), (evaluation_labels + T_ - 1) / T_);
  }

  std::vector<Sequence> windows(Part part) const {
    std::vector<Sequence> rows;
    std::size_t group = 0;
    for (const Document& document : text_.documents) {
      if (group == names_.size() || document.name != names_[group]) continue;
      const std::string_view text = document.text;
      for (std::size_t start = 0; document.part == part && start + width() < text.size(); start += width()) {
        rows.push_back(next_bytes(text.substr(start, width() + 1)));
        rows.back().groups.assign(width(), static_cast<std::int32_t>(group));
      }
      ++group;
    }
    return rows;
  }

  std::uint64_t key_;
  const Text& text_;
  std::int64_t T_;
  std::string learned_;
  std::vector<std::string> names_;  // of the held-out chapters that hold a window
};

}  // namespace

std::unique_ptr<const Task> bytes_task(Options& options) {
  const std::string name = options.choice("text", {"kjv", "austen", "excerpt"});
  const std::int64_t T = options.whole("T", 128, 1, 4096);
  return std::make_unique<Bytes>(options,
                                 name == "kjv"      ? kjv()
                                 : name == "austen" ? austen()
                                                    : kjv_excerpt(),
                                 T);
}

}  // namespace sca::experiments::ablation
