// Every programme decided on one set of facts, and what of it may lawfully be granted together. Programmes that no
// group relates simply stack. Within a group each set of programmes that do not exclude each other is weighed: the
// common ceiling is applied, and the winner taken by the group's rule. What is open stays open: a set that could still
// win is kept beside the others, and only the facts on which it hangs are asked for. Programmes and groups that hang on
// the same unknown fact are then looked at case by case, together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan/group.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"
#include "run/readings.hpp"

namespace guiju::run {

// The facts of one case as each programme and group knows them, by index in Plan::programs; standards and checks have
// none. A programme that is not asked about is neither decided nor granted.
struct CaseFacts {
  explicit CaseFacts(std::shared_ptr<const plan::Plan> plan);
  void reset();

  std::shared_ptr<const plan::Plan> plan;
  std::vector<std::unique_ptr<Facts>> facts;
  std::vector<bool> asked;
};

// How a programme comes out beside the others. What is said holds in every case that is left; where reasons why it is
// granted nothing differ from case to case, it is open.
struct Standing {
  static constexpr std::size_t kOpenBy = SIZE_MAX;
  enum Kind : std::uint8_t {
    not_asked,
    not_granted,  // by its own decision
    granted,
    excluded,      // by `by`, under `exclusion`
    nothing_left,  // of the common ceiling
    open,
    carried_out,  // a local programme, `carried_by`, stands in its place
  } kind = not_asked;
  plan::Index program = plan::kNone;  // of a member: it, or the first that may stand in its place
  MoneyRange own;                     // what it pays by itself
  MoneyRange granted_amount;
  bool denied = false;                   // open: granted nothing in any case, and only why is open
  std::size_t by = 0;                    // member; kOpenBy: it is open which
  std::size_t exclusion = 0;             // of the GroupSection; likewise
  plan::Index carried_by = plan::kNone;  // kNone: it is open which
};

// Programmes that may be granted together, and cannot be joined by another.
struct Choice {
  std::vector<bool> members;        // by member: granted
  std::vector<MoneyRange> amounts;  // by member; 0 where not granted
  MoneyRange total;
  bool open = false;  // a programme in it may yet fail, or an exclusion hold
};

// What a group comes to by another reading of a text of its own than the adopted one.
struct OtherReading {
  Reading reading;
  Outcome outcome = Outcome::ineligible;
  MoneyRange total;
};

struct GroupResult {
  plan::Index group = plan::kNone;    // in Plan::programs
  plan::Index section = plan::kNone;  // the version that governed; kNone: none, or it is open which
  bool base = false;                  // none governs: what is written before the versions holds
  Outcome outcome = Outcome::not_in_force;
  std::optional<Day> reference_date;
  MoneyRange total;
  std::vector<Standing> members;  // by GroupSection::members; empty where it is open which version governs
  std::vector<Choice> choices;    // best first: the first is granted, or suggested where the applicant chooses
  std::vector<std::string> needs;
  std::vector<std::string> stuck_on;         // what matters and cannot be said; told where nothing is left to ask
  std::vector<Mark> marks;                   // of the group itself; those of members are in their decisions
  std::vector<OpenSource> open;              // likewise
  std::vector<OtherReading> other_readings;  // of a settled group: those by which something else is granted
  std::vector<BadFact> bad;
  std::vector<Error> errors;
  Decision work;  // the slots of its section, for the texts of exclusions
};

struct Combination {
  std::vector<Decision> decisions;  // by index in Plan::programs, of programmes that were asked about
  std::vector<GroupResult> groups;  // of which a member was asked about
  std::vector<Standing> standings;  // by index in Plan::programs
  // eligible: something is granted, and nothing is open; ineligible: nothing is granted; not_in_force: nothing that was
  // asked about is in force
  Outcome outcome = Outcome::not_in_force;
  MoneyRange total;
  std::vector<std::string> needs;  // where no programme was asked about: what would say of which case it is
};

void combine(const CaseFacts& facts, const Options& options, Combination& combination);

// What governs in a result; nullptr where that is open.
[[nodiscard]] const plan::GroupSection* group_section(const plan::Plan& plan, const GroupResult& result);
[[nodiscard]] const plan::Section* section_of(const plan::Plan& plan, const GroupResult& result);

}  // namespace guiju::run
