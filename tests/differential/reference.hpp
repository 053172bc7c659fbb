// The reference evaluator: decides a case by walking the checked rulebook with big rationals, one completely known case
// at a time. It knows no plan, no slots, no intervals. Where the text leaves something open (undecided, discretion, not
// found, a gap, a conflict) it asks an oracle; running it for every path of the oracle gives every answer that the text
// allows.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "facts.hpp"
#include "model/rulebook.hpp"

namespace guiju::reference {

// Makes the choices of one run and remembers how many ways there were, so that all runs can be listed one after the
// other.
class Oracle {
 public:
  std::size_t pick(std::size_t ways);
  std::size_t pick(std::size_t ways, const model::Choice* choice);  // the same choice is made once
  std::size_t pick(std::size_t ways, const model::Expr* papers);    // what they stand for is one thing, too
  void restart();                                                   // the next run, with the same decisions so far
  void read_as(const model::Choice* choice, std::size_t way) { fixed_[choice] = way; }  // in all runs
  bool next();                                                                          // false: every path was taken
  [[nodiscard]] bool asked() const { return !taken_.empty(); }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> taken_;  // what was picked, of how many
  std::size_t position_ = 0;
  std::size_t once(std::size_t ways, const void* what);
  std::map<const void*, std::size_t> named_;
  std::map<const model::Choice*, std::size_t> fixed_;
};

enum class Outcome : std::uint8_t {
  eligible,
  ineligible,
  not_in_force,
  invalid,
  // duties
  not_owed,
  owed,
  met,
  late,
  overdue
};

// The fault of a result in which an absent value met an operator; the checker should have seen to it.
inline constexpr const char* kAbsentUsed = "absent met an operator";

// One answer to one completely known case, with every open text read in one way.
struct Result {
  Outcome outcome = Outcome::invalid;
  std::string version;
  std::vector<std::string> failed;     // requirements, limits, tables; of a duty what binds; sorted
  std::vector<std::string> refused;    // "part.requirement", of parts that are refused alone; sorted
  std::vector<std::string> unreached;  // requirements, or the amount, that rest on a requirement or table which fails
  std::optional<Number> amount;
  AmountKind kind = AmountKind::payment;  // of the amount: the one that says least of one payment
  std::vector<Number> parts;
  std::vector<Number> shares;
  std::vector<std::string> owed;  // documents
  Value deadline, done_on;        // of a duty; absent where there is none
  std::string fault;              // invalid: why
  friend bool operator==(const Result&, const Result&);
};
[[nodiscard]] std::string show(const Result& r);

// A programme or a duty.
[[nodiscard]] Result decide_once(const model::Program& program, const Case& facts, Oracle& oracle);

// What is paid where that is the amount: up to a ceiling, anything where it is an average, some of both; of a charge,
// a deduction or a credit nothing.
[[nodiscard]] Number paid(const Result& result, Oracle& oracle);

// One answer of a standard.
struct GradeResult {
  bool in_force = true;
  bool invalid = false;
  std::string edition;
  Value grade;                           // member or unclassified
  std::map<std::string, Value> outputs;  // comply and checks: truth, or absent
};
[[nodiscard]] std::string show(const GradeResult& r, const model::Enum* scale);
[[nodiscard]] GradeResult grade_once(const model::Standard& standard, const Case& facts, Oracle& oracle);

// Every result that some path of the oracle gives, without repetition; `exhausted` is false where there were more than
// `limit`.
struct Results {
  std::vector<Result> all;
  bool asked = false;  // some text was open
  bool exhausted = true;
};
[[nodiscard]] Results decide_all(const model::Program& program, const Case& facts, std::size_t limit,
                                 Oracle oracle = {});

}  // namespace guiju::reference
