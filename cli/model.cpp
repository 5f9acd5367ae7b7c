#include "cli/model.hpp"

#include <fmt/format.h>

#include <iostream>

#include "cli/usage.hpp"
#include "evidence/provenance.hpp"
#include "evidence/table.hpp"
#include "reference/parameter_count.hpp"

namespace sca::cli {
namespace {

constexpr std::size_t bytes_per_number = 4;  // states are kept in float32, as the released step does

constexpr const char* model_footer =
    R"(Columns: copies of the part in the model; parameters of all copies; bytes of state that all copies carry from
token to token (float32, batch of one); FLOPs to decode one token. One multiplication, addition, division,
exponential, logarithm, sine, cosine or square root is one FLOP; what depends on parameters alone is computed
once and not counted. The attention cache and its FLOPs are those of a token that attends --context tokens.)";

struct ModelOptions {
  std::string preset;
  std::size_t context = 0;
  bool json = false;
  bool list = false;
};

reference::ModelConfig configuration(const ModelOptions& options) {
  if (const auto config = reference::ModelConfig::preset(options.preset)) return *config;
  std::vector<std::string> names;
  for (const auto name : reference::ModelConfig::presets) names.emplace_back(name);
  throw UsageError(
      fmt::format("--preset: '{}' is unknown; there is {}", options.preset, fmt::join(names, ", ")));
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

nlohmann::ordered_json record(const std::string& name, std::size_t copies, const reference::Totals& total) {
  return {{"component", name},
          {"copies", copies},
          {"parameters", total.parameters},
          {"state_bytes", bytes_per_number * total.state},
          {"flops", total.flops}};
}

void print_parts_json(const std::vector<reference::Component>& parts,
                      const evidence::Provenance& provenance) {
  std::cout << nlohmann::ordered_json{{"provenance", to_json(provenance)}}.dump() << "\n";
  for (const auto& part : parts)
    std::cout << record(part.name, part.copies, reference::totals({part})).dump() << "\n";
  std::cout << record("total", 1, reference::totals(parts)).dump() << "\n";
}

void print_table(const std::vector<reference::Component>& parts, const evidence::Provenance& provenance) {
  using Align = evidence::Table::Align;
  evidence::Table table({{"component", Align::left},
                         {"copies", Align::right},
                         {"parameters", Align::right},
                         {"state bytes", Align::right},
                         {"FLOPs/token", Align::right}});
  const auto add = [&](const std::string& name, const std::string& copies, const reference::Totals& total) {
    table.add({name, copies, grouped(total.parameters), grouped(bytes_per_number * total.state),
               grouped(total.flops)});
  };
  for (const auto& part : parts) add(part.name, std::to_string(part.copies), reference::totals({part}));
  add("total", "", reference::totals(parts));
  std::cout << to_line(provenance) << "\n";
  table.print(std::cout, evidence::stdout_takes_colour());
}

}  // namespace

int model(const std::vector<std::string>& arguments) {
  CLI::App app("A model's parameters, state and FLOPs, part by part.", "sca model");
  ModelOptions options;
  auto* preset = app.add_option("--preset", options.preset, "the model's name");
  app.add_option("--context", options.context,
                 "tokens that attention sees; the model's maximum length by default")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 40U));
  app.add_flag("--json", options.json, "JSON lines");
  app.add_flag("--list", options.list, "the presets' names")->excludes(preset);
  app.footer(model_footer);
  if (const auto code = parse(app, arguments)) return *code;
  if (options.list) {
    for (const auto name : reference::ModelConfig::presets) std::cout << name << "\n";
    return good;
  }
  if (options.preset.empty()) throw UsageError("--preset NAME is required (see sca model --list)");
  const reference::ModelConfig config = configuration(options);
  const auto parts = components(config, options.context == 0 ? config.block.maxlen : options.context);
  const auto provenance = evidence::provenance("model", arguments);
  options.json ? print_parts_json(parts, provenance) : print_table(parts, provenance);
  return good;
}

}  // namespace sca::cli
