#include "bench/network/group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "bench/network/layer.hpp"
#include "bench/network/model.hpp"

namespace sca::bench {
namespace {

/// What its rows take turns as: decodes of shallow models with each other, all else with itself.
std::string turn(NetworkOperation operation) {
  const std::string name(to_string(operation));
  return name.starts_with("decode_") ? "decode" : name;
}

void add_layers(const Plan& plan, NetworkOperation operation, const std::vector<NetworkSubject>& subjects,
                std::vector<Group>& result) {
  const auto shapes = operation == NetworkOperation::layer_step ? step_shapes(plan.shapes) : plan.shapes;
  for (const sca_core_shape& shape : shapes) {
    for (const std::int64_t threads : plan.threads) {
      Group& group = result.emplace_back(
          Group{turn(operation),
                fmt::format("L={} B={} K={} H={} M={}", shape.L, shape.B, shape.K, shape.H, shape.M),
                static_cast<int>(threads),
                0,
                {}});
      for (const NetworkSubject& one : subjects) {
        group.tensor_bytes += layer_bytes(operation, shape);
        group.rows.push_back(timed_layer(one, shape, group.threads));
      }
    }
  }
}

/// The contexts of a decode, the lengths of a prefill, the length of a training step's sequences.
std::vector<std::int64_t> token_counts(const Plan& plan, NetworkOperation operation) {
  if (is_decode(operation)) return plan.contexts;
  return operation == NetworkOperation::model_training ? std::vector{training_L} : plan.prefills;
}

void add_models(const Plan& plan, NetworkOperation operation, const std::vector<NetworkSubject>& subjects,
                std::vector<Group>& result) {
  for (const std::int64_t tokens : token_counts(plan, operation)) {
    for (const std::int64_t threads : plan.threads) {
      Group& group = result.emplace_back(
          Group{turn(operation), fmt::format("{} tokens", tokens), static_cast<int>(threads), 0, {}});
      for (const NetworkSubject& one : subjects) {
        group.tensor_bytes += model_bytes(one.operation, tokens);
        group.rows.push_back(timed_model(one, tokens, group.threads));
      }
    }
  }
}

}  // namespace

std::vector<Group> network_groups(const Plan& plan) {
  std::vector<Group> result;
  std::string done;
  for (const NetworkOperation operation : network_operations) {
    if (turn(operation) == done) continue;
    done = turn(operation);
    std::vector<NetworkSubject> subjects;
    std::ranges::copy_if(plan.networks, std::back_inserter(subjects),
                         [&](const NetworkSubject& one) { return turn(one.operation) == done; });
    if (subjects.empty()) continue;
    is_of_layer(operation) ? add_layers(plan, operation, subjects, result)
                           : add_models(plan, operation, subjects, result);
  }
  return result;
}

}  // namespace sca::bench
