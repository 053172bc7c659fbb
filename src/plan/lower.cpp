// Programmes, versions, amounts and the checks of tests; standards are called on lower_standards.cpp.
#include "plan/lower.hpp"

#include <algorithm>
#include <numeric>

#include "diagnostics/codes.hpp"
#include "diagnostics/fingerprint.hpp"
#include "model/shares.hpp"
#include "plan/duty.hpp"
#include "plan/lowering.hpp"
#include "plan/sound.hpp"

namespace guiju::plan {

namespace {

const Rational kFen = Rational::make(1, 100).value_or(Rational(1));

// ---- one version
// ----------------------------------------------------------------------------------------------------------------

class VersionLowering {
 public:
  VersionLowering(PlanBuilder& builder, ProgramInfo& program, Section& section, const model::Version& version,
                  const model::Program& owner)
      : builder_(builder),
        program_(program),
        owner_(owner),
        section_(section),
        version_(version),
        make_(builder, program.layout, section, program.name) {}

  // For what it reports.
  void lower_amount_alone() { lower_amount(); }

  void lower() {
    describe_version(make_, version_);
    lower_amount();
    lower_requirements();
    require_a_part();
    lower_rest();
    if (owner_.duty) lower_duty();
    make_.add_obligations();
    list_statements();
    make_.begin_reasons();
    lower_reasons();
    make_.finish();
  }

 private:
  // For the trace.
  void list_statements() {
    using Kind = Section::Statement;
    for (const model::Version::Statement& s : version_.statements) {
      auto index = static_cast<Index>(s.index);
      if (s.kind == model::Version::Statement::let) {
        index = static_cast<Index>(section_.lets.size());
        if (!make_.name_let(*s.named)) continue;
      }
      section_.statements.push_back({static_cast<Kind::Kind>(s.kind), index});
    }
    make_.name_other_lets();
    make_.cite_shared_lets();
  }

  std::vector<Index> cite(const std::vector<model::Citation>& citations, const std::string& what, SlotId used = kNone) {
    return plan::cite(make_, citations, what, used);
  }

  // ---- requirements and limits

  void lower_requirements() {
    for (const model::Requirement& r : version_.requirements) {
      RequirementInfo info;
      info.kind = r.kind == model::RequirementKind::require     ? RequirementInfo::require
                  : r.kind == model::RequirementKind::exclusion ? RequirementInfo::exclusion
                                                                : RequirementInfo::limit;
      info.name = r.name.primary;
      info.called = builder_.called(r.name);
      info.id = make_.stable_id(r.name.primary);
      if (r.of_entry == nullptr) {
        info.truth = truth_of(r);
      } else {
        auto each = make_.lower_each(*r.condition, *r.of_entry, r.reason, env_);
        info.truth = each.truth;
        info.of_entry = each.of_entry;
        info.reason = std::move(each.reason);
      }
      if (r.applies != nullptr) info.applies = make_.lower(*r.applies, env_);
      if (r.earlier != nullptr) {
        info.earlier = make_.lower_guarded(*r.earlier, env_, info.applies);
        info.beside = builder_.local(r.beside->label);
        if (info.beside.in(true).empty()) info.beside.en = builder_.text(r.beside->name.primary);
      }
      info.citations = cite(r.citations, r.name.primary, info.applies);
      info.place = builder_.place(r.span);
      section_.requirements.push_back(std::move(info));
      lowered_.push_back(&r);
    }
  }

  // ---- parts that are refused alone

  // Their conditions, and then what they pay; all of it is asked for by this part alone.
  SlotId refusable_part(const model::Part& p) {
    const auto index = static_cast<Index>(section_.parts.size());
    std::vector<RequirementInfo> conditions;
    SlotId value = kNone;
    for (const model::Requirement& r : p.requirements)
      if (r.of_entry != nullptr) make_.expect_each(*r.condition, *r.of_entry, r.reason);
    const std::vector<RequirementInfo> tables =
        make_.lower_part([&] { value = unconditional(p, p.when == nullptr ? kNone : make_.lower(*p.when, env_)); });
    // One by one for the reasons only: what they look up matters as far as those before them hold.
    make_.lower_unasked([&] {
      for (const model::Requirement& r : p.requirements) {
        RequirementInfo info;
        info.name = r.name.primary;
        info.called = builder_.called(r.name);
        info.id = make_.stable_id(p.name.primary + "/" + r.name.primary);
        if (r.of_entry == nullptr) {
          info.truth = make_.lower(*r.condition, env_);
        } else {
          auto each = make_.lower_each(*r.condition, *r.of_entry, r.reason, env_);
          info.truth = each.truth;
          info.of_entry = each.of_entry;
          info.reason = std::move(each.reason);
        }
        info.citations = cite(r.citations, r.name.primary);
        info.place = builder_.place(r.span);
        conditions.push_back(std::move(info));
      }
    });
    for (const RequirementInfo& table : tables) {
      conditions.push_back(table);
      conditions.back().id = make_.stable_id(p.name.primary + "/" + table.name);
    }
    SlotId granted = section_.parts[index].when;
    for (const RequirementInfo& table : tables) granted = make_.both(granted, table.truth);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      conditions[i].part = index;
      if (i < p.requirements.size() && p.requirements[i].of_entry == nullptr)
        part_reasons_.emplace_back(section_.part_requirements.size(), &p.requirements[i]);
      section_.part_requirements.push_back(std::move(conditions[i]));
    }
    section_.parts[index].when = granted;
    granted_.push_back(granted);
    return where_granted(value, granted);
  }

  // The case is refused where every part is.
  void require_a_part() {
    SlotId one = kNone;
    for (const SlotId granted : granted_) {
      if (granted == kNone) return;
      one = make_.either(one, granted);
    }
    if (one == kNone) return;
    RequirementInfo info;
    info.kind = RequirementInfo::parts;
    info.name = "parts";
    info.id = make_.stable_id(info.name);
    info.truth = one;
    info.place = builder_.place(version_.amount->span);
    section_.requirements.push_back(std::move(info));
  }

  static bool is_limit(const model::Requirement& r) {
    return r.kind == model::RequirementKind::limit_count || r.kind == model::RequirementKind::limit_sum;
  }

  SlotId truth_of(const model::Requirement& r) {
    if (!is_limit(r)) return make_.lower(*r.condition, env_);
    make_.written(r.span);
    const SlotId bound = make_.lower(*r.condition, env_);
    SlotId counted = make_.lower(*r.counted, env_);
    model::Relation relation = model::Relation::less;
    if (r.kind == model::RequirementKind::limit_sum && !r.paying_the_rest && section_.has_amount) {
      const auto pair = make_.align_all({counted, section_.amount});
      counted = make_.emit(Operation::ADD, make_.info(pair[0]), pair[0], pair[1]);
      relation = model::Relation::less_equal;
    }
    const auto pair = make_.align_all({counted, bound});
    return make_.emit(Operation::CMP, SlotInfo{}, pair[0], pair[1], kNone, 0, static_cast<std::uint8_t>(relation));
  }

  // ---- the amount

  SlotId adjusted(SlotId value, const model::Part& p, PartInfo& info) {
    for (const model::Adjustment& a : p.adjustments) {
      make_.doubt(p.name.primary, a.doubt, kNone, builder_.local(p.label));
      make_.written(a.span);
      PartStep step;
      step.kind = static_cast<AdjustmentInfo::Kind>(a.kind);
      step.unit = a.unit;
      step.place = builder_.place(a.span);
      if (a.kind == model::Adjustment::round) {
        value = make_.rounded(value, a.rounding, a.unit);
      } else {
        step.bound = make_.lower_guarded(*a.bound, env_, info.when);
        const auto pair = make_.align_all({value, step.bound});
        SlotInfo slot = make_.info(pair[0]);
        slot.fraction = slot.fraction || make_.info(pair[1]).fraction;
        value = make_.emit(a.kind == model::Adjustment::cap ? Operation::MIN : Operation::MAX, slot, pair[0], pair[1]);
      }
      step.after = value;
      info.steps.push_back(std::move(step));
    }
    return value;
  }

  SlotId part_value(const model::Part& p) {
    if (version_.amount->by_parts) return refusable_part(p);
    const SlotId when = p.when == nullptr ? kNone : make_.lower(*p.when, env_);
    const SlotId value = unconditional(p, when);
    return where_granted(value, when);
  }

  SlotId unconditional(const model::Part& p, SlotId when) {
    PartInfo& info = section_.parts.emplace_back();
    info.name = p.name.primary;
    info.label = builder_.label_or_name(p.label, p.name);
    info.kind = p.kind;
    info.place = builder_.place(p.span);
    info.when = when;
    info.value = make_.lower_guarded(*p.value, env_, when);
    const SlotId value = adjusted(info.value, p, info);
    if (p.most != nullptr)
      (void)make_.lower_guarded(*p.most, env_, when);  // what it looks up is asked for by this part
    make_.written(p.span);
    return value;
  }

  SlotId where_granted(SlotId value, SlotId when) {
    if (when == kNone) return value;
    const auto pair = make_.align_all({value, make_.number(Rational(0))});
    SlotInfo slot = make_.info(pair[0]);
    return make_.emit(Operation::SEL, slot, when, pair[0], pair[1]);
  }

  // What a limit that pays the rest leaves is a cap of the whole.
  struct RestCap {
    SlotId bound;
    const model::Requirement* limit;
  };
  std::vector<RestCap> rest_caps() {
    std::vector<RestCap> out;
    for (const model::Requirement& r : version_.requirements) {
      if (r.kind != model::RequirementKind::limit_sum || !r.paying_the_rest) continue;
      make_.written(r.span);
      const auto pair = make_.align_all({make_.lower(*r.condition, env_), make_.lower(*r.counted, env_)});
      const SlotId rest = make_.emit(Operation::SUB, make_.info(pair[0]), pair[0], pair[1]);
      const auto zero = make_.align_all({rest, make_.number(Rational(0))});
      out.push_back({make_.emit(Operation::MAX, make_.info(zero[0]), zero[0], zero[1]), &r});
    }
    return out;
  }

  void lower_amount() {
    if (!version_.amount) return;
    const model::Amount& amount = *version_.amount;
    cite(amount.citations, "amount");
    std::vector<SlotId> parts;
    for (const model::Part& p : amount.parts) parts.push_back(part_value(p));
    if (parts.empty()) return;
    std::vector<SlotId> scaled = parts;
    std::vector<SlotId> bounds;
    for (const model::Adjustment& a : amount.adjustments) {
      if (a.kind != model::Adjustment::round) bounds.push_back(make_.lower(*a.bound, env_));
    }
    const std::vector<RestCap> rests = rest_caps();
    scaled.insert(scaled.end(), bounds.begin(), bounds.end());
    for (const RestCap& rest : rests) scaled.push_back(rest.bound);
    make_.written(amount.span);
    scaled = make_.align_all(scaled);
    const Rational q = make_.common_scale(scaled);

    FootInfo foot;
    bool fraction = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      foot.parts.push_back(scaled[i]);
      fraction = fraction || make_.info(scaled[i]).fraction;
    }
    Rational result = q;
    std::size_t bound = parts.size();
    std::size_t written = 0;
    for (const model::Adjustment& a : amount.adjustments) {
      AdjustmentInfo info;
      info.kind = static_cast<AdjustmentInfo::Kind>(a.kind);
      info.in_proportion = a.in_proportion;
      info.rounding = a.rounding;
      info.reducing = giving_way(amount, a);
      info.place = builder_.place(a.span);
      if (a.kind == model::Adjustment::round) {
        info.unit = div(a.unit, q).value_or(Rational(1));
        result = a.unit;
        fraction = false;
      } else {
        info.bound = scaled[bound++];
        const SlotInfo& limit = make_.info(info.bound);
        fraction = fraction || limit.fraction || a.in_proportion;
        result = after_bound(result, q, bounds_scale(a, bounds[written++]));
      }
      make_.doubt("amount", a.doubt, kNone, {"金额", "the amount"});
      foot.adjustments.push_back(std::move(info));
    }
    for (std::size_t i = 0; i < rests.size(); ++i) {
      AdjustmentInfo info;
      info.kind = AdjustmentInfo::cap;
      info.bound = scaled[bound++];
      info.reducing = giving_way(amount, {});
      info.rest = true;
      info.place = builder_.place(rests[i].limit->span);
      foot.adjustments.push_back(std::move(info));
      result = after_bound(result, q, make_.info(rests[i].bound).q);
    }
    if (fraction || !whole_fen(result)) {
      builder_.diagnostics.add(Code::fraction_of_fen, amount.span);
      result = kFen;
    }
    emit_foot(amount, std::move(foot), q, result);
    if (amount.shares) lower_shares(amount, result);
  }

  // Whole units of the amount: those of its last rounding, if nothing finer comes after it, else fen.
  void lower_shares(const model::Amount& amount, const Rational& result) {
    const auto last = std::find_if(amount.adjustments.rbegin(), amount.adjustments.rend(),
                                   [](const model::Adjustment& a) { return a.kind == model::Adjustment::round; });
    const Rational unit = last != amount.adjustments.rend() && last->unit == result ? result : kFen;
    SplitInfo split = split_of(*amount.shares);
    split.units = div(result, unit).value_or(Rational(1)).num();
    builder_.plan.splits.push_back(std::move(split));
    SlotInfo slot = make_.info(section_.amount);
    slot.q = unit;
    for (std::size_t i = 0; i < amount.shares->shares.size(); ++i) {
      const model::Share& share = amount.shares->shares[i];
      const SlotId paid =
          make_.emit(Operation::SHARE, slot, section_.amount, kNone, kNone,
                     static_cast<Index>(builder_.plan.splits.size() - 1), 0, static_cast<std::uint16_t>(i));
      section_.shares.push_back({share.name, builder_.local(share.label), paid});
    }
    make_.doubt("shared", amount.shares->doubt, kNone, {"分担", "the shares"});
  }

  // The checker has refused weights that are too fine.
  static SplitInfo split_of(const model::Shares& shares) {
    SplitInfo out;
    out.remainder = static_cast<Index>(shares.remainder);
    out.weights = model::whole_weights(shares).value_or(std::vector<std::uint32_t>{});
    out.whole = std::accumulate(out.weights.begin(), out.weights.end(), std::uint32_t{0});
    return out;
  }

  // A bound after a rounding that is finer than the unit would bring fractions back.
  static Rational after_bound(const Rational& result, const Rational& q, const Rational& bound) {
    if (result == q) return result;
    return gcd(result, bound).value_or(result);
  }
  [[nodiscard]] Rational bounds_scale(const model::Adjustment& a, SlotId bound) const {
    return a.bound->kind == model::ExprKind::number ? a.bound->value : make_.info(bound).q;
  }
  static bool whole_fen(const Rational& q) {
    const auto steps = div(q, kFen);
    return steps && steps->is_integer();
  }

  // Named parts first, in their order; then the others from the last written.
  static std::vector<Index> giving_way(const model::Amount& amount, const model::Adjustment& a) {
    std::vector<Index> order;
    for (const std::string& name : a.reducing) {
      for (std::size_t i = 0; i < amount.parts.size(); ++i) {
        if (amount.parts[i].name.primary == name) order.push_back(static_cast<Index>(i));
      }
    }
    for (std::size_t i = amount.parts.size(); i-- > 0;) {
      const auto index = static_cast<Index>(i);
      if (std::find(order.begin(), order.end(), index) == order.end()) order.push_back(index);
    }
    return order;
  }

  void emit_foot(const model::Amount& amount, FootInfo foot, const Rational& q, const Rational& result) {
    SlotInfo slot;
    slot.cls = SlotClass::number;
    slot.q = result;
    slot.unit = "yuan";
    slot.money = true;
    foot.ratio = div(q, result).value_or(Rational(1));
    for (std::size_t i = 0; i < amount.parts.size(); ++i) {
      const SlotId out = make_.result_slot(slot);
      foot.out_parts.push_back(out);
      section_.parts[i].before = foot.parts[i];
      section_.parts[i].after = out;
      if (i + 1 < version_.amount_lets.size()) env_.lets[&version_.amount_lets[i + 1]] = out;
    }
    builder_.plan.feet.push_back(std::move(foot));
    section_.amount =
        make_.emit(Operation::FOOT, slot, kNone, kNone, kNone, static_cast<Index>(builder_.plan.feet.size() - 1));
    section_.has_amount = true;
    section_.amount_kind = amount.kind;
    section_.single_part = amount.single;
    if (!version_.amount_lets.empty()) env_.lets[&version_.amount_lets.front()] = section_.amount;
  }

  // ---- duties

  static RequirementInfo::Kind kind_of(model::Obligation::Kind kind) {
    return kind == model::Obligation::must       ? RequirementInfo::must
           : kind == model::Obligation::must_not ? RequirementInfo::must_not
                                                 : RequirementInfo::advised;
  }

  void lower_duty() {
    SlotId must = kNone;
    SlotId must_not = kNone;
    for (const model::Obligation& o : version_.obligations) {
      RequirementInfo info;
      info.kind = kind_of(o.kind);
      info.name = o.name.primary;
      info.called = builder_.called(o.name);
      info.id = make_.stable_id(o.name.primary);
      const SlotId holds = make_.lower(*o.condition, env_);
      info.truth = make_.negation(holds);
      info.citations = cite(o.citations, o.name.primary);
      info.place = builder_.place(o.span);
      section_.requirements.push_back(std::move(info));
      if (o.kind == model::Obligation::must) must = make_.either(must, holds);
      if (o.kind == model::Obligation::must_not) must_not = make_.either(must_not, holds);
    }
    auto duty = std::make_shared<DutyInfo>();
    duty->bound = must != kNone ? must : must_not != kNone ? must_not : make_.truth(false);
    if (version_.deadline != nullptr) duty->deadline = make_.lower(*version_.deadline, env_);
    if (version_.done != nullptr) {
      const SlotId done = make_.lower(*version_.done, env_);
      const bool is_day = make_.info(done).cls == SlotClass::day;
      duty->done = is_day ? make_.emit(Operation::HAS, SlotInfo{}, done) : done;
      if (is_day) duty->done_on = done;
    }
    if (duty->deadline != kNone) hold_against_deadline(*duty);
    section_.told = {duty->deadline, duty->done_on};
    section_.duty = std::move(duty);
  }

  void hold_against_deadline(DutyInfo& duty) {
    const auto at_most = static_cast<std::uint8_t>(model::Relation::less_equal);
    const auto less = static_cast<std::uint8_t>(model::Relation::less);
    if (duty.done_on != kNone) {
      const SlotId day = make_.emit(Operation::ORELSE, make_.info(duty.done_on), duty.done_on, duty.deadline);
      duty.in_time = make_.emit(Operation::CMP, SlotInfo{}, day, duty.deadline, kNone, 0, at_most);
    }
    model::Path as_at;
    as_at.given = &owner_.as_at;
    duty.past = make_.emit(Operation::CMP, SlotInfo{}, duty.deadline, make_.fact(as_at, env_), kNone, 0, less);
  }

  // ---- the rest

  void lower_rest() {
    for (const model::Quota& q : version_.quotas) {
      section_.quotas.push_back({q.name.primary, builder_.label_or_name(q.label, q.name)});
      cite(q.citations, q.name.primary);
    }
    if (version_.payout) {
      section_.has_payout = true;
      section_.payout = version_.payout->name;
      section_.payout_label = builder_.local(version_.payout->label);
      cite(version_.payout->citations, "payout");
    }
    for (const model::Document& d : version_.documents) {
      DocumentInfo info;
      info.name = d.name;
      info.label = builder_.local(d.label);
      info.when = d.when == nullptr ? kNone : make_.lower(*d.when, env_);
      const auto& fields = program_.layout.fields;
      const auto field = std::find_if(fields.begin(), fields.end(),
                                      [path = "documents." + d.name](const FieldInfo& f) { return f.path == path; });
      info.field = static_cast<Index>(field - fields.begin());
      section_.documents.push_back(std::move(info));
    }
    for (const model::Let& let : version_.lets) make_.cite(let);
    for (const model::Ensure& e : version_.ensures) {
      EnsureInfo info;
      info.name = e.name.primary;
      info.called = builder_.called(e.name);
      const auto lower = [&] { info.truth = make_.lower(*e.condition, env_); };
      e.of_part ? make_.lower_unasked(lower) : lower();
      if (e.when != nullptr) info.truth = make_.either(make_.negation(make_.lower(*e.when, env_)), info.truth);
      info.place = builder_.place(e.span);
      section_.ensures.push_back(std::move(info));
    }
  }

  // The requirements of tables stand behind those that are written.
  void lower_reasons() {
    for (std::size_t i = 0; i < lowered_.size(); ++i) {
      const model::Requirement& r = *lowered_[i];
      RequirementInfo& info = section_.requirements[i];
      const bool written = !r.reason.zh.empty() || !r.reason.en.empty();
      if (r.of_entry != nullptr) continue;
      if (written) info.reason = make_.text(r.reason, env_);
      if (!written && is_limit(r)) info.reason = held_against(r);
      if (!written && r.kind == model::RequirementKind::exclusion) info.reason = excluded(info);
    }
    for (const auto& [index, requirement] : part_reasons_)
      section_.part_requirements[index].reason = make_.text(requirement->reason, env_);
    std::size_t at = lowered_.size();
    for (const model::Obligation& o : version_.obligations)
      section_.requirements[at++].reason = make_.text(o.reason, env_);
  }

  // Which grant it is, is told with what was compared (explain/).
  static Template excluded(const RequirementInfo& r) {
    Template out;
    out.zh = {{"与" + r.beside.in(false) + "互斥,此前已有申领占用", kNone, false}};
    out.en = {{"an earlier grant counts, and only one of this and " + r.beside.in(true) + " is granted", kNone, false}};
    return out;
  }

  // Without written words a limit says how far it is used up. A requirement is told from its comparisons (explain/).
  Template held_against(const model::Requirement& r) {
    const SlotId counted = make_.lower(*r.counted, env_);
    const SlotId bound = make_.lower(*r.condition, env_);
    Template out;
    out.zh = {{"已有 ", counted, false}, {",限额为 ", bound, false}, {"", kNone, false}};
    out.en = {{"", counted, false}, {" so far, the limit is ", bound, false}, {"", kNone, false}};
    return out;
  }

  PlanBuilder& builder_;
  ProgramInfo& program_;
  const model::Program& owner_;
  Section& section_;
  const model::Version& version_;
  SectionBuilder make_;
  Environment env_;
  std::vector<const model::Requirement*> lowered_;
  std::vector<std::pair<std::size_t, const model::Requirement*>> part_reasons_;  // by part requirement
  std::vector<SlotId> granted_;  // by part that is refused alone: that it is not; kNone where nothing can refuse it
};

// ---- programmes
// -------------------------------------------------------------------------------------------------------------------

void add_documents(PlanBuilder& builder, ProgramInfo& out, const model::Program& program) {
  for (const model::Version& v : program.versions) {
    for (const model::Document& d : v.documents) {
      FieldInfo f;
      f.path = "documents." + d.name;
      f.label = builder.local(d.label);
      f.cls = SlotClass::document;
      const auto& fields = out.layout.fields;
      const bool known =
          std::any_of(fields.begin(), fields.end(), [&](const FieldInfo& g) { return g.path == f.path; });
      if (!known) out.layout.fields.push_back(builder.shared(std::move(f)));
    }
  }
}

// The host's day stands among the facts, so that it can be asked for like one.
void add_host_day(PlanBuilder& builder, ProgramInfo& out, const model::Given& as_at) {
  std::deque<model::Given> one{as_at};
  Layout layout = builder.layout(one);
  out.layout.fields.append(layout.fields);
}

ProgramInfo lower_program(PlanBuilder& builder, const model::Program& program) {
  ProgramInfo out = head_of(builder, program.duty ? ProgramInfo::duty : ProgramInfo::program, program.name,
                            program.label, program.span, program.givens);
  for (const model::Template& a : program.authorities) out.authorities.push_back(builder.local(a));
  for (const model::Template& b : program.bearers) out.bearers.push_back(builder.local(b));
  if (program.implements != nullptr) out.implements = program.implements->name.primary;
  if (program.implements != nullptr) out.implements_label = builder.local(program.implements->label);
  out.region = program.region.value_or(0);
  if (program.duty) add_host_day(builder, out, program.as_at);
  add_documents(builder, out, program);

  lower_dates(builder, out, program.in_force_by);

  out.sections.resize(program.versions.size());
  for (std::size_t i = 0; i < program.versions.size(); ++i) {
    VersionLowering(builder, out, out.sections[i], program.versions[i], program).lower();
    for (const std::string& older : program.versions[i].supersedes) {
      for (std::size_t j = 0; j < program.versions.size(); ++j) {
        if (program.versions[j].name == older) out.sections[i].supersedes.push_back(static_cast<Index>(j));
      }
    }
  }
  return out;
}

void lower_standard(PlanBuilder& builder, const model::Standard& standard) {
  ProgramInfo out =
      head_of(builder, ProgramInfo::standard, standard.name, standard.label, standard.span, standard.givens);
  out.sections.resize(1);
  Environment env;
  SectionBuilder make(builder, out.layout, out.sections.front(), out.name);
  for (const model::Expr* e : standard.in_force_by) out.reference_dates.push_back(make.lower(*e, env));
  const auto graded = make.grade(standard, env, "", kNone, {true, {}});
  out.sections.front().in_force = graded.in_force;
  out.outputs.grade = graded.grade;
  out.outputs.edition = graded.edition;
  for (const model::Edition& e : standard.editions) {
    out.outputs.editions.push_back({e.name, builder.local(e.label), e.from.day.has_value(), e.to.day.has_value(),
                                    e.from.day.value_or(0), e.to.day.value_or(0)});
  }
  out.outputs.outputs = graded.outputs;
  out.outputs.suspensions = graded.suspensions;
  make.add_obligations();
  make.name_other_lets();
  make.cite_shared_lets();
  make.begin_reasons();
  make.finish();
  builder.add(std::move(out));
}

// The `check` lines of a test without a programme: each a requirement that must hold.
void lower_checks(PlanBuilder& builder, const model::Test& test, const std::deque<model::Given>& givens,
                  std::size_t index) {
  ProgramInfo out;
  out.kind = ProgramInfo::checks;
  out.name = "test " + std::to_string(index);
  out.layout = builder.layout(givens);
  out.sections.resize(1);
  Section& section = out.sections.front();
  Environment env;
  SectionBuilder make(builder, out.layout, section, out.name);
  for (const model::Expr* e : test.checks) {
    RequirementInfo r;
    r.name = std::string(builder.sources.text(e->span));
    r.truth = make.lower(*e, env);
    r.place = builder.place(e->span);
    section.requirements.push_back(std::move(r));
  }
  make.add_obligations();
  make.begin_reasons();
  make.finish();
  builder.add(std::move(out));
}

}  // namespace

std::vector<std::string> alias_names(const model::Name& name) {
  std::vector<std::string> out;
  for (const model::Alias& a : name.aliases) out.push_back(a.name);
  return out;
}

std::string file_of(const PlanBuilder& builder, const Span& span) {
  return span.file == kNoFile ? std::string() : builder.sources.file(span.file).path();
}

void describe_version(SectionBuilder& make, const model::Version& version) {
  Section& section = make.section();
  PlanBuilder& builder = make.builder();
  const auto doubt_of = [&](const model::Bound& bound) {
    make.doubt(version.name, bound.doubt, kNone, builder.local(version.label));
  };
  section.name = version.name;
  section.label = builder.local(version.label);
  section.has_from = version.from.day.has_value();
  section.has_to = version.to.day.has_value();
  section.from = version.from.day.value_or(0);
  section.to = version.to.day.value_or(0);
  section.open_from = builder.open_day(version.from);
  section.open_to = builder.open_day(version.to);
  section.has_published = version.published.day.has_value();
  section.published = version.published.day.value_or(0);
  section.open_published = builder.open_day(version.published);
  for (const model::Suspension& s : version.suspensions) {
    section.suspensions.push_back(builder.suspension(s));
    doubt_of(s.from);
    doubt_of(s.to);
  }
  section.version_citations = cite(make, version.citations, version.name);
  doubt_of(version.from);
  doubt_of(version.to);
  doubt_of(version.published);
}

std::vector<Index> cite(SectionBuilder& make, const std::vector<model::Citation>& citations, const std::string& what,
                        SlotId used) {
  std::vector<Index> out;
  for (const model::Citation& c : citations) {
    out.push_back(make.builder().citation(c));
    make.section().citations.push_back(out.back());
    const bool doubtful = c.check == model::Citation::unverified || c.check == model::Citation::secondhand;
    if (!doubtful) continue;
    make.doubt(what, c.note, used);
    make.section().doubts.back().secondhand = c.check == model::Citation::secondhand;
    make.section().doubts.back().paper = out.back();
  }
  return out;
}

std::string literal(const std::vector<model::TextPiece>& pieces) {
  std::string out;
  for (const model::TextPiece& p : pieces) out += p.text;
  return out;
}

ProgramInfo head_of(PlanBuilder& builder, ProgramInfo::Kind kind, const model::Name& name, const model::Label& label,
                    const Span& span, const std::deque<model::Given>& givens) {
  ProgramInfo out;
  out.kind = kind;
  out.name = name.primary;
  out.aliases = alias_names(name);
  out.label = builder.local(label);
  out.file = file_of(builder, span);
  out.layout = builder.layout(givens);
  return out;
}

void lower_dates(PlanBuilder& builder, ProgramInfo& out, const std::vector<const model::Expr*>& in_force_by) {
  Environment env;
  SectionBuilder dates(builder, out.layout, out.dates, out.name);
  for (const model::Expr* e : in_force_by) out.reference_dates.push_back(dates.lower(*e, env));
  dates.begin_reasons();
  dates.finish();
}

namespace {

// What could not be read of an amount is not in it: a rounding that was refused, for one.
bool has_mistake(const Diagnostics& diagnostics, const model::Amount& amount) {
  const auto lies_in = [](const Span& inner, const Span& outer) {
    return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
  };
  return std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [&](const Diagnostic& d) {
    const bool in_part = std::any_of(amount.parts.begin(), amount.parts.end(),
                                     [&](const model::Part& part) { return lies_in(d.span, part.span); });
    return guiju::info(d.code).severity == Severity::error && (in_part || lies_in(d.span, amount.span));
  });
}

}  // namespace

void report_scales(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics) {
  Plan scratch;
  Diagnostics found;
  PlanBuilder builder(scratch, sources, found);
  for (const model::Program& p : rulebook.programs) {
    Soundness sound;
    if (!sound.of(p.givens)) continue;
    ProgramInfo out = head_of(builder, ProgramInfo::program, p.name, p.label, p.span, p.givens);
    for (const model::Version& version : p.versions) {
      if (!Soundness(sound).of(version) || has_mistake(diagnostics, *version.amount)) continue;
      Section section;
      VersionLowering(builder, out, section, version, p).lower_amount_alone();
    }
  }
  for (const Diagnostic& d : found.all()) {
    if (d.code == Code::fraction_of_fen) diagnostics.add(d.code, d.span, d.arguments);
  }
}

struct Lowering::State {
  const model::Rulebook& rulebook;
  std::shared_ptr<Plan> plan;
  PlanBuilder builder;
  std::vector<bool> is_lowered;  // by programme
};

Lowering::Lowering(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics) {
  auto plan = std::make_shared<Plan>();
  plan->programs.resize(rulebook.programs.size());
  state_.reset(new State{rulebook, plan, PlanBuilder(*plan, sources, diagnostics), {}});
  state_->is_lowered.resize(rulebook.programs.size());
  for (const model::Let& let : rulebook.lets) state_->builder.shared_lets.insert(&let);
}

Lowering::~Lowering() = default;

void Lowering::lower_program(std::size_t index) {
  if (state_->is_lowered[index]) return;
  state_->is_lowered[index] = true;
  auto& builder = state_->builder;
  const model::Program& program = state_->rulebook.programs[index];
  for (const model::Let& let : program.lets) builder.shared_lets.insert(&let);
  builder.put(plan::lower_program(builder, program), index);
  for (const model::Let& let : program.lets) builder.shared_lets.erase(&let);
}

std::shared_ptr<Plan> Lowering::finish() {
  const model::Rulebook& rulebook = state_->rulebook;
  PlanBuilder& builder = state_->builder;
  const std::shared_ptr<Plan> plan = state_->plan;
  plan->rules_sha256 = fingerprint(builder.sources);
  for (std::size_t i = 0; i < rulebook.programs.size(); ++i) lower_program(i);
  for (const model::Group& g : rulebook.groups) lower_group(builder, g);
  for (const model::Standard& s : rulebook.standards) lower_standard(builder, s);
  for (const model::Targets& t : rulebook.targets) lower_targets(builder, t);
  std::size_t index = 0;
  for (const model::Test& t : rulebook.tests) {
    const auto& givens = t.program != nullptr    ? t.program->givens
                         : t.standard != nullptr ? t.standard->givens
                         : t.targets != nullptr  ? t.targets->givens
                         : t.group != nullptr    ? t.group->case_givens
                                                 : t.own_givens;
    if (!t.checks.empty()) lower_checks(builder, t, givens, index);
    ++index;
  }
  for (const auto& [name, label] : rulebook.unit_labels) plan->unit_words[name] = builder.local(label);
  trim(*plan);
  return plan;
}

std::shared_ptr<Plan> lower(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics) {
  return Lowering(rulebook, sources, diagnostics).finish();
}

}  // namespace guiju::plan
