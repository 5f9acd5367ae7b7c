#include <algorithm>

#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

// By gate: none, before, after.
constexpr std::array<Names, 3> norm_names{
    Names{"norm_f32", "norm_bf16", "norm_f16"},
    Names{"gated_norm_before_f32", "gated_norm_before_bf16", "gated_norm_before_f16"},
    Names{"gated_norm_after_f32", "gated_norm_after_bf16", "gated_norm_after_f16"}};
constexpr std::array<Names, 3> norm_backward_names{
    Names{"norm_backward_f32", "norm_backward_bf16", "norm_backward_f16"},
    Names{"gated_norm_before_backward_f32", "gated_norm_before_backward_bf16",
          "gated_norm_before_backward_f16"},
    Names{"gated_norm_after_backward_f32", "gated_norm_after_backward_bf16",
          "gated_norm_after_backward_f16"}};

/// Enough for a row with 4 numbers a thread, up to half a block; wider rows have a block, and rows of more
/// than 2048 numbers one that is twice as large.
RowTeams teams_for(std::int64_t rows, std::int64_t width, std::int64_t most_blocks,
                   std::int64_t rows_of_team) {
  RowTeams teams{width <= 64 ? 1 : 2, 256, 0};
  while (teams.warps < 8 && teams.warps * 128 < width) teams.warps *= 2;
  if (width > 2048) teams = {RowTeams::most_threads / 32, RowTeams::most_threads, 0};
  const std::int64_t rows_of_block = teams.threads / 32 / teams.warps * rows_of_team;
  teams.blocks = std::min(most_blocks, (rows + rows_of_block - 1) / rows_of_block);
  return teams;
}

RowTeams forward_teams(std::int64_t rows, std::int64_t width) {
  return teams_for(rows, width, std::int64_t{1} << 30, 1);
}

/// As many blocks as the largest devices run at once, since each has a part of the gains' gradients; and
/// where there are fewer rows than that takes, two to a team, so that the parts are less than the rows.
RowTeams backward_teams(std::int64_t rows, std::int64_t width) { return teams_for(rows, width, 1024, 2); }

}  // namespace

void norm(const NormArguments& arguments, Gate gate, sca_dtype dtype, Launcher& launcher) {
  const RowTeams teams = forward_teams(arguments.rows, arguments.width);
  NormArguments a = arguments;
  a.warps = teams.warps;
  start(launcher, name_for(dtype, norm_names[static_cast<std::size_t>(gate)]), teams.blocks, teams.threads,
        a);
}

std::size_t norm_backward_workspace(std::int64_t rows, std::int64_t width) {
  return static_cast<std::size_t>(backward_teams(rows, width).blocks * width) * sizeof(float);
}

void norm_backward(const NormBackwardArguments& arguments, Gate gate, float* gain_gradient, void* workspace,
                   sca_dtype dtype, Launcher& launcher) {
  const RowTeams teams = backward_teams(arguments.rows, arguments.width);
  NormBackwardArguments a = arguments;
  a.warps = teams.warps;
  a.gain_parts = static_cast<float*>(workspace);
  start(launcher, name_for(dtype, norm_backward_names[static_cast<std::size_t>(gate)]), teams.blocks,
        teams.threads, a);
  start_sums(launcher, {teams.blocks, a.width, a.gain_parts, gain_gradient});
}

}  // namespace sca::kernels::cuda
