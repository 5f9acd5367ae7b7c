#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sca::experiments::ablation {

/// A question of a plan: side a against side b, seed by seed.
struct Contrast {
  std::string name;  // "1:1 against 2:1"
  bool is_primary = false;
  /// Fields of the model (model_spec.hpp) in which the sides differ, and those that they share; the rest is
  /// the plan's base. Flat objects.
  nlohmann::ordered_json a, b, at;
  std::vector<std::string> tasks;  // as make_task reads them
};

/// What was expected before any run. How it is decided: prediction.hpp.
struct Prediction {
  std::string id;  // "P1" ... "P6"
  std::string statement;
};

/// What a plan wants to know: all that a report needs of a plan besides the records.
struct Questions {
  std::string plan, profile, question;
  nlohmann::ordered_json base =
      nlohmann::ordered_json::object();  // the model's fields where nothing else is said
  std::vector<std::string> tasks;        // in the order in which a report shows them
  std::vector<Contrast> contrasts;
  std::vector<Prediction> predictions;
};

/// One line of a file of records, {"kind": "plan", ...}, so that a report needs nothing but the file.
nlohmann::ordered_json to_json(const Questions& questions);

/// errors   InputError: `where`, field, expectation
Questions questions(const nlohmann::ordered_json& record, const std::string& where);

}  // namespace sca::experiments::ablation
