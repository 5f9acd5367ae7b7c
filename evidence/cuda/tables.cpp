#include "evidence/cuda/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "evidence/cuda/fields.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;
using Align = Table::Align;

std::vector<const Json*> of_kind(const CudaRecords& records, std::string_view kind) {
  std::vector<const Json*> all;
  for (const Json& record : records) {
    if (record.value("cuda", "") == kind) all.push_back(&record);
  }
  return all;
}

/// A column and the field that fills it.
struct CudaColumn {
  const char *title, *field;
  Align align = Align::right;
};

Table table_of(const std::vector<const Json*>& records, const std::vector<CudaColumn>& columns,
               std::string_view path) {
  std::vector<Table::Column> heads;
  for (const CudaColumn& one : columns) heads.push_back({one.title, one.align});
  Table table(heads);
  for (const Json* record : records) {
    std::vector<std::string> row;
    for (const CudaColumn& one : columns) row.push_back(text_of(*record, one.field, path));
    table.add(std::move(row));
  }
  return table;
}

/// What the field says, each once, as they come.
std::vector<std::string> values_of(const std::vector<const Json*>& records, const char* field,
                                   std::string_view path) {
  std::vector<std::string> all;
  for (const Json* record : records) {
    std::string value = text_of(*record, field, path);
    if (std::ranges::find(all, value) == all.end()) all.push_back(std::move(value));
  }
  return all;
}

/// "72, 58 %".
std::string registers_and_share(const Json& record, std::string_view path) {
  std::string registers = text_of(record, "registers", path);
  if (!record.contains("occupancy")) return registers;
  return fmt::format("{}, {:.0f} %", registers, 100 * number_of(record, "occupancy", path));
}

/// The largest of a kernel's numbers over architectures.
std::string largest_of(const std::vector<const Json*>& records, std::initializer_list<const char*> fields,
                       std::string_view path) {
  double most = 0;
  for (const Json* record : records) {
    double sum = 0;
    for (const char* field : fields) sum += number_of(*record, field, path);
    most = std::max(most, sum);
  }
  return fmt::format("{:.0f}", most);
}

}  // namespace

Table resources_table(const CudaRecords& records, std::string_view path) {
  const std::vector<const Json*> all = of_kind(records, "resources");
  const std::vector<std::string> architectures = values_of(all, "architecture", path);
  std::vector<Table::Column> heads{{"kernel"},
                                   {"threads", Align::right},
                                   {"shared, bytes", Align::right},
                                   {"stack, bytes", Align::right},
                                   {"spills, bytes", Align::right}};
  for (const std::string& one : architectures) heads.push_back({one, Align::right});
  Table table(heads);
  std::vector<std::string> kernels = values_of(all, "kernel", path);
  std::ranges::sort(kernels);
  for (const std::string& kernel : kernels) {
    std::vector<const Json*> mine;
    std::ranges::copy_if(all, std::back_inserter(mine),
                         [&](const Json* r) { return (*r)["kernel"] == kernel; });
    std::vector<std::string> row{
        kernel, text_of(*mine.front(), "threads", path), largest_of(mine, {"shared", "dynamic_shared"}, path),
        largest_of(mine, {"stack"}, path), largest_of(mine, {"spill_stores", "spill_loads"}, path)};
    for (const std::string& one : architectures) {
      const auto found =
          std::ranges::find_if(mine, [&](const Json* r) { return (*r)["architecture"] == one; });
      row.push_back(found == mine.end() ? "-" : registers_and_share(**found, path));
    }
    table.add(std::move(row));
  }
  return table;
}

Table work_table(const CudaRecords& records, std::string_view path) {
  return table_of(of_kind(records, "work"),
                  {{"work", "work", Align::left},
                   {"stored as", "dtype", Align::left},
                   {"sizes", "shape", Align::left},
                   {"instructions/token", "instructions_per_token"},
                   {"sectors/request", "sectors_per_request"},
                   {"bytes/token", "bytes_per_token"},
                   {"least", "least_bytes_per_token"},
                   {"x least", "ratio"},
                   {"stated", "stated"},
                   {"cached", "cached_ratio"},
                   {"stated", "cached_stated"}},
                  path);
}

Table traffic_table(const CudaRecords& records, std::string_view path) {
  return table_of(of_kind(records, "traffic"),
                  {{"work", "work", Align::left},
                   {"kernel", "kernel", Align::left},
                   {"blocks", "blocks"},
                   {"instructions/token", "instructions_per_token"},
                   {"bytes/token", "bytes_per_token"},
                   {"sectors/load", "sectors_per_load"},
                   {"sectors/store", "sectors_per_store"},
                   {"asked/loaded", "asked_of_loaded"}},
                  path);
}

Table instructions_table(const CudaRecords& records, std::string_view path) {
  std::vector<const Json*> first = of_kind(records, "instructions");
  std::erase_if(first, [ptx = first.empty() ? "" : first.front()->value("ptx", "")](const Json* record) {
    return record->value("ptx", "") != ptx;
  });
  return table_of(first,
                  {{"kernel", "kernel", Align::left},
                   {"PTX", "ptx", Align::left},
                   {"instructions", "instructions"},
                   {"local", "local"},
                   {"loads", "loads"},
                   {"v2", "loads_v2"},
                   {"v4", "loads_v4"},
                   {"stores", "stores"},
                   {"v2", "stores_v2"},
                   {"v4", "stores_v4"},
                   {".approx", "approximate"},
                   {"divisions", "divisions"},
                   {"of integers", "integer_divisions"}},
                  path);
}

Table library_table(const CudaRecords& records, std::string_view path) {
  return table_of(of_kind(records, "library"),
                  {{"function", "function", Align::left},
                   {"arguments", "range", Align::left},
                   {"tried", "arguments"},
                   {".approx", "approximations", Align::left},
                   {"ulps", "ulps"},
                   {"at", "argument_hex", Align::left},
                   {"floats off", "steps"},
                   {"published", "published", Align::left},
                   {"error/u", "units"},
                   {"PTX", "ptx", Align::left}},
                  path);
}

Table roofline_table(const CudaRecords& records, std::string_view path) {
  const std::vector<const Json*> all = of_kind(records, "roofline");
  const std::vector<std::string> cards = values_of(all, "card", path);
  std::vector<Table::Column> heads{{"model, ns/token"}, {"stored as"}};
  for (const std::string& card : cards) heads.push_back({card, Align::right});
  Table table(heads);
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  std::vector<std::vector<std::string>> rows;
  for (const Json* record : all) {
    const std::pair key{text_of(*record, "work", path), text_of(*record, "dtype", path)};
    const auto [place, is_new] = places.try_emplace(key, rows.size());
    if (is_new) {
      rows.emplace_back(cards.size() + 2, "-");
      rows.back()[0] = key.first;
      rows.back()[1] = key.second;
    }
    const auto card = std::ranges::find(cards, text_of(*record, "card", path));
    rows[place->second][static_cast<std::size_t>(card - cards.begin()) + 2] = fmt::format(
        "{:.3g}, {}", number_of(*record, "nanoseconds_per_token", path), text_of(*record, "bound", path));
  }
  for (auto& row : rows) table.add(std::move(row));
  return table;
}

namespace {

/// A kind of table: what documents call it, its title on a terminal, what has to be known to read it.
struct CudaTable {
  const char *which, *title;
  Table (*make)(const CudaRecords&, std::string_view);
};

constexpr std::array cuda_tables{
    CudaTable{"resources",
              "Registers of a thread, and the share of a multiprocessor's warps that run at a time",
              resources_table},
    CudaTable{"instructions", "What the PTX holds, each instruction once", instructions_table},
    CudaTable{"traffic", "What calls move: 32-byte sectors that warps ask for; cached: each once a launch",
              work_table},
    CudaTable{"kernels", "Kernel by kernel", traffic_table},
    CudaTable{"library",
              "CUDA's own functions: the largest error seen over so many arguments, which is no bound",
              library_table},
    CudaTable{"roofline",
              "A model, not a time: the larger of bytes over bandwidth and instructions over FP32's rate, by "
              "datasheets",
              roofline_table},
};

std::string markdown(const Table& table, std::size_t names) {
  std::string text = "|", rule = "|";
  for (const Table::Column& column : table.columns()) {
    text += " " + column.title + " |";
    rule += column.align == Align::right ? "--:|" : "---|";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : table.rows()) {
    text += "|";
    for (std::size_t c = 0; c < row.size(); ++c)
      text += c == names ? fmt::format(" `{}` |", row[c]) : " " + row[c] + " |";
    text += "\n";
  }
  return text;
}

}  // namespace

void print_tables(std::ostream& out, const CudaRecords& records, std::string_view path, bool colour) {
  for (const CudaTable& one : cuda_tables) {
    const Table table = one.make(records, path);
    if (table.rows().empty()) continue;
    out << "\n" << one.title << "\n";
    table.print(out, colour);
  }
}

std::string markdown_table(const CudaRecords& records, const std::string& which, std::string_view path) {
  const auto* const kind =
      std::ranges::find_if(cuda_tables, [&](const CudaTable& one) { return which == one.which; });
  if (kind == cuda_tables.end())
    throw InputError(path, "table", "cuda resources, instructions, traffic, kernels, library or roofline",
                     in_quotes(which));
  const Table table = kind->make(records, path);
  if (table.rows().empty()) return "";
  const auto& columns = table.columns();
  const auto name = std::ranges::find_if(
      columns, [](const auto& one) { return one.title == "kernel" || one.title == "function"; });
  std::string text = markdown(table, static_cast<std::size_t>(name - columns.begin()));
  for (const Json* record : of_kind(records, "toolkit"))
    text += fmt::format("\nnvcc: {}.\n", text_of(*record, "nvcc", path));
  return text;
}

}  // namespace sca::evidence::cuda
