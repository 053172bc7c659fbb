// See test_facts.hpp.
#include "compiler/test_facts.hpp"

#include <string_view>

#include "values/unit.hpp"

namespace guiju::compiler {

using model::ExprKind;
using model::TestFact;

namespace {

void set_constant(run::Facts& facts, const run::FieldRef& field, const model::Expr& value) {
  switch (value.kind) {
    case ExprKind::boolean:
      facts.set_truth(field, value.truth);
      break;
    case ExprKind::number:
      if (field.layout->fields[field.field].any_unit) {
        facts.set_measured(field, value.value, measure_of(value.type.unit));
      } else {
        facts.set_number(field, value.value);
      }
      break;
    case ExprKind::date:
      facts.set_day(field, value.day);
      break;
    case ExprKind::duration:
      facts.set_duration(field, value.months != 0 ? value.months : value.days);
      break;
    case ExprKind::text:
      facts.set_text(field, value.text);
      break;
    case ExprKind::region:
      facts.set_region(field, value.region);
      break;
    case ExprKind::member: {
      const bool document = field.layout->fields[field.field].cls == plan::SlotClass::document;
      if (document) {
        facts.set_document(field, static_cast<run::DocumentState>(value.member));
      } else {
        facts.set_member(field, value.member);
      }
      break;
    }
    case ExprKind::absent:
      facts.set_state(field, run::FactState::absent);
      break;
    default:
      facts.set_bad(field, "");
      break;
  }
}

// Finds fields below a place: at the top by whole paths, in entries of lists by paths of the entry.
struct Place {
  run::Facts& facts;
  const run::FieldRef* list = nullptr;
  std::size_t entry = 0;

  [[nodiscard]] run::FieldRef find(const std::string& path) const {
    return list == nullptr ? facts.find(path) : facts.entry_field(*list, entry, std::string_view(path));
  }
};

void set_fact(const Place& place, const std::string& path, const TestFact& fact) {
  const run::FieldRef field = place.find(path);
  const bool known_field = field.field != plan::kNone;
  switch (fact.kind) {
    case TestFact::record:
      if (known_field) place.facts.set_truth(field, true);
      for (const auto& [f, value] : fact.fields)
        set_fact(place, (path.empty() ? "" : path + ".") + f->name.primary, value);
      return;
    case TestFact::list: {
      place.facts.begin_list(field, fact.complete);
      for (const TestFact& entry : fact.entries) {
        const Place inner{place.facts, &field, place.facts.add_entry(field)};
        set_fact(inner, "", entry);
      }
      return;
    }
    case TestFact::value:
      if (known_field) set_constant(place.facts, field, *fact.constant);
      return;
    case TestFact::unknown:
      if (known_field) place.facts.set_state(field, run::FactState::unknown);
      return;
    case TestFact::absent:
      if (known_field) place.facts.set_state(field, run::FactState::absent);
      return;
    case TestFact::unknowable:
      if (known_field) place.facts.set_state(field, run::FactState::unknowable);
      return;
  }
}

}  // namespace

void set_given(run::Facts& facts, const std::string& name, const TestFact& fact) {
  set_fact({facts}, name, fact);
}

void set_base(run::Facts& facts, const model::Test& test) {
  facts.reset();
  for (const auto& [given, fact] : test.givens) set_given(facts, given->name.primary, fact);
}

void change(run::Facts& facts, const model::TestChange& c) {
  std::string path = c.given->name.primary;
  for (const model::Field* f : c.fields) path += "." + f->name.primary;
  set_fact({facts}, path, c.fact);
}

}  // namespace guiju::compiler
