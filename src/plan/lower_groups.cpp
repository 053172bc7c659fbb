// Groups: conditions of exclusions and the common ceiling become slots, members and orders become numbers.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "plan/group.hpp"
#include "plan/lowering.hpp"

namespace guiju::plan {

namespace {

class GroupLowering {
 public:
  GroupLowering(PlanBuilder& builder, const ProgramInfo& program, Section& section, const model::GroupVersion& version)
      : builder_(builder), version_(version), make_(builder, program.layout, section, program.name) {}

  GroupSection lower() {
    describe_version(make_, version_.head);
    list_members();
    list_giving_way();
    for (const model::Exclusion& e : version_.exclusions) {
      ExclusionInfo info;
      info.name = e.name.primary;
      info.one = place_of(e.one);
      info.other = place_of(e.other);
      if (e.when != nullptr) info.when = make_.lower(*e.when, env_);
      info.citations = cite(make_, e.citations, info.name);
      out_.exclusions.push_back(std::move(info));
    }
    lower_total();
    out_.winner = static_cast<GroupSection::Winner>(version_.winner);
    make_.add_obligations();
    make_.begin_reasons();
    for (std::size_t i = 0; i < out_.exclusions.size(); ++i)
      out_.exclusions[i].reason = make_.text(version_.exclusions[i].reason, env_);
    make_.finish();
    return std::move(out_);
  }

 private:
  void list_members() {
    for (const model::OrderItem& item : version_.order) add_member(*item.program, item.on_what_remains);
    for (const model::Program* p : version_.programs) {
      if (place_of(p) == kNone) add_member(*p, false);
    }
  }
  void add_member(const model::Program& program, bool on_what_remains) {
    out_.members.push_back({builder_.plan.find_program(program.name.primary), on_what_remains});
    programs_.push_back(&program);
  }
  [[nodiscard]] Index place_of(const model::Program* program) const {
    const auto found = std::find(programs_.begin(), programs_.end(), program);
    return found == programs_.end() ? kNone : static_cast<Index>(found - programs_.begin());
  }

  // Those named, in their order; then the others from the last.
  void list_giving_way() {
    for (const model::Program* p : version_.trim) out_.giving_way.push_back(place_of(p));
    for (std::size_t i = programs_.size(); i-- > 0;) {
      const auto place = static_cast<Index>(i);
      if (std::find(out_.giving_way.begin(), out_.giving_way.end(), place) == out_.giving_way.end())
        out_.giving_way.push_back(place);
    }
  }

  void lower_total() {
    if (version_.total == nullptr) return;
    out_.total = make_.lower(*version_.total, env_);
    const SlotInfo& slot = make_.info(out_.total);
    const auto fen = mul(slot.q, Rational(100));
    const bool whole = slot.q.is_zero() || (fen && fen->is_integer());
    if (slot.fraction || !whole) builder_.diagnostics.add(Code::fraction_of_fen, version_.total->span);
  }

  PlanBuilder& builder_;
  const model::GroupVersion& version_;
  SectionBuilder make_;
  Environment env_;
  std::vector<const model::Program*> programs_;
  GroupSection out_;
};

}  // namespace

void lower_group(PlanBuilder& builder, const model::Group& group) {
  ProgramInfo out = head_of(builder, ProgramInfo::group, group.name, group.label, group.span, group.givens);
  lower_dates(builder, out, group.in_force_by);

  auto info = std::make_shared<GroupInfo>();
  out.sections.resize(group.versions.size());
  for (std::size_t i = 0; i < group.versions.size(); ++i) {
    const model::GroupVersion& version = group.versions[i];
    info->versions.push_back(GroupLowering(builder, out, out.sections[i], version).lower());
    for (const std::string& older : version.head.supersedes) {
      for (std::size_t j = 0; j < group.versions.size(); ++j) {
        if (group.versions[j].head.name == older) out.sections[i].supersedes.push_back(static_cast<Index>(j));
      }
    }
  }
  info->base_group = GroupLowering(builder, out, info->base, group.base).lower();
  out.grouping = std::move(info);
  builder.add(std::move(out));
}

}  // namespace guiju::plan
