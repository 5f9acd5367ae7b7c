#pragma once

#include "evidence/kernels/check.hpp"

namespace sca::evidence::kernels {

/// A kernel that is wrong on purpose, and how.
struct Mutant {
  std::string name;  // mutant/KERNEL/MISTAKE
  std::string mistake;
  Kernel kernel;
  bool is_race = false;  // between threads: it takes two CPUs to see it
};

/// What became of a mutant: the first failure, or none.
struct Kill {
  Mutant mutant;
  std::optional<Failure> by;
};

/// Puts the cases to the mutants, all of them to a case while its expectations are at hand, until each has
/// failed once or the cases are used up. What kills which does not depend on `jobs`.
std::vector<Kill> check_mutants(const std::vector<Mutant>& mutants, const std::vector<Case>& cases,
                                unsigned jobs, const Progress& progress);

/// A row a mutant: its mistake, the property and the case that killed it.
void print(std::ostream& out, const std::vector<Kill>& kills, bool colour);
nlohmann::ordered_json to_json(const Kill& kill);

}  // namespace sca::evidence::kernels
