#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "experiments/runner/process.hpp"

namespace sca::experiments::ablation {

/// The right to compute a run, while this object lives. Its file is touched every tenth of `patience` by a
/// thread of its own, whatever the run is at.
class Lease {
 public:
  Lease(std::filesystem::path file, std::filesystem::path successor, std::chrono::milliseconds patience);
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  /// Whether another process has taken over, because this one seemed dead.
  bool is_lost() const;
  /// Lets others take it at once.
  void release();
  /// Of a run that turned out to be recorded.
  void discard();

 private:
  std::filesystem::path file_, successor_;
  std::jthread pulse_;
};

/// The leases of a folder. A run's leases are numbered: ID.1, ID.2, ...; the last one counts. Who takes over
/// a dead one creates its successor, which succeeds for exactly one (link() of a complete file fails where
/// the name is taken, also on network file systems). Files go when the run is recorded.
///
/// A lease is dead if its process is of this machine and has ended, or if its file was not touched for as
/// long as `patience` by this process's own clock: clocks of machines differ.
class Leases {
 public:
  enum class State { free, held, dead };

  Leases(std::filesystem::path folder, std::chrono::milliseconds patience);

  /// Nothing while another process has it.
  /// errors   InputError where the folder cannot be written, or has no hard links
  std::unique_ptr<Lease> acquire(const std::string& id);
  /// Without waiting: by the file's own time.
  State state_now(const std::string& id) const;
  /// For a run that is recorded.
  void forget(const std::string& id) const;
  /// Removes what processes that were killed in acquire() left.
  void sweep() const;

 private:
  struct Seen {
    std::filesystem::file_time_type touched;
    std::chrono::steady_clock::time_point since;
  };
  std::filesystem::path file(const std::string& id, unsigned number) const;
  unsigned last(const std::string& id) const;
  State state(const std::filesystem::path& file);
  State judged(const std::filesystem::path& file, bool is_overdue) const;

  std::filesystem::path folder_;
  std::chrono::milliseconds patience_;
  std::map<std::filesystem::path, Seen> seen_;
};

}  // namespace sca::experiments::ablation
