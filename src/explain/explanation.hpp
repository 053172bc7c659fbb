// A decision in words and figures, ready to show: what the command prints, the C API hands out and receipts will hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::explain {

struct CitationText {
  std::string title;
  std::vector<std::string> articles;
  std::string check;  // "", verified, unverified, secondhand
};
struct Failure {
  std::string name;
  std::uint32_t id = 0;  // stable over recompilation
  std::string text;
  std::vector<CitationText> cites;
};
struct PartText {
  std::string name, label;
  std::string amount;       // "1800.00"; where open: empty
  std::string least, most;  // the interval, equal where known
};
struct Need {
  std::string path, label, ask, at;
};
struct Referral {
  std::string what;  // undecided, not_found, discretion, gap, conflict, left_to_region
  std::string name;  // of the choice, table or let; may be empty
  std::string why;
};
struct Named {
  std::string name, label;
};
struct Warning {
  std::string kind;  // unverified, secondhand, verification_expired, check
  std::string name;
  std::string text;
};
struct Invalid {
  std::string path, got, allowed;
};

struct Explanation {
  std::string outcome;  // eligible … invalid
  std::string program, program_label;
  std::string implements;            // the programme that it carries out; empty: none
  std::string region, region_label;  // … where: code and name
  std::string version, version_label;
  std::string reference_date;             // ISO; empty where unknown
  std::string amount;                     // yuan, two decimals; empty where there is none or it is open
  std::string amount_least, amount_most;  // set where the amount is an interval; most empty: unbounded
  std::vector<PartText> parts;
  std::vector<PartText> shares;  // who bears what of the amount
  std::vector<Failure> failed;
  std::vector<Need> needs;
  std::vector<Referral> referred;
  std::vector<Named> conditions;  // quotas: only the host can settle them
  std::string nearest_version;    // not_in_force
  std::string nearest_from, nearest_to;
  std::optional<Named> payout;
  std::vector<Named> documents;  // owed
  std::vector<Warning> warnings;
  std::vector<Invalid> invalid;
};

struct GradeOutput {
  std::string name;
  std::string value;  // yes, no, unknown, absent; of a named grade its level or state
  std::string label;  // of the level
  bool is_grade = false;
  std::string text;  // why, where it does not hold
  bool warning = false;
};
struct GradeExplanation {
  std::string outcome;  // graded, unclassified, undetermined, referred, not_in_force, invalid
  std::string standard, standard_label;
  std::string edition;
  std::string grade, grade_label;  // member; empty where none or open
  std::vector<Named> possible;     // open: the grades it may be
  std::string state;               // below, no_row, out_of_scope, no_figure
  std::string why;
  std::vector<GradeOutput> outputs;  // comply, checks
  std::vector<Need> needs;
  std::vector<Referral> referred;
  std::vector<Warning> warnings;
  std::vector<Invalid> invalid;
};

[[nodiscard]] Explanation explain(const run::Facts& facts, const run::Decision& decision, bool english);
[[nodiscard]] GradeExplanation explain_grade(const run::Facts& facts, const run::Decision& decision, bool english);

}  // namespace guiju::explain
