// See facts.hpp.
#include "facts.hpp"

#include "slow_calendar.hpp"

namespace guiju::reference {

Value Value::of_truth(bool b) {
  Value v;
  v.kind = truth;
  v.yes = b;
  return v;
}
Value Value::of_number(Number n) {
  Value v;
  v.kind = number;
  v.amount = std::move(n);
  return v;
}
Value Value::of(Kind kind, std::int64_t whole) {
  Value v;
  v.kind = kind;
  v.whole = whole;
  return v;
}
Value Value::of_text(std::string words) {
  Value v;
  v.kind = text;
  v.words = std::move(words);
  return v;
}
Value Value::fault(std::string what) {
  Value v;
  v.kind = error;
  v.words = std::move(what);
  return v;
}

bool same(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Value::truth:
      return a.yes == b.yes;
    case Value::number:
      return a.amount == b.amount;
    case Value::text:
      return a.words == b.words;
    case Value::unclassified:
      return a.state == b.state;
    default:
      return a.whole == b.whole;
  }
}

std::string show(const Value& v, const model::Type& type) {
  switch (v.kind) {
    case Value::unreached:
      return "unreached";
    case Value::refused:
      return "refused by " + v.words;
    case Value::error:
      return "error: " + v.words;
    case Value::absent:
      return "absent";
    case Value::no_limit:
      return "no limit";
    case Value::truth:
      return v.yes ? "yes" : "no";
    case Value::number:
      return show(v.amount);
    case Value::date: {
      if (!known_day(v.whole)) return "day " + std::to_string(v.whole);
      const SlowDate d = date_of(v.whole);
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      return std::to_string(d.year) + "-" + two(d.month) + "-" + two(d.day);
    }
    case Value::months:
      return std::to_string(v.whole) + " months";
    case Value::days:
      return std::to_string(v.whole) + " days";
    case Value::text:
      return "\"" + v.words + "\"";
    case Value::region:
      return std::to_string(v.whole);
    case Value::member:
      return type.enumeration != nullptr ? type.enumeration->members.at(static_cast<std::size_t>(v.whole)).name.primary
                                         : "member " + std::to_string(v.whole);
    case Value::document:
      return std::to_string(v.whole);
    case Value::unclassified:
      return "unclassified " + std::to_string(static_cast<int>(v.state));
  }
  return "?";
}

static void collect(const model::Type& type, FieldPath& path, const model::Field* field, std::vector<Leaf>& out) {
  if (type.kind != model::TypeKind::record) {
    out.push_back({path, &type, field});
    return;
  }
  for (const model::Field& f : type.record->fields) {
    path.push_back(&f);
    collect(f.type, path, &f, out);
    path.pop_back();
  }
}

std::vector<Leaf> leaves_of(const model::Type& type) {
  std::vector<Leaf> out;
  FieldPath path;
  collect(type, path, nullptr, out);
  return out;
}

std::string path_text(const FieldPath& path) {
  std::string out;
  for (const model::Field* f : path) out += (out.empty() ? "" : ".") + f->name.primary;
  return out;
}

std::string path_text(const model::Given& given, const FieldPath& path) {
  return path.empty() ? given.name.primary : given.name.primary + "." + path_text(path);
}

static std::string show(const Fact& fact, const Leaf& leaf) {
  switch (fact.state) {
    case Fact::unknown:
      return "unknown";
    case Fact::unknowable:
      return "unknowable";
    case Fact::absent:
      return "absent";
    case Fact::known:
      break;
  }
  if (leaf.type->kind != model::TypeKind::list) return show(fact.value, *leaf.type);
  std::string out = fact.complete ? "complete [" : "incomplete [";
  for (const Row& entry : fact.entries) {
    out += " {";
    for (const Leaf& inner : leaves_of(*leaf.type->element)) {
      const auto at = entry.find(inner.path);
      out += " " + path_text(inner.path) + ": " + (at == entry.end() ? "unknown" : show(at->second, inner));
    }
    out += " }";
  }
  return out + " ]";
}

std::string show(const Case& facts) {
  std::string out;
  if (facts.as_at) out += "  as at " + show(Value::of(Value::date, *facts.as_at), {}) + "\n";
  if (facts.known_on) out += "  known on day " + std::to_string(*facts.known_on) + "\n";
  for (const auto& [given, row] : facts.givens) {
    for (const Leaf& leaf : leaves_of(given->type)) {
      const auto at = row.find(leaf.path);
      out +=
          "  " + path_text(*given, leaf.path) + " = " + (at == row.end() ? "unknown" : show(at->second, leaf)) + "\n";
    }
  }
  for (const auto& [name, state] : facts.documents) out += "  documents." + name + " = " + std::to_string(state) + "\n";
  return out;
}

}  // namespace guiju::reference
