// A walk over the tree of names, beside the reader's (read_facts.cpp): each form here is one that it knows.
#include "json/write_facts.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace guiju::json {
namespace {

using plan::SlotClass;
using run::FactState;

Value state(const char* name) {
  return std::move(Value::object().set("state", Value(name)));
}

class FactsWriter {
 public:
  FactsWriter(const run::Facts& facts, const ProgramNames& names, const Replacements& replaced)
      : facts_(facts), names_(names), replaced_(replaced) {}

  Value write() const {
    const Place root{facts_.row(), facts_.layout(), names_.facts(), ""};
    return record(root, FactNames::kRoot, "").value_or(Value::object());
  }

 private:
  // A case, or one entry of a list.
  struct Place {
    const run::FactRow& row;
    const plan::Layout& layout;
    const FactNames& names;
    std::string prefix;  // "claims[2]"
  };

  static std::string join(const std::string& path, const std::string& name) {
    return path.empty() || name.empty() ? path + name : path + "." + name;
  }

  // No value: nothing is known of it.
  std::optional<Value> node(const Place& place, std::uint32_t at, const std::string& path) const {
    const FactNames::Node& node = place.names.node(at);
    return node.children.empty() ? field(place, node.field, path) : record(place, at, path);
  }

  std::optional<Value> record(const Place& place, std::uint32_t at, const std::string& path) const {
    const FactNames::Node& node = place.names.node(at);
    Value object = Value::object();
    for (const std::uint32_t child : node.children) {
      const std::string& name = place.names.node(child).name;
      if (auto value = this->node(place, child, join(path, name))) object.set(name, std::move(*value));
    }
    if (node.field == plan::kNone) {
      if (object.members.empty() && at != FactNames::kRoot) return std::nullopt;
      return object;
    }
    // An optional record: whether it exists is a fact of its own.
    switch (place.row.values[node.field].state) {
      case FactState::known:
        return object;
      case FactState::absent:
        return Value();
      case FactState::unknown:
        if (object.members.empty()) return std::nullopt;
        return std::move(object.set(kPresence, state("unknown")));
      case FactState::unknowable:
      case FactState::bad:
        break;
    }
    return std::move(object.set(kPresence, field(place, node.field, path).value_or(Value())));
  }

  std::optional<Value> field(const Place& place, plan::Index index, const std::string& path) const {
    const plan::FieldInfo& info = place.layout.fields[index];
    const run::FactValue& value = place.row.values[index];
    switch (value.state) {
      case FactState::unknown:
        return std::nullopt;
      case FactState::unknowable:
        return state("unknowable");
      case FactState::absent:
        return Value();
      case FactState::bad:
        return std::move(state("bad").set("got", Value(written(came_as(path)))));
      case FactState::known:
        break;
    }
    if (info.cls == SlotClass::list) return list(info, *value.list, path);
    return scalar(info, value);
  }

  Value list(const plan::FieldInfo& info, const run::FactList& list, const std::string& path) const {
    const FactNames& names = names_.entries(info.element);
    const FactNames::Node& root = names.node(FactNames::kRoot);
    // A list of scalars: its entries are one field without a name.
    const bool scalars = root.children.size() == 1 && names.node(root.children[0]).name.empty();
    Value entries = Value::array();
    for (std::size_t i = 0; i < list.entries.size(); ++i) {
      const Place place{list.entries[i], facts_.plan().layouts[info.element], names, ""};
      const std::string entry = path + "[" + std::to_string(i) + "]";
      auto value = node(place, scalars ? root.children[0] : FactNames::kRoot, entry);
      entries.items.push_back(value ? std::move(*value) : Value("?"));
    }
    return std::move(Value::object().set("complete", Value(list.complete)).set("entries", std::move(entries)));
  }

  Value scalar(const plan::FieldInfo& info, const run::FactValue& value) const {
    switch (info.cls) {
      case SlotClass::truth:
        return Value(value.c != 0);
      case SlotClass::number:
        return Value(number(info, value.c));
      case SlotClass::member:
        return Value(facts_.plan().enums[info.enumeration].members[static_cast<std::size_t>(value.c)].name);
      case SlotClass::day:
        return Value(to_iso(static_cast<Day>(value.c)));
      case SlotClass::months:
        return Value(std::to_string(static_cast<std::int64_t>(value.c)) + " months");
      case SlotClass::days:
        return Value(std::to_string(static_cast<std::int64_t>(value.c)) + " days");
      case SlotClass::region:
        return Value(to_region_text(static_cast<Region>(value.c)));
      case SlotClass::document:
        return Value(std::array{"owed", "held", "refused"}[static_cast<std::size_t>(value.c)]);
      case SlotClass::text:
      case SlotClass::list:
      case SlotClass::row:
        break;
    }
    const std::string& text = written(value.text);
    if (text == "?") return std::move(Value::object().set("value", Value(text)));  // alone it would mean unknown
    return Value(text);
  }

  // In the unit of the field, which stands behind it: a rule file that declares another one later reads it rightly.
  static std::string number(const plan::FieldInfo& info, i128 c) {
    const auto canonical = mul(Rational::whole(c), info.q);
    const auto in_unit = canonical ? div(*canonical, info.unit_factor) : std::nullopt;
    std::string text = to_string(in_unit.value_or(Rational::whole(c)), is_money(info) ? 2 : 0);
    if (!info.unit.empty()) text += (info.unit == "%" ? "" : " ") + info.unit;
    return text;
  }
  static bool is_money(const plan::FieldInfo& info) { return info.unit == "yuan" || info.unit == "元"; }

  const std::string& written(const std::string& text) const {
    const auto found = replaced_.find(text);
    return found == replaced_.end() ? text : found->second;
  }

  std::string came_as(const std::string& path) const {
    const auto& bad = facts_.bad();
    const auto found = std::find_if(bad.begin(), bad.end(), [&](const run::BadFact& b) { return b.path == path; });
    return found == bad.end() ? std::string() : found->got;
  }

  const run::Facts& facts_;
  const ProgramNames& names_;
  const Replacements& replaced_;
};

}  // namespace

Value write_facts(const run::Facts& facts, const ProgramNames& names, const Replacements& replaced) {
  return FactsWriter(facts, names, replaced).write();
}

}  // namespace guiju::json
