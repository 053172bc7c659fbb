// The names of facts as a tree: layouts hold flat paths ("purchase.tier"), hosts write nested objects. Every name of a
// step leads to the same node, whether it is the first name or an alias.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::json {

// The member of an optional record that says in which state its existence is, where the record alone does not tell:
// {"?": {"state": "unknowable"}}.
inline constexpr std::string_view kPresence = "?";

class FactNames {
 public:
  struct Node {
    std::string name;                                         // the first name of the step; empty for the root
    plan::Index field = plan::kNone;                          // set: a fact; not set: a record
    std::vector<std::uint32_t> children;                      // in the order of the layout
    std::map<std::string, std::uint32_t, std::less<>> names;  // of the children, aliases too
  };
  static constexpr std::uint32_t kRoot = 0;

  explicit FactNames(const plan::Layout& layout);

  [[nodiscard]] const Node& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  void insert(const plan::FieldInfo& field, plan::Index index);
  std::uint32_t child(std::uint32_t parent, std::string_view name);

  std::vector<Node> nodes_;
};

// The trees of a programme and of the lists in its facts, built once and shared by threads.
class ProgramNames {
 public:
  ProgramNames(const plan::Plan& plan, plan::Index program);

  [[nodiscard]] const FactNames& facts() const { return facts_; }
  [[nodiscard]] const FactNames& entries(plan::Index layout) const { return entries_.at(layout); }

 private:
  void add_lists(const plan::Plan& plan, const plan::Layout& layout);

  FactNames facts_;
  std::map<plan::Index, FactNames> entries_;  // by layout
};

}  // namespace guiju::json
