#pragma once

#include <string>
#include <vector>

#include "experiments/tasks/part.hpp"

namespace sca::experiments::ablation {

/// What bootstraps resample: a chapter.
struct Document {
  std::string name;  // "Ge 1", "EMMA 12"
  std::string work;  // what is held out as a whole: the book or novel that it belongs to
  std::string text;
  Part part = Part::training;
};

/// A text, split by its books or novels into parts to learn from (90 %), to choose rates by (5 %) and to
/// report on (5 %).
struct Text {
  std::vector<Document> documents;
  std::string digest;  // SHA-256 of all documents' text, one after the other

  /// All documents of a part, one after the other.
  std::string joined(Part part) const;
};

/// The King James Version, as the command `bible` prints it ("Ge1:1 In the beginning ..."); its chapters,
/// held out by whole books (`hold_out`). errors   InputError that names the packages
const Text& kjv();

/// The Psalms of the same, built into the program. Every psalm is a work of its own.
const Text& kjv_excerpt();

/// Jane Austen's six novels. Six novels cannot be split 90/5/5: the shortest, Northanger Abbey (11 %), is
/// held out as a whole; rates are chosen on its odd chapters, results reported on its even ones. errors
/// InputError that names the package
const Text& austen();

Text text_of(std::vector<Document> documents);

/// Whole works in an order given by a hash of their names: each goes to the report's part if that stays
/// within 5 % of the text, else to the selection's part on the same condition, else it is learned from.
void hold_out(std::vector<Document>& documents);

}  // namespace sca::experiments::ablation
