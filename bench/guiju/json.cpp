// Guiju from JSON text: to the brief answer, which says what the others say; to the full one with its reasons in
// Chinese; and to figures alone.
#include <string>

#include "face.hpp"
#include "guiju/rules.hpp"

namespace {

using namespace bench;

struct Json {
  Json(Programme p, gj_language language) : bits(p) {
    for (std::size_t i = 0; i < kAgreement; ++i) texts.push_back(json_of(p, rows_of(p)[i]));
    must(gj_facts_new(program_of(p), &facts, nullptr), "facts");
    must(gj_decision_new(&decision, nullptr), "decision");
    must(gj_decision_set_language(decision, language), "language");
  }
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;
  ~Json() {
    gj_facts_delete(facts);
    gj_decision_delete(decision);
  }

  void decide(std::size_t row) {
    gj_facts_reset(facts);
    gj_facts_read_json(facts, texts[row].data(), texts[row].size(), nullptr);
    gj_decide(facts, decision, nullptr);
  }
  Answer answer(std::size_t row) {
    decide(row);
    return answer_of(decision, bits);
  }

  std::vector<std::string> texts;
  gj_facts* facts = nullptr;
  gj_decision* decision = nullptr;
  FailureBits bits;
};

struct JsonToJson : Json {
  explicit JsonToJson(Programme p) : Json(p, GJ_SILENT) {}
  void measure(std::size_t row) {
    decide(row);
    benchmark::DoNotOptimize(gj_decision_brief_json(decision));
  }
};

struct JsonToWords : Json {
  explicit JsonToWords(Programme p) : Json(p, GJ_ZH) {}
  void measure(std::size_t row) {
    decide(row);
    benchmark::DoNotOptimize(gj_decision_json(decision));
  }
};

struct JsonToFigures : Json {
  explicit JsonToFigures(Programme p) : Json(p, GJ_SILENT) {}
};

[[maybe_unused]] const bool added = add_face<JsonToJson>("json", "guiju") &&
                                    add_face<JsonToWords>("json", "guiju_in_words") &&
                                    add_face<JsonToFigures>("json", "guiju_figures_only");

}  // namespace
