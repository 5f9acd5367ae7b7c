#include "experiments/analysis/contrast.hpp"

#include "evidence/input/error.hpp"
#include "experiments/record_line.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

const Json& part(const RecordLine& line, const char* field, Json::value_t type, const char* expected) {
  const auto found = line.json.find(field);
  if (found == line.json.end() || found->type() != type)
    throw evidence::InputError(line.where, field, expected,
                               found == line.json.end() ? "none" : found->dump());
  return *found;
}

const Json& fields(const RecordLine& line, const char* field) {
  return part(line, field, Json::value_t::object, "an object of fields");
}

const Json& list(const RecordLine& line, const char* field) {
  return part(line, field, Json::value_t::array, "a list");
}

std::vector<std::string> words(const RecordLine& line, const char* field) {
  std::vector<std::string> result;
  for (const Json& one : list(line, field)) {
    if (!one.is_string()) throw evidence::InputError(line.where, field, "words", one.dump());
    result.push_back(one);
  }
  return result;
}

}  // namespace

Json to_json(const Questions& questions) {
  Json contrasts = Json::array();
  for (const Contrast& c : questions.contrasts)
    contrasts.push_back({{"name", c.name},
                         {"primary", c.is_primary},
                         {"a", c.a.is_object() ? c.a : Json::object()},
                         {"b", c.b.is_object() ? c.b : Json::object()},
                         {"at", c.at.is_object() ? c.at : Json::object()},
                         {"tasks", c.tasks}});
  Json predictions = Json::array();
  for (const Prediction& p : questions.predictions)
    predictions.push_back({{"id", p.id}, {"statement", p.statement}});
  return {{"kind", "plan"},
          {"plan", questions.plan},
          {"profile", questions.profile},
          {"question", questions.question},
          {"base", questions.base},
          {"tasks", questions.tasks},
          {"contrasts", contrasts},
          {"predictions", predictions}};
}

Questions questions(const Json& record, const std::string& where) {
  const RecordLine line{record, where};
  Questions result;
  result.plan = line.text("plan");
  result.profile = line.text("profile");
  result.question = line.text("question");
  result.base = fields(line, "base");
  result.tasks = words(line, "tasks");
  for (const Json& json : list(line, "contrasts")) {
    const RecordLine one{json, where + ": contrasts"};
    result.contrasts.push_back({one.text("name"),
                                part(one, "primary", Json::value_t::boolean, "true or false"),
                                fields(one, "a"), fields(one, "b"), fields(one, "at"), words(one, "tasks")});
  }
  for (const Json& json : list(line, "predictions")) {
    const RecordLine one{json, where + ": predictions"};
    result.predictions.push_back({one.text("id"), one.text("statement")});
  }
  return result;
}

}  // namespace sca::experiments::ablation
