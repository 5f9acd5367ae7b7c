#include "evidence/cuda/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "evidence/cuda/cards.hpp"
#include "evidence/cuda/fields.hpp"
#include "evidence/cuda/library.hpp"
#include "evidence/cuda/meter.hpp"
#include "evidence/cuda/occupancy.hpp"
#include "evidence/cuda/static_counts.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;
using Records = std::vector<Json>;

std::string rounded(double number) { return fmt::format("{:.5g}", number); }

std::string per(std::uint64_t sum, std::uint64_t count) {
  return count == 0 ? "-" : rounded(static_cast<double>(sum) / static_cast<double>(count));
}

double over(double sum, std::int64_t tokens) { return sum / static_cast<double>(tokens); }

std::string sm(int architecture) { return fmt::format("sm_{}", architecture); }

/// How kernels are launched.
struct Block {
  int threads = 0;
  std::size_t shared = 0;  // dynamic
};
using Blocks = std::map<std::string, Block>;

/// Of a kernel that was not executed: as its sibling for another way of storing, else as large as it may be.
Block block_of(const std::string& kernel, const Blocks& launched, const Blocks& largest) {
  std::string sibling = kernel;
  if (sibling.ends_with("_f16")) sibling.replace(sibling.size() - 4, 4, "_bf16");
  for (const std::string& name : {kernel, sibling}) {
    if (const auto found = launched.find(name); found != launched.end()) return found->second;
  }
  const auto found = largest.find(kernel);
  return found == largest.end() ? Block{} : found->second;
}

Json resources_record(const Resources& r, const Block& block) {
  Json record{{"cuda", "resources"},
              {"kernel", r.kernel},
              {"architecture", sm(r.architecture)},
              {"threads", block.threads},
              {"registers", r.registers},
              {"stack", r.stack},
              {"spill_stores", r.spill_stores},
              {"spill_loads", r.spill_loads},
              {"shared", r.shared},
              {"dynamic_shared", block.shared}};
  if (block.threads == 0) return record;
  const Occupancy o =
      occupancy(architecture(r.architecture),
                {block.threads, r.registers, r.shared + static_cast<std::int64_t>(block.shared)});
  record["blocks"] = o.blocks;
  record["warps"] = o.warps;
  record["occupancy"] = rounded(o.share);
  record["limit"] = o.limit;
  return record;
}

Json instructions_record(const StaticCounts& c, int ptx) {
  return {{"cuda", "instructions"},
          {"kernel", c.kernel},
          {"ptx", sm(ptx)},
          {"instructions", c.instructions},
          {"local", c.local},
          {"loads", c.loads.all},
          {"loads_v2", c.loads.of_two},
          {"loads_v4", c.loads.of_four},
          {"stores", c.stores.all},
          {"stores_v2", c.stores.of_two},
          {"stores_v4", c.stores.of_four},
          {"approximate", c.approximate},
          {"divisions", c.divisions},
          {"integer_divisions", c.integer_divisions}};
}

Json traffic_record(const Work& work, const Metered& m) {
  const double bytes = static_cast<double>(sector_bytes * m.sectors());
  return {{"cuda", "traffic"},
          {"kernel", m.kernel},
          {"work", work.name},
          {"dtype", work.dtype},
          {"launches", m.launches},
          {"blocks", m.blocks},
          {"threads", m.threads},
          {"instructions_per_token", rounded(over(static_cast<double>(m.instructions), work.tokens))},
          {"bytes_per_token", rounded(over(bytes, work.tokens))},
          {"sectors_per_load", per(m.loads.sectors, m.loads.count)},
          {"sectors_per_store", per(m.stores.sectors, m.stores.count)},
          {"asked_of_loaded", per(m.loads.bytes, sector_bytes * m.loads.sectors)},
          {"local", m.local_accesses}};
}

/// All kernels of a work together.
struct Sum {
  explicit Sum(const std::vector<Metered>& kernels) {
    for (const Metered& m : kernels) {
      instructions += static_cast<double>(m.instructions);
      bytes += static_cast<double>(sector_bytes * m.sectors());
      cached_bytes += static_cast<double>(sector_bytes * m.touched());
      requests += m.requests();
      sectors += m.sectors();
      local += m.local_accesses;
    }
  }
  double instructions = 0, bytes = 0, cached_bytes = 0;
  std::uint64_t requests = 0, sectors = 0, local = 0;
};

Json work_record(const Work& work, const Sum& sum, int ptx) {
  return {{"cuda", "work"},
          {"work", work.name},
          {"dtype", work.dtype},
          {"shape", work.shape},
          {"ptx", sm(ptx)},
          {"tokens", work.tokens},
          {"instructions_per_token", rounded(over(sum.instructions, work.tokens))},
          {"sectors_per_request", per(sum.sectors, sum.requests)},
          {"bytes_per_token", rounded(over(sum.bytes, work.tokens))},
          {"least_bytes_per_token", rounded(over(work.least_bytes, work.tokens))},
          {"ratio", rounded(sum.bytes / work.least_bytes)},
          {"stated", rounded(work.stated.asked)},
          {"cached_bytes_per_token", rounded(over(sum.cached_bytes, work.tokens))},
          {"cached_ratio", rounded(sum.cached_bytes / work.least_bytes)},
          {"cached_stated", rounded(work.stated.cached)},
          {"local", sum.local}};
}

Json roofline_record(const Work& work, const Sum& sum, const Card& card) {
  const ModelTime time = model_time(card, over(sum.bytes, work.tokens), over(sum.instructions, work.tokens));
  return {{"cuda", "roofline"},
          {"work", work.name},
          {"dtype", work.dtype},
          {"card", card.name},
          {"gigabytes_per_second", rounded(card.bytes_per_second / 1e9)},
          {"teraflops", rounded(card.flops / 1e12)},
          {"nanoseconds_per_token", rounded(1e9 * time.seconds)},
          {"bound", time.bound},
          {"basis", "model of datasheet figures; nothing was timed"}};
}

Records work_records(const Work& work, Meter& meter, int ptx, Blocks& launched) {
  meter.clear();
  work.run(meter);
  const Sum sum(meter.kernels());
  Records all{work_record(work, sum, ptx)};
  for (const Metered& m : meter.kernels()) {
    all.push_back(traffic_record(work, m));
    launched[m.kernel] = {static_cast<int>(m.threads), m.shared_bytes};
  }
  for (const Card& card : cards()) all.push_back(roofline_record(work, sum, card));
  return all;
}

}  // namespace

std::vector<Json> cuda_records(
    const Compiled& compiled, const std::vector<Work>& works,
    const std::function<void(std::size_t, std::size_t, const std::string&)>& progress) {
  const PtxText& executed = compiled.ptx.front();
  Meter meter(executed.text);
  Blocks launched, largest;
  Records moved, counted;
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (progress) progress(i, works.size(), works[i].name + " " + works[i].dtype);
    std::ranges::move(work_records(works[i], meter, executed.architecture, launched),
                      std::back_inserter(moved));
  }
  for (const PtxText& one : compiled.ptx) {
    for (const StaticCounts& counts : count_instructions(one.text, one.name)) {
      counted.push_back(instructions_record(counts, one.architecture));
      largest[counts.kernel].threads = counts.most_threads;
    }
  }
  Records all{{{"cuda", "toolkit"}, {"nvcc", toolkit_of(executed.text)}}};
  for (const Resources& one : compiled.resources)
    all.push_back(resources_record(one, block_of(one.kernel, launched, largest)));
  std::ranges::move(counted, std::back_inserter(all));
  std::ranges::move(moved, std::back_inserter(all));
  return all;
}

std::vector<Json> chosen_records(const std::vector<Json>& records, const std::vector<std::string>& parts) {
  if (parts.empty()) return records;
  const auto is_named = [&](const Json& record) {
    const std::string names =
        record.value("kernel", "") + "\n" + record.value("work", "") + " " + record.value("dtype", "");
    return std::ranges::any_of(
        parts, [&](const std::string& part) { return names.find(part) != std::string::npos; });
  };
  Records all;
  std::ranges::copy_if(records, std::back_inserter(all), [&](const Json& record) {
    return !record.contains("cuda") || record["cuda"] == "toolkit" || is_named(record);
  });
  return all;
}

std::vector<std::string> regressions(const std::vector<Json>& records, std::string_view path) {
  std::vector<std::string> found;
  for (const Json& record : records) {
    const std::string kind = record.value("cuda", "");
    const auto number = [&](const char* field) { return number_of(record, field, path); };
    const auto text = [&](const char* field) { return text_of(record, field, path); };
    if (kind == "resources") {
      if (number("stack") > 0 || number("spill_stores") > 0 || number("spill_loads") > 0)
        found.push_back(fmt::format("{} on {}: {} bytes of stack, {} of spill stores, {} of spill loads",
                                    text("kernel"), text("architecture"), text("stack"), text("spill_stores"),
                                    text("spill_loads")));
    } else if (kind == "instructions" && number("local") > 0) {
      found.push_back(fmt::format("{} for {}: {} instructions on local memory", text("kernel"), text("ptx"),
                                  text("local")));
    } else if (kind == "traffic" && number("local") > 0) {
      found.push_back(fmt::format("{} in {} {}: {} accesses to local memory", text("kernel"), text("work"),
                                  text("dtype"), text("local")));
    } else if (kind == "work") {
      if (!(number("ratio") <= number("stated")))
        found.push_back(fmt::format("{} {}: {} times the least bytes are asked for, more than the stated {}",
                                    text("work"), text("dtype"), text("ratio"), text("stated")));
      if (!(number("cached_ratio") <= number("cached_stated")))
        found.push_back(fmt::format("{} {}: {} times the least bytes are touched, more than the stated {}",
                                    text("work"), text("dtype"), text("cached_ratio"),
                                    text("cached_stated")));
    } else if (kind == "library") {
      if (const auto worse = library_finding(record, path)) found.push_back(*worse);
    }
  }
  return found;
}

}  // namespace sca::evidence::cuda
