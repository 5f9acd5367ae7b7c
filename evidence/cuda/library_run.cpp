#include "evidence/cuda/library_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/cuda/static_counts.hpp"
#include "kernels/cuda/library/arguments.hpp"

namespace sca::evidence::cuda {
namespace {

namespace ptx = sca::kernels::cuda::ptx;

constexpr unsigned library_threads = 256;

/// What the machine watches besides takes most of its time, and there is nothing shared to watch here.
ptx::Options evaluating() {
  ptx::Options options;
  options.races = false;
  options.uninitialised = false;
  return options;
}

}  // namespace

LibraryMachine::LibraryMachine(const PtxText& library)
    : architecture_(fmt::format("sm_{}", library.architecture)),
      machine_(std::make_unique<ptx::PtxRunner>(library.text, evaluating())) {
  for (const StaticCounts& one : count_instructions(library.text, library.name)) {
    if (one.approximate > 0) approximating_.push_back(one.kernel);
  }
}

bool LibraryMachine::approximates(const std::string& kernel) const {
  return std::ranges::find(approximating_, kernel) != approximating_.end();
}

std::vector<float> LibraryMachine::run(const std::string& kernel, const std::vector<float>& x, double share) {
  const std::size_t bytes = x.size() * sizeof(float);
  auto* const from = static_cast<float*>(machine_->allocate(bytes, "x"));
  auto* const to = static_cast<float*>(machine_->allocate(bytes, "y"));
  machine_->upload(from, x.data(), bytes);
  const sca::kernels::cuda::LibraryArguments arguments{from, to, static_cast<std::int32_t>(x.size())};
  const auto blocks = static_cast<unsigned>((x.size() + library_threads - 1) / library_threads);
  machine_->options().approximate_error = share;
  machine_->launch({kernel.c_str(), {blocks, 1, 1}, library_threads, 0, &arguments, sizeof arguments});
  std::vector<float> y(x.size());
  machine_->download(y.data(), to, bytes);
  machine_->release(from);
  machine_->release(to);
  return y;
}

}  // namespace sca::evidence::cuda
