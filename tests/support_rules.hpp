// Rule text to decisions in one line, for tests.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "diagnostics/render.hpp"
#include "explain/explanation.hpp"
#include "run/decide.hpp"

namespace guiju::testing {

inline compiler::Compiled compile_text(const std::string& text) {
  compiler::FileReader reader;
  reader.read = [text](const std::string& path) -> std::optional<std::string> {
    if (path == "rules.gj") return text;
    return std::nullopt;
  };
  compiler::Compiled compiled = compiler::compile({"rules.gj"}, reader);
  if (!compiled.plan) {
    for (const Diagnostic& d : compiled.diagnostics.all()) MESSAGE(render(d, compiled.sources, Language::en));
  }
  return compiled;
}

// One programme or standard of one text, and the facts of one case.
class Case {
 public:
  Case(const std::string& text, const std::string& program) : compiled_(compile_text(text)) {
    REQUIRE(compiled_.plan != nullptr);
    const plan::Index index = compiled_.plan->find_program(program);
    REQUIRE(index != plan::kNone);
    facts_ = std::make_unique<run::Facts>(compiled_.plan, index);
  }

  run::FieldRef field(const std::string& path) {
    const run::FieldRef f = facts_->find(path);
    REQUIRE(f.field != plan::kNone);
    return f;
  }
  Case& number(const std::string& path, std::int64_t n, std::int64_t d = 1) {
    facts_->set_number(field(path), Rational::make(n, d).value());
    return *this;
  }
  Case& truth(const std::string& path, bool value) {
    facts_->set_truth(field(path), value);
    return *this;
  }
  Case& member(const std::string& path, const std::string& name) {
    facts_->set_member(field(path), std::string_view(name));
    return *this;
  }
  Case& text(const std::string& path, const std::string& value) {
    facts_->set_text(field(path), value);
    return *this;
  }
  Case& day(const std::string& path, const std::string& iso) {
    facts_->set_day(field(path), parse_iso_date(iso).value());
    return *this;
  }
  Case& absent(const std::string& path) {
    facts_->set_state(field(path), run::FactState::absent);
    return *this;
  }
  Case& list(const std::string& path, bool complete) {
    facts_->begin_list(field(path), complete);
    return *this;
  }
  run::FieldRef entry(const std::string& path, const std::string& inner, bool fresh = false) {
    const run::FieldRef f = field(path);
    if (fresh) facts_->add_entry(f);
    const std::size_t last = f.row->values[f.field].list->entries.size() - 1;
    return facts_->entry_field(f, last, std::string_view(inner));
  }
  run::Facts& facts() { return *facts_; }

  const explain::Explanation& decide(run::Options options = {}) {
    run::decide(*facts_, options, decision_);
    explained_ = explain::explain(*facts_, decision_, true);
    return explained_;
  }
  explain::Explanation decide_in_chinese() {
    run::decide(*facts_, {}, decision_);
    return explain::explain(*facts_, decision_, false);
  }
  explain::GradeExplanation grade(run::Options options = {}, bool english = true) {
    run::decide(*facts_, options, decision_);
    return explain::explain_grade(*facts_, decision_, english);
  }
  [[nodiscard]] std::vector<std::string> failed() const {
    std::vector<std::string> out;
    for (const auto& f : explained_.failed) out.push_back(f.name);
    return out;
  }
  [[nodiscard]] std::vector<std::string> needs() const {
    std::vector<std::string> out;
    for (const auto& n : explained_.needs) out.push_back(n.path);
    return out;
  }

 private:
  compiler::Compiled compiled_;
  std::unique_ptr<run::Facts> facts_;
  run::Decision decision_;
  explain::Explanation explained_;
};

using Names = std::vector<std::string>;

}  // namespace guiju::testing
