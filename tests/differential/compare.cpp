// See compare.hpp.
#include "compare.hpp"

#include <algorithm>
#include <array>

#include "run/value.hpp"

namespace guiju::reference {

run::Outcome same_outcome(Outcome o) {
  constexpr std::array outcomes{run::Outcome::eligible, run::Outcome::ineligible, run::Outcome::not_in_force,
                                run::Outcome::invalid,  run::Outcome::not_owed,   run::Outcome::owed,
                                run::Outcome::met,      run::Outcome::late,       run::Outcome::overdue};
  return outcomes.at(static_cast<std::size_t>(o));
}

bool may_be(const run::Value& got, const plan::SlotInfo& slot, const Value& value) {
  if (value.poison() || run::may(got, run::Value::may_fail)) return true;
  if (value.kind == Value::absent) return run::may(got, run::Value::may_be_absent);
  if (value.kind == Value::no_limit) return run::may(got, run::Value::may_be_unlimited);
  if (!run::may(got, run::Value::has_value)) return false;
  if (value.kind == Value::member) return ((got.mask >> static_cast<unsigned>(value.whole)) & 1U) != 0;
  if (value.kind != Value::number && value.kind != Value::date) return true;
  const Number scale = value.kind == Value::number ? exact(slot.q) : Number(1);
  const Number at = value.kind == Value::number ? value.amount : Number(value.whole);
  const auto end = [&](i128 n, i128 d) { return exact(Rational::make(n, d).value()) * scale; };
  return (got.low_open_end || end(got.low, got.low_den) <= at) &&
         (got.high_open_end || at <= end(got.high, got.high_den));
}

namespace {

std::string range(const run::MoneyRange& m) {
  if (m.known()) return reference::show(fen(m.least));
  return reference::show(fen(m.least)) + ".." + (m.unbounded ? "" : reference::show(fen(m.most)));
}

// Two rows of one table are two reasons of one name.
std::vector<std::string> each_once(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> failed_names(const run::Decision& d, const plan::ProgramInfo& program) {
  std::vector<std::string> names;
  if (d.section == plan::kNone) return names;
  for (const plan::Index i : d.failed) names.push_back(program.sections[d.section].requirements.at(i).name);
  return each_once(std::move(names));
}

std::vector<std::string> refused_names(const run::Decision& d, const plan::ProgramInfo& program) {
  std::vector<std::string> names;
  if (d.section == plan::kNone) return names;
  for (const plan::Index i : d.refused) names.push_back(plan::name_of_part_requirement(program.sections[d.section], i));
  return each_once(std::move(names));
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool inside(const Number& v, const run::MoneyRange& m) {
  return fen(m.least) <= v && (m.unbounded || v <= fen(m.most));
}
bool exactly(const Number& v, const run::MoneyRange& m) {
  return m.known() && fen(m.least) == v;
}

bool overflowed(const run::Decision& d) {
  return std::any_of(d.errors.begin(), d.errors.end(),
                     [](const run::Error& e) { return e.kind == run::Error::overflow; });
}

// Parts that are granted; the engine has one part for an amount that is written in one.
std::string compare_amounts(const run::Decision& d, const Result& r, bool exact) {
  if (!r.amount) return d.has_amount ? "an amount where there is none" : "";
  if (!d.has_amount) return "no amount, reference " + show(*r.amount);
  if (exact && d.amount_kind != r.kind) return "another kind of amount";
  const auto fits = [&](const Number& v, const run::MoneyRange& m) { return exact ? exactly(v, m) : inside(v, m); };
  if (!fits(*r.amount, d.amount)) return "amount " + range(d.amount) + ", reference " + show(*r.amount);
  if (d.parts.empty() && !exact) return "";  // between versions
  if (d.parts.size() != r.parts.size()) return "number of parts";
  for (std::size_t i = 0; i < r.parts.size(); ++i)
    if (!fits(r.parts[i], d.parts[i]))
      return "part " + std::to_string(i + 1) + " is " + range(d.parts[i]) + ", reference " + show(r.parts[i]);
  if (d.section == plan::kNone) return "";  // who bears it is said by the version
  if (d.shares.size() != r.shares.size()) return "number of shares";
  for (std::size_t i = 0; i < r.shares.size(); ++i)
    if (!fits(r.shares[i], d.shares[i]))
      return "share " + std::to_string(i + 1) + " is " + range(d.shares[i]) + ", reference " + show(r.shares[i]);
  return "";
}

std::string compare_version(const run::Decision& d, const plan::ProgramInfo& program, const Result& r) {
  if (r.version.empty() || r.outcome == Outcome::not_in_force) return "";
  if (d.section == plan::kNone) return "no version, reference " + r.version;
  const std::string& name = program.sections[d.section].name;
  return name == r.version ? "" : "version " + name + ", reference " + r.version;
}

bool of_duties(run::Outcome o) {
  return o >= run::Outcome::not_owed && o <= run::Outcome::overdue;
}

// What the engine tells beside the outcome of a duty.
std::string compare_days(const run::Decision& d, const plan::ProgramInfo& program, const Result& r, bool exact) {
  if (d.section == plan::kNone || program.kind != plan::ProgramInfo::duty || d.told.empty()) return "";
  const std::array told{&r.deadline, &r.done_on};
  for (std::size_t i = 0; i < told.size(); ++i) {
    const Value& day = *told.at(i);
    const run::Value& got = d.told.at(i);
    const bool is_day = day.kind == Value::date || day.kind == Value::absent || day.kind == Value::no_limit;
    if (!is_day) continue;
    if (!may_be(got, {}, day)) return (i == 0 ? "deadline" : "day when it was done") + std::string(" is another");
    const bool settled = got.low == got.high && !got.low_open_end && !got.high_open_end;
    if (exact && day.kind == Value::date && !settled) return "a day is left open";
  }
  return "";
}

std::string compare_exactly(const run::Decision& d, const plan::ProgramInfo& program, const Result& r) {
  if (d.outcome != same_outcome(r.outcome))
    return "outcome " + std::string(run::name_of(d.outcome)) + ", reference " + show(r);
  if (std::string fault = compare_version(d, program, r); !fault.empty()) return fault;
  const bool binds = program.kind == plan::ProgramInfo::duty && d.outcome != run::Outcome::invalid;
  if ((r.outcome == Outcome::ineligible || binds) && failed_names(d, program) != r.failed)
    return "failed requirements differ, reference " + show(r);
  if (std::string fault = compare_days(d, program, r, true); !fault.empty()) return fault;
  if (r.outcome != Outcome::eligible) return "";
  if (refused_names(d, program) != r.refused) return "refused parts differ, reference " + show(r);
  if (std::string fault = compare_amounts(d, r, true); !fault.empty()) return fault;
  std::vector<std::string> owed;
  for (const plan::Index i : d.owed) owed.push_back(program.sections[d.section].documents.at(i).name);
  return owed == r.owed ? "" : "documents owed differ";
}

bool all_agree(const std::vector<const Result*>& results) {
  return std::all_of(results.begin(), results.end(), [&](const Result* r) {
    return r->outcome == results[0]->outcome && r->version == results[0]->version && r->amount == results[0]->amount &&
           r->parts == results[0]->parts && r->shares == results[0]->shares &&
           (r->outcome != Outcome::ineligible || r->failed == results[0]->failed);
  });
}

// What refuses a part in every completion refuses it in this one.
std::string compare_refusals(const run::Decision& d, const plan::ProgramInfo& program, const Result& r) {
  if (r.outcome == Outcome::invalid || r.outcome == Outcome::not_in_force || !r.unreached.empty()) return "";
  for (const std::string& name : refused_names(d, program))
    if (!contains(r.refused, name)) return name + " is refused, in a completion " + show(r);
  return "";
}

// What binds in every completion binds in this one; the days are among those that are left possible.
std::string compare_grounds(const run::Decision& d, const plan::ProgramInfo& program, const Result& r) {
  if (program.kind != plan::ProgramInfo::duty || r.version.empty() || d.section == plan::kNone) return "";
  if (program.sections[d.section].name != r.version) return "";
  for (const std::string& name : failed_names(d, program))
    if (!contains(r.failed, name) && !contains(r.unreached, name))
      return name + " binds, in a completion only " + show(r);
  return compare_days(d, program, r, false);
}

// One completion against what the engine said of all of them.
std::string compare_one(const run::Decision& d, const plan::ProgramInfo& program, const Result& r) {
  if (std::string fault = compare_refusals(d, program, r); !fault.empty()) return fault;
  if (std::string fault = compare_grounds(d, program, r); !fault.empty()) return fault;
  switch (d.outcome) {
    case run::Outcome::invalid:
      return r.outcome == Outcome::invalid || overflowed(d) ? "" : "invalid, a completion is " + show(r);
    case run::Outcome::not_in_force:
      return r.outcome == Outcome::not_in_force ? "" : "not in force, a completion is " + show(r);
    case run::Outcome::ineligible: {
      if (r.outcome != Outcome::ineligible) return "ineligible, a completion is " + show(r);
      const auto is_table = [&](const std::string& name) {
        const auto& all = program.sections[d.section].requirements;
        return std::any_of(all.begin(), all.end(), [&](const plan::RequirementInfo& i) {
          return i.kind == plan::RequirementInfo::table && i.name == name;
        });
      };
      // Where a requirement is not reached it is no reason, and speaks against none.
      for (const std::string& name : failed_names(d, program))
        if (!contains(r.failed, name) && !contains(r.unreached, name) && !(is_table(name) && !r.unreached.empty()))
          return name + " fails, in a completion only " + show(r);
      return "";
    }
    case run::Outcome::eligible:
      if (r.outcome != Outcome::eligible) return "eligible, a completion is " + show(r);
      return compare_amounts(d, r, true);
    case run::Outcome::referred:
    case run::Outcome::undetermined: {
      if (r.outcome != Outcome::eligible) return "";
      return compare_amounts(d, r, false);
    }
    default:
      if (of_duties(d.outcome) && d.outcome == same_outcome(r.outcome)) return "";
      return std::string(run::name_of(d.outcome)) + ", a completion is " + show(r);
  }
}

}  // namespace

std::string compare_known(const run::Decision& d, const plan::ProgramInfo& program, const Results& reference,
                          Counts& counts) {
  ++counts.cases;
  counts.no_payments += d.has_amount && d.amount_kind != AmountKind::payment ? 1 : 0;
  ++counts.by_outcome[static_cast<std::size_t>(d.outcome)];
  const bool unreached =
      std::any_of(reference.all.begin(), reference.all.end(), [](const Result& r) { return r.fault == kAbsentUsed; });
  if (unreached) {
    ++counts.unreached;
    return "";
  }
  if (!d.bad.empty()) return "bad fact " + d.bad.front().path + " = " + d.bad.front().got;
  if (d.outcome == run::Outcome::invalid && overflowed(d) && reference.all.front().outcome != Outcome::invalid) {
    ++counts.overflow;
    return "";
  }
  if (!reference.asked) {
    ++counts.exact;
    return compare_exactly(d, program, reference.all.front());
  }
  ++counts.open;
  if (d.outcome == run::Outcome::undetermined)
    return "undetermined though every fact is known; reference " + show(reference.all.front());
  std::vector<const Result*> all;
  for (const Result& r : reference.all) {
    all.push_back(&r);
    if (std::string fault = compare_one(d, program, r); !fault.empty()) return fault;
  }
  if (d.outcome == run::Outcome::referred && all_agree(all)) ++counts.loose;
  return "";
}

std::string compare_open(const run::Decision& d, const plan::ProgramInfo& program,
                         const std::vector<Results>& completions, const std::vector<std::string>& open,
                         Counts& counts) {
  ++counts.cases;
  ++counts.open;
  ++counts.by_outcome[static_cast<std::size_t>(d.outcome)];
  if (!d.bad.empty()) return "bad fact " + d.bad.front().path + " = " + d.bad.front().got;
  if (d.outcome == run::Outcome::invalid && overflowed(d)) ++counts.overflow;
  std::vector<const Result*> all;
  for (const Results& results : completions) {
    for (const Result& r : results.all) {
      if (r.fault == kAbsentUsed) continue;
      all.push_back(&r);
      if (std::string fault = compare_one(d, program, r); !fault.empty()) return fault;
    }
  }
  if (d.outcome == run::Outcome::referred && completions.size() > 1) {
    // Only texts matter: whatever the facts are, the same answers are possible.
    const auto outcomes = [](const Results& rs) {
      std::set<std::string> out;
      for (const Result& r : rs.all) out.insert(show(r));
      return out;
    };
    const bool complete =
        std::all_of(completions.begin(), completions.end(), [](const Results& r) { return r.exhausted; });
    const auto unreached = [](const Results& rs) {
      return std::any_of(rs.all.begin(), rs.all.end(), [](const Result& r) { return r.fault == kAbsentUsed; });
    };
    const auto first = outcomes(completions.front());
    for (const Results& rs : completions) {
      if (rs.all.front().outcome == Outcome::ineligible || !complete) continue;
      if (unreached(rs) || unreached(completions.front())) continue;
      if (!rs.asked && !completions.front().asked && outcomes(rs) != first)
        return "referred though the open facts matter";
    }
  }
  if (d.outcome != run::Outcome::undetermined) return "";
  if (d.needs.empty() && d.stuck_on.empty()) return "undetermined without a fact to ask for";
  for (const std::string& need : d.needs) {
    const bool known = std::none_of(open.begin(), open.end(), [&](const std::string& path) {
      return need == path || need.starts_with(path + "[");
    });
    if (known) return "asks for " + need + ", which is known";
  }
  if (!all.empty() && all_agree(all)) ++counts.loose;
  return "";
}

std::string compare_as_read(const run::Decision& d, const plan::ProgramInfo& program,
                            const std::vector<Results>& completions, bool known) {
  for (const Results& results : completions) {
    for (const Result& r : results.all) {
      if (r.fault == kAbsentUsed) return "";
      if (std::string fault = compare_one(d, program, r); !fault.empty()) return fault;
    }
  }
  const Results& only = completions.front();
  if (!known || only.asked || (d.outcome == run::Outcome::invalid && overflowed(d))) return "";
  return compare_exactly(d, program, only.all.front());
}

namespace {

bool a_result_is_faulty(const plan::StandardOutputs& outputs, const GradeResult& r) {
  return std::any_of(outputs.outputs.begin(), outputs.outputs.end(), [&](const auto& output) {
    const auto found = r.outputs.find(output.name);
    return output.result && found != r.outputs.end() && found->second.kind == Value::error;
  });
}

}  // namespace

std::string compare_grade(const run::Decision& d, const plan::Plan& plan, const plan::ProgramInfo& standard,
                          const std::vector<GradeResult>& reference, bool known) {
  const plan::StandardOutputs& outputs = standard.outputs;
  for (const GradeResult& r : reference) {
    if (r.grade.kind == Value::unreached || r.grade.kind == Value::refused) continue;
    if (!r.in_force) {
      const bool open = d.outcome == run::Outcome::undetermined || d.outcome == run::Outcome::referred;
      if (d.outcome != run::Outcome::not_in_force && (known || !open)) return "in force, reference not";
      continue;
    }
    if (r.grade.kind == Value::error) {
      if (known && d.outcome != run::Outcome::invalid) return "valid, reference " + r.grade.words;
      continue;
    }
    if (a_result_is_faulty(outputs, r)) {
      if (known && d.outcome != run::Outcome::invalid) return "valid, in the reference a result is faulty";
      continue;
    }
    if (d.outcome == run::Outcome::invalid) {
      if (overflowed(d)) continue;
      return "invalid, reference " + show(r, nullptr);
    }
    if (d.outcome == run::Outcome::not_in_force) return "not in force, reference edition " + r.edition;
    if (outputs.grade == plan::kNone) continue;
    const run::Value& grade = d.slots.at(outputs.grade);
    if (r.grade.kind == Value::member) {
      const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(r.grade.whole);
      if ((grade.mask & bit) == 0)
        return "grade mask " + std::to_string(grade.mask) + ", reference member " + std::to_string(r.grade.whole);
      if (known && d.outcome == run::Outcome::eligible && grade.mask != bit)
        return "grade is not decided, reference member " + std::to_string(r.grade.whole);
    } else {
      const std::uint64_t bit = r.grade.state == model::GradeState::below    ? plan::kBelow
                                : r.grade.state == model::GradeState::no_row ? plan::kNoRow
                                                                             : plan::kOutOfScope;
      if ((grade.mask & bit) == 0)
        return "grade mask " + std::to_string(grade.mask) + ", reference unclassified " +
               std::to_string(static_cast<int>(r.grade.state));
      if (known && d.outcome == run::Outcome::eligible && grade.mask != bit)
        return "grade mask " + std::to_string(grade.mask) + ", reference unclassified otherwise";
    }
    if (outputs.edition != plan::kNone && known) {
      const run::Value& edition = d.slots.at(outputs.edition);
      const auto& members = plan.enums.at(standard.sections.front().slots[outputs.edition].enumeration).members;
      for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].name == r.edition && edition.mask != std::uint64_t{1} << i)
          return "edition mask " + std::to_string(edition.mask) + ", reference " + r.edition;
    }
    for (const auto& [name, value] : r.outputs) {
      for (const auto& output : outputs.outputs) {
        if (output.name != name) continue;
        const run::Value& got = d.slots.at(output.value);
        if (value.kind != Value::truth) {
          if (output.result && !may_be(got, standard.sections.front().slots[output.value], value))
            return name + " cannot be what the reference says";
          continue;
        }
        if ((got.mask & (value.yes ? 2U : 1U)) == 0)
          return name + " is " + std::to_string(got.mask) + ", reference " + (value.yes ? "yes" : "no");
      }
    }
  }
  return "";
}

std::string show(const run::Decision& d, const plan::ProgramInfo& program) {
  std::string out(run::name_of(d.outcome));
  if (d.section != plan::kNone) out += " version " + program.sections.at(d.section).name;
  if (!d.failed.empty()) {
    out += " {";
    for (const std::string& f : failed_names(d, program)) out += " " + f;
    out += " }";
  }
  if (d.has_amount) out += " amount " + range(d.amount);
  if (!d.parts.empty()) out += " =";
  for (const run::MoneyRange& p : d.parts) out += " " + range(p);
  if (!d.needs.empty()) out += " needs";
  for (const std::string& n : d.needs) out += " " + n;
  for (const run::Error& e : d.errors) out += " error " + std::to_string(static_cast<int>(e.kind)) + " " + e.name;
  for (const run::Mark& m : d.marks) out += " mark " + std::to_string(static_cast<int>(m.kind));
  return out;
}

}  // namespace guiju::reference
