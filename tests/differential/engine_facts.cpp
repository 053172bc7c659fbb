// See engine_facts.hpp.
#include "engine_facts.hpp"

namespace guiju::reference {

static std::string fill(run::Facts& facts, const run::FieldRef& at, const Fact& fact, const Leaf& leaf) {
  if (at.field == plan::kNone) return "the engine has no such field";
  if (leaf.type->kind == model::TypeKind::list && fact.state == Fact::known) {
    facts.begin_list(at, fact.complete);
    for (const Row& entry : fact.entries) {
      const std::size_t index = facts.add_entry(at);
      for (const Leaf& inner : leaves_of(*leaf.type->element)) {
        const auto value = entry.find(inner.path);
        if (value == entry.end()) continue;
        const std::string path = path_text(inner.path);
        std::string fault = fill(facts, facts.entry_field(at, index, std::string_view(path)), value->second, inner);
        if (!fault.empty()) return path + ": " + fault;
      }
    }
    return "";
  }
  switch (fact.state) {
    case Fact::unknown:
      facts.set_state(at, run::FactState::unknown);
      return "";
    case Fact::unknowable:
      facts.set_state(at, run::FactState::unknowable);
      return "";
    case Fact::absent:
      facts.set_state(at, run::FactState::absent);
      return "";
    case Fact::known:
      break;
  }
  const Value& v = fact.value;
  bool taken = false;
  switch (v.kind) {
    case Value::truth:
      taken = facts.set_truth(at, v.yes);
      break;
    case Value::number: {
      const auto exact = rational(v.amount);
      const bool measured = leaf.field != nullptr && leaf.field->any_unit;
      taken = exact && (measured ? facts.set_measured(at, *exact, v.words) : facts.set_number(at, *exact));
      break;
    }
    case Value::date:
      taken = facts.set_day(at, static_cast<Day>(v.whole));
      break;
    case Value::months:
    case Value::days:
      taken = facts.set_duration(at, v.whole);
      break;
    case Value::text:
      taken = facts.set_text(at, v.words);
      break;
    case Value::region:
      taken = facts.set_region(at, v.whole);
      break;
    case Value::member:
      taken = facts.set_member(at, static_cast<plan::Index>(v.whole));
      break;
    case Value::document:
      taken = facts.set_document(at, v.whole == 0 ? run::owed : run::held);
      break;
    default:
      break;
  }
  return taken ? "" : "the engine does not take " + show(v, *leaf.type);
}

std::string fill(run::Facts& facts, const Case& source) {
  facts.reset();
  for (const auto& [given, row] : source.givens) {
    for (const Leaf& leaf : leaves_of(given->type)) {
      const auto fact = row.find(leaf.path);
      if (fact == row.end()) continue;
      const std::string path = path_text(*given, leaf.path);
      const std::string fault = fill(facts, facts.find(path), fact->second, leaf);
      if (!fault.empty()) return path + ": " + fault;
    }
  }
  for (const auto& [name, state] : source.documents) {
    const run::FieldRef at = facts.find("documents." + name);
    if (at.field != plan::kNone) facts.set_document(at, static_cast<run::DocumentState>(state));
  }
  return "";
}

}  // namespace guiju::reference
