#include "evidence/input/npz.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "evidence/input/file.hpp"
#include "evidence/input/npy.hpp"

namespace sca::evidence {
namespace {

constexpr zip_uint64_t max_members = 65536;
constexpr std::size_t always_allowed = std::size_t{64} << 20;
constexpr std::size_t never_above = std::size_t{1} << 31;
/// Weights deflate by a few per cent; only runs of zeros come near deflate's own 1032.
constexpr std::size_t max_ratio = 64;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Close {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Member = std::unique_ptr<zip_file_t, Close>;

/// libzip's own words for what went wrong.
class Reason {
 public:
  Reason() { zip_error_init(&error_); }
  ~Reason() { zip_error_fini(&error_); }
  Reason(const Reason&) = delete;
  Reason& operator=(const Reason&) = delete;
  zip_error_t* get() { return &error_; }
  std::string text() { return in_quotes(zip_error_strerror(&error_)); }

 private:
  zip_error_t error_{};
};

std::size_t total_limit(std::size_t archive_size) {
  if (archive_size >= never_above / max_ratio) return never_above;
  return std::max(always_allowed, archive_size * max_ratio);
}

class NpzReader {
 public:
  NpzReader(std::span<const std::byte> bytes, std::string_view file)
      : file_(file), limit_(total_limit(bytes.size())), left_(limit_), archive_(open(bytes)) {}

  std::map<std::string, Array> read() {
    const zip_int64_t members = zip_get_num_entries(archive_.get(), 0);
    if (members <= 0) throw InputError(file_, "members", "at least one array", "none");
    const auto count = static_cast<zip_uint64_t>(members);
    if (count > max_members) throw InputError(file_, "members", "at most 65536", std::to_string(count));
    std::map<std::string, Array> arrays;
    for (zip_uint64_t i = 0; i < count; ++i) {
      std::string key = name_of(i);
      if (arrays.contains(key)) throw InputError(file_, "member " + in_quotes(key), "it once", "it twice");
      const std::string bytes = contents(i, key);
      Array array =
          parse_npy(std::as_bytes(std::span(bytes)), std::string(file_) + ": member " + in_quotes(key));
      arrays.emplace(std::move(key), std::move(array));
    }
    return arrays;
  }

 private:
  Archive open(std::span<const std::byte> bytes) const {
    if (bytes.empty()) throw InputError(file_, "file", "a zip archive", "an empty file");
    Reason reason;
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, reason.get());
    zip_t* const archive =
        source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, reason.get());
    if (archive != nullptr) return Archive(archive);
    if (source != nullptr) zip_source_free(source);  // an archive that opened would own it
    throw InputError(file_, "file", "a whole zip archive", reason.text());
  }

  /// Without ".npy": numpy.load strips it too.
  std::string name_of(zip_uint64_t index) const {
    constexpr std::string_view extension = ".npy";
    const char* const found = zip_get_name(archive_.get(), index, ZIP_FL_ENC_RAW);
    const std::string_view name = found == nullptr ? "" : found;
    if (name.size() <= extension.size() || !name.ends_with(extension)) {
      throw InputError(file_, "member " + std::to_string(index) + " (from 0)", "a name that ends in '.npy'",
                       in_quotes(name));
    }
    return std::string(name.substr(0, name.size() - extension.size()));
  }

  std::string contents(zip_uint64_t index, const std::string& key) {
    const std::string field = "member " + in_quotes(key);
    const zip_uint64_t size = declared_size(index, field);
    const Member member(zip_fopen_index(archive_.get(), index, 0));
    if (!member) throw damaged(field, zip_get_error(archive_.get()));
    std::string bytes;
    std::array<char, 1 << 16> buffer;
    for (;;) {
      const zip_int64_t got = zip_fread(member.get(), buffer.data(), buffer.size());
      if (got < 0) throw damaged(field, zip_file_get_error(member.get()));
      if (got == 0) break;  // libzip has compared the CRC
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
      if (bytes.size() > size) break;
    }
    if (bytes.size() != size) {
      throw InputError(file_, field, std::to_string(size) + " bytes, as the archive's directory says",
                       bytes.size() > size ? "more" : std::to_string(bytes.size()));
    }
    left_ -= bytes.size();
    return bytes;
  }

  /// Nothing is inflated before this has agreed to it.
  zip_uint64_t declared_size(zip_uint64_t index, const std::string& field) const {
    zip_stat_t stat{};
    if (zip_stat_index(archive_.get(), index, 0, &stat) != 0) {
      throw damaged(field, zip_get_error(archive_.get()));
    }
    constexpr zip_uint64_t needed =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat.valid & needed) != needed) throw InputError(file_, field, "its size and method", "neither");
    if (stat.encryption_method != ZIP_EM_NONE) {
      throw InputError(file_, field, "a member that is not encrypted", "an encrypted one");
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
      throw InputError(file_, field, "compression method 0 (stored) or 8 (deflated)",
                       std::to_string(stat.comp_method));
    }
    if (stat.size > left_) {
      throw InputError(file_, field,
                       "at most " + std::to_string(limit_) + " bytes inflated from an archive of this size",
                       std::to_string(stat.size) + " after " + std::to_string(limit_ - left_));
    }
    return stat.size;
  }

  InputError damaged(const std::string& field, zip_error_t* error) const {
    return {file_, field, "a whole member", in_quotes(zip_error_strerror(error))};
  }

  std::string_view file_;
  std::size_t limit_;
  std::size_t left_;
  Archive archive_;
};

}  // namespace

std::map<std::string, Array> parse_npz(std::span<const std::byte> bytes, std::string_view name) {
  return NpzReader(bytes, name).read();
}

std::map<std::string, Array> read_npz(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  return parse_npz(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace sca::evidence
