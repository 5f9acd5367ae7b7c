#pragma once

#include <nlohmann/json.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/table.hpp"

// Of the records that cuda_records() makes. errors: InputError that names `path` for a record without its
// fields.

namespace sca::evidence::cuda {

using CudaRecords = std::vector<nlohmann::ordered_json>;

/// A kernel a row, an architecture a column: registers of a thread, and how many of the warps that a
/// multiprocessor has room for run at a time.
Table resources_table(const CudaRecords& records, std::string_view path);
/// A work a row: what it moves, against the least.
Table work_table(const CudaRecords& records, std::string_view path);
/// A kernel's part in a work a row.
Table traffic_table(const CudaRecords& records, std::string_view path);
/// A kernel a row: what its text in the first PTX holds.
Table instructions_table(const CudaRecords& records, std::string_view path);
/// A range of a library function's arguments a row: the largest error that was seen there.
Table library_table(const CudaRecords& records, std::string_view path);
/// A work a row, a card a column: a model's nanoseconds a token.
Table roofline_table(const CudaRecords& records, std::string_view path);

/// All of them, each under its title.
void print_tables(std::ostream& out, const CudaRecords& records, std::string_view path, bool colour);

/// For documents: `which` is resources, traffic, kernels, instructions, library or roofline. Empty where no
/// record feeds it.
std::string markdown_table(const CudaRecords& records, const std::string& which, std::string_view path);

}  // namespace sca::evidence::cuda
