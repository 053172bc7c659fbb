// Paths of layouts to a tree of names.
#include "json/fact_names.hpp"

namespace guiju::json {
namespace {

std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> steps;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    steps.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return steps;
}

}  // namespace

FactNames::FactNames(const plan::Layout& layout) {
  nodes_.emplace_back();
  for (plan::Index i = 0; i < layout.fields.size(); ++i) {
    // The host's day is no fact that anybody writes.
    if (layout.fields[i].host_day == plan::FieldInfo::no_day) insert(layout.fields[i], i);
  }
}

std::uint32_t FactNames::child(std::uint32_t parent, std::string_view name) {
  if (const auto found = nodes_[parent].names.find(name); found != nodes_[parent].names.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back().name = name;
  nodes_[parent].children.push_back(index);
  nodes_[parent].names.emplace(name, index);
  return index;
}

void FactNames::insert(const plan::FieldInfo& field, plan::Index index) {
  std::vector<std::uint32_t> walked = {kRoot};
  for (const auto step : steps_of(field.path)) walked.push_back(child(walked.back(), step));
  nodes_[walked.back()].field = index;
  for (const auto& alias : field.aliases) {
    const auto steps = steps_of(alias);
    if (steps.size() + 1 != walked.size()) continue;
    for (std::size_t i = 0; i < steps.size(); ++i) nodes_[walked[i]].names.emplace(steps[i], walked[i + 1]);
  }
}

ProgramNames::ProgramNames(const plan::Plan& plan, plan::Index program) : facts_(plan.programs[program].layout) {
  add_lists(plan, plan.programs[program].layout);
}

void ProgramNames::add_lists(const plan::Plan& plan, const plan::Layout& layout) {
  for (const auto& field : layout.fields) {
    if (field.cls != plan::SlotClass::list || entries_.contains(field.element)) continue;
    entries_.emplace(field.element, FactNames(plan.layouts[field.element]));
    add_lists(plan, plan.layouts[field.element]);
  }
}

}  // namespace guiju::json
