#include "experiments/runner/lease.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <memory>

#include <nlohmann/json.hpp>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::InputError;
using LeaseJson = nlohmann::ordered_json;
using std::filesystem::file_time_type;

constexpr const char* draft_prefix = ".new-";

/// A file of its own beside `file`, complete.
std::filesystem::path written_beside(const std::filesystem::path& file, const LeaseJson& content) {
  std::filesystem::path beside = file.parent_path() / (draft_prefix + unique_name());
  std::ofstream out(beside, std::ios::binary);
  out << content.dump() << "\n";
  out.close();
  if (!out) throw InputError(file.string(), "lease", "a folder that can be written", "none");
  return beside;
}

LeaseJson held_by(const ProcessName& process) {
  return {{"host", process.host}, {"process", process.id}, {"start", process.start}};
}

}  // namespace

Lease::Lease(std::filesystem::path file, std::filesystem::path successor, std::chrono::milliseconds patience)
    : file_(std::move(file)), successor_(std::move(successor)) {
  pulse_ = std::jthread([path = file_, patience](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, stop, patience / 10, [&] { return stop.stop_requested(); }))
      utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
  });
}

Lease::~Lease() = default;

bool Lease::is_lost() const {
  struct stat status {};
  return ::stat(successor_.c_str(), &status) == 0;
}

void Lease::release() {
  pulse_ = {};
  std::filesystem::rename(written_beside(file_, {{"released", true}}), file_);
}

void Lease::discard() {
  pulse_ = {};
  unlink(file_.c_str());
}

Leases::Leases(std::filesystem::path folder, std::chrono::milliseconds patience)
    : folder_(std::move(folder)), patience_(patience) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw InputError(folder_.string(), "leases", "a folder that can be made", error.message());
}

std::filesystem::path Leases::file(const std::string& id, unsigned number) const {
  return folder_ / (id + "." + std::to_string(number));
}

unsigned Leases::last(const std::string& id) const {
  unsigned number = 0;
  while (std::filesystem::exists(file(id, number + 1))) ++number;
  return number;
}

Leases::State Leases::judged(const std::filesystem::path& file, bool is_overdue) const {
  std::ifstream in(file, std::ios::binary);
  const LeaseJson content = LeaseJson::parse(in, nullptr, false);
  if (content.is_object() && content.contains("released")) return State::free;
  if (is_overdue) return State::dead;
  if (!content.is_object()) return State::held;
  const ProcessName holder{content.value("host", ""), content.value("process", pid_t{0}),
                           content.value("start", "")};
  return has_ended(holder) ? State::dead : State::held;
}

Leases::State Leases::state(const std::filesystem::path& path) {
  std::error_code error;
  const file_time_type touched = std::filesystem::last_write_time(path, error);
  if (error) return State::held;  // just now recorded, and gone: the next question tells
  const auto now = std::chrono::steady_clock::now();
  const auto [seen, is_new] = seen_.try_emplace(path, Seen{touched, now});
  if (!is_new && seen->second.touched != touched) seen->second = {touched, now};
  return judged(path, now - seen->second.since > patience_);
}

Leases::State Leases::state_now(const std::string& id) const {
  const unsigned number = last(id);
  if (number == 0) return State::free;
  std::error_code error;
  const file_time_type touched = std::filesystem::last_write_time(file(id, number), error);
  return judged(file(id, number), !error && file_time_type::clock::now() - touched > patience_);
}

std::unique_ptr<Lease> Leases::acquire(const std::string& id) {
  const unsigned number = last(id);
  if (number > 0 && state(file(id, number)) == State::held) return nullptr;
  const std::filesystem::path mine = file(id, number + 1);
  const std::filesystem::path beside = written_beside(mine, held_by(this_process()));
  const int result = link(beside.c_str(), mine.c_str());
  const int error = errno;
  // A reply of a network file system may get lost: the number of names tells.
  struct stat status {};
  const bool is_mine = result == 0 || (::stat(beside.c_str(), &status) == 0 && status.st_nlink == 2);
  unlink(beside.c_str());
  if (is_mine) return std::make_unique<Lease>(mine, file(id, number + 2), patience_);
  if (error == EEXIST || error == ENOENT) return nullptr;  // taken; or swept away, as by a clock far ahead
  throw InputError(folder_.string(), "leases", "a file system with hard links",
                   std::generic_category().message(error));
}

void Leases::sweep() const {
  const auto now = file_time_type::clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::error_code error;
    const bool is_draft = entry.path().filename().string().starts_with(draft_prefix);
    if (is_draft && now - entry.last_write_time(error) > patience_ && !error) unlink(entry.path().c_str());
  }
}

void Leases::forget(const std::string& id) const {
  for (unsigned number = last(id); number > 0; --number) unlink(file(id, number).c_str());
}

}  // namespace sca::experiments::ablation
