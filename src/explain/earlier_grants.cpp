// See earlier_grants.hpp.
#include "explain/earlier_grants.hpp"

#include "explain/comparisons.hpp"

namespace guiju::explain {

namespace {

std::string joined(const std::vector<Compared>& all, bool english) {
  std::string out;
  for (const Compared& c : all) out += (out.empty() ? "" : english ? ", " : ",") + c.text.str();
  return out;
}

}  // namespace

std::string list_label(const run::Facts& facts, const plan::Section& section, plan::SlotId fold, bool english) {
  const plan::Op& list = section.ops[section.producer[section.ops[section.producer[fold]].a]];
  const plan::FieldInfo& field = facts.layout().fields[list.aux];
  const std::string& label = field.label.in(english);
  return label.empty() ? field.path : label;
}

std::string entry_label(const std::string& list, std::size_t index, bool english) {
  const std::string number = std::to_string(index + 1);
  return english ? list + ", entry " + number : list + "第" + number + "项";
}

std::vector<Compared> earlier_grants(const run::Facts& facts, const run::Decision& decision,
                                     const plan::RequirementInfo& exclusion, bool english, Words& words) {
  const plan::Plan& plan = facts.plan();
  const plan::Section& section = plan.programs[facts.program()].sections[decision.section];
  const plan::SlotId where = plan.folds[section.ops[section.producer[exclusion.earlier]].aux].where;
  const std::string list = list_label(facts, section, exclusion.earlier, english);
  std::vector<Compared> out;
  const auto add = [&](const std::string& what, const std::string& path, const std::string& value) {
    Compared& c = out.emplace_back();
    c.what = words.keep(what);
    c.path = words.keep(path);
    c.value = words.keep(value);
    c.relation = "excludes";
    c.bound = exclusion.beside.in(english);
    c.holds = false;
    c.place = words.keep(std::to_string(out.size()));
    const std::string known = value.empty() ? "" : english ? " (" + value + ")" : "(" + value + ")";
    c.text = english ? words.joined({what, known, " counts already, and only one of this and ", c.bound, " is granted"})
                     : words.joined({what, known, "已占用,与", c.bound, "只能享受一项"});
  };
  run::Decision of_entry = decision;
  run::for_each_counted_entry(facts, of_entry, exclusion.earlier, [&](std::size_t index, const std::string& path) {
    std::vector<Compared> of_this;
    const Comparisons comparisons(facts, section, of_entry, english, words);
    comparisons.flatten(comparisons.every(where), of_this);
    std::erase_if(of_this, [](const Compared& c) { return !c.holds; });
    add(entry_label(list, index, english), path, joined(of_this, english));
  });
  if (out.empty()) {
    const plan::Op& source = section.ops[section.producer[section.ops[section.producer[exclusion.earlier]].a]];
    add(english ? "an entry of " + list : list + "中有一项", facts.layout().fields[source.aux].path, "");
  }
  return out;
}

}  // namespace guiju::explain
