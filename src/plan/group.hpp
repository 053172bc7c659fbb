// What relates the programmes of a group: a small plan over the answers of its members. The conditions and the common
// ceiling are slots of a section over the facts of the group; who may be granted beside whom is worked out from them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::plan {

struct GroupMember {
  Index program = kNone;
  bool on_what_remains = false;  // granted at most what those before it leave of the total
};
struct ExclusionInfo {
  std::string name;          // may be empty
  Index one = 0, other = 0;  // in GroupSection::members
  SlotId when = kNone;       // kNone: always
  Template reason;
  std::vector<Index> citations;
};
// Beside one section: a version of the group, or the days of none.
struct GroupSection {
  std::vector<GroupMember> members;  // those of `order` first, then as `programs` lists them
  std::vector<ExclusionInfo> exclusions;
  SlotId total = kNone;           // money in whole fen; kNone: no common ceiling
  std::vector<Index> giving_way;  // all members, in the order in which they give way to the ceiling
  enum Winner : std::uint8_t { applicant, highest, listed } winner = applicant;
};
struct GroupInfo {
  std::vector<GroupSection> versions;  // by section of the ProgramInfo
  Section base;                        // on days of no version
  GroupSection base_group;
};

}  // namespace guiju::plan
