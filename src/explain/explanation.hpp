// A decision in words and figures, ready to show: what the command prints, the C API hands out and receipts will hold.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "explain/words.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::explain {

struct CitationText {
  std::string title;
  std::vector<std::string> articles;
  std::string check;  // "", verified, unverified, secondhand
};
// Two values that were held against each other, and what was asked of them. Its texts are kept by the answer.
struct Compared {
  Phrase path;        // of the fact; empty where the value is computed
  Phrase what;        // its label, the name of the value, or the expression in words
  Phrase value;       // "6000.00元"
  Phrase relation;    // <, <=, =, !=, >=, >, is, is not, in, not in, within, not within, exists, not exists
  Phrase bound;       // "5000.00元", "2级及以上"; empty for exists
  Phrase bound_what;  // the label of a bound that is itself a fact or computed
  bool holds = false;
  Phrase text;  // all of it in one phrase
  // Where it stands in the condition, "1", "2.1", "2.2.1": what the first number counts had to hold, all of it; of what
  // the second counts within one of them any one would have been enough; the third counts what again had to hold
  // together, and so on. Empty: of no condition.
  Phrase place = {};
  Phrase reading = {};  // of a text that is open: only where it is read so; empty: in any case
};
// An entry of a list for which a requirement on every entry fails.
struct FailedEntry {
  std::string path;   // scrapped[0]
  std::string label;  // "拆解船 第1项"
  std::string text;
  std::vector<Compared> compared;
  std::string text_zh, text_en;
};
struct Failure {
  std::string name;
  std::string label = {};  // its name in the language of the reader, where it has one
  std::uint32_t id = 0;    // stable over recompilation
  std::string text;
  std::vector<CitationText> cites;
  std::vector<Compared> compared;         // those that made it fail; of a table the keys of the row that was hit
  std::string text_zh, text_en;           // the reason in each language
  std::string part = {};                  // whose alone it is; empty: of the case
  std::vector<FailedEntry> entries = {};  // of a requirement on every entry; the text names them, too
  std::string kind = {};                  // of a duty: must, must_not, advised; else empty
};
// A part that is not granted, whatever becomes of the others.
struct RefusedPart {
  std::string name, label;
  std::vector<Failure> reasons;
};
// A cap, floor or rounding that took something away or added something.
struct Adjustment {
  std::string kind;           // cap, floor, rounding, rest (of a limit that pays the rest)
  std::string part;           // whose own it is; empty: of the whole
  std::string written;        // in the words of the rule
  std::string bound;          // yuan; of a rounding its unit
  std::string before, after;  // of the part or of the whole, yuan
  std::string change;         // after - before, signed
  struct Taken {
    std::string part, change;
  };
  std::vector<Taken> by_part;  // of the whole: what each part gave or got, where there are several
};
struct PartText {
  std::string name, label;
  std::string amount;       // "1800.00"; where open: empty
  std::string least, most;  // the interval, equal where known
  std::string before;       // as the rule writes it, before every cap, floor and rounding; empty where open
  std::string kind = {};    // name of an AmountKind; of shares empty
};
struct Need {
  std::string path, label, ask, at;
};
struct Referral {
  std::string what;  // undecided, not_found, discretion, gap, conflict, left_to_region, contradiction; of a combination
                     // ceiling, average: how much is paid of one
  std::string name;  // of the choice, table or let; may be empty
  std::string why;
  std::vector<std::string> readings = {};  // between which a person has to choose
};
struct Named {
  std::string name, label;
};
// A paper of which it is open whether it is owed.
struct OpenDocument {
  std::string name, label;
  std::vector<Need> needs;         // the facts that would say
  std::vector<std::string> texts;  // and what the text of the rules leaves open
};
// What a referred case comes to where the texts that leave it open are read in one way (readings.hpp).
struct ByReading {
  struct Read {
    std::string name;      // of the text; may be empty
    std::string question;  // Referral::why
    std::string reading;   // of Referral::readings
  };
  std::vector<Read> read;
  std::string outcome;
  std::string amount_kind, amount, amount_least, amount_most;  // as in Explanation
  bool may_be_refused = false;
  std::string grade, grade_label;  // of a standard
  // Why it is refused; what is still missing or for a person to settle; of a standard what else it gives or why there
  // is no grade; of a duty its last day. May be empty.
  std::string text;
};
struct Warning {
  std::string kind;  // unverified, secondhand, verification_expired, check, other_reading
  std::string name;
  std::string text;
  std::string about = {};  // the paper that nobody has checked, else what `name` is called where people read
};
struct Invalid {
  std::string path, got, allowed;
  std::string label = {};  // of the fact; may be empty
  bool of_rules = false;   // the rules contradict themselves, whatever the facts
};

// One line of the trace (trace.hpp).
struct TraceLine {
  int depth = 0;  // 1: what the line above is made of
  Phrase kind;  // version, let, table, list, cap, floor, rounding, rest, bands, reading, require, entry, limit, quota,
                // part, amount, share, payout, document, ensure; of standards edition, level, grade, check, result
  Phrase name, label;
  Phrase written;  // in the words of the rule, on one line
  Phrase value;    // empty where there is none
  Phrase state;    // known, open, not_reached
  std::span<const Compared> compared;
};
struct Trace {
  std::vector<TraceLine> lines;
  std::shared_ptr<const Words> words;  // what the lines are told in
};

// What would make a case eligible (remedies.hpp).
struct ChangeText {
  std::string path, label;
  std::string from, to;  // as people read them
};
struct RemedyText {
  std::vector<ChangeText> changes;
  std::string outcome;  // eligible
  std::string version;
  std::string amount;  // yuan; empty where there is none or it is open
  std::string text;    // "能效等级改为2级(现为 3级)"
};
struct RemedyTexts {
  std::vector<RemedyText> list;
  bool cut_short = false;  // a limit of the search was reached: there may be others
};

struct Suspended {
  std::string from, to;  // ISO; empty where open
  std::string text;
};

// Of a duty, whatever the outcome.
struct DutyText {
  std::vector<std::string> bearers;
  std::string deadline;  // ISO; empty where there is none or it is open
  std::string done_on;   // ISO; empty where it is not done or open
};

struct Explanation {
  // Defaulted once, in explanation.cpp: inline they would be compiled anew in every file that holds one.
  Explanation();
  Explanation(const Explanation& other);
  Explanation(Explanation&& other) noexcept;
  Explanation& operator=(const Explanation& other);
  Explanation& operator=(Explanation&& other) noexcept;
  ~Explanation();

  std::string outcome;  // eligible … invalid; of a duty not_owed … overdue
  std::string program, program_label;
  std::string implements, implements_label;  // the programme that it carries out; empty: none
  std::string region, region_label;          // … where: code and name
  std::string version, version_label;
  std::string reference_date;             // ISO; empty where unknown
  std::string known_on;                   // ISO; empty where the rules were read without restriction
  std::string amount_kind;                // what the figure is: name of an AmountKind; empty where there is none
  std::string amount;                     // yuan, two decimals; empty where there is none or it is open
  std::string amount_least, amount_most;  // set where the amount is an interval; most empty: unbounded
  std::string before;                     // an amount without parts: before every cap, floor and rounding
  std::vector<PartText> parts;
  std::vector<Adjustment> adjustments;  // in the order in which they apply; with the parts before them they add up
  std::vector<PartText> shares;         // who bears what of the amount
  bool may_be_refused = false;          // undetermined, referred: some completion is not eligible
  std::vector<Failure> failed;          // where every part is refused, the reasons of each
  std::optional<DutyText> duty;         // failed: the obligations that hold
  std::vector<RefusedPart> refused;     // parts that fail alone
  std::vector<Failure> failed_one;      // ineligible: one of these fails in any case, which one is open
  std::vector<Need> needs;              // the one that settles most first
  std::vector<Need> stuck_on;           // undetermined, and none of the facts that matter can be said
  std::vector<Referral> referred;
  std::vector<ByReading> by_reading;  // referred: by the readings of its open texts
  std::vector<Named> conditions;      // quotas: only the host can settle them
  std::string nearest_version;        // not_in_force
  std::string nearest_from, nearest_to;
  std::string nearest_published;       // where that is later than known_on
  std::optional<Suspended> suspended;  // not_in_force on a day of these
  std::optional<Named> payout;
  std::vector<Named> documents;  // owed
  std::vector<OpenDocument> open_documents;
  std::vector<Warning> warnings;
  std::vector<Invalid> invalid;
  std::shared_ptr<const Words> words;  // what is told of values compared
  // On demand only.
  std::optional<Trace> trace;
  std::optional<RemedyTexts> would_make_eligible;
};

struct GradeOutput {
  std::string name, title;  // title: its own label, where it has one
  std::string value;        // yes, no, unknown, absent; of a named grade its level or state
  std::string label;        // of the level
  bool is_grade = false;
  std::string text;  // why, where it does not hold
  bool warning = false;
};
// What `gives` says, beside the grade.
struct ResultText {
  std::string name, label;
  std::string state;            // known, open, absent, no_limit, below, no_row, out_of_scope
  std::string value;            // known: yes, no, "12.5", 2026-03-01, a member, a region code, a text
  std::string least, most;      // an open number or day: its ends, where there are any
  std::string unit;             // of a number, as the rule writes it; yuan for money
  std::vector<Named> possible;  // an open member: what it may be
  std::string text;             // for people: "12.5 kW", "2026年3月1日", "未知"
};
struct GradeExplanation {
  // Defaulted once, in explanation.cpp: inline they would be compiled anew in every file that holds one.
  GradeExplanation();
  GradeExplanation(const GradeExplanation& other);
  GradeExplanation(GradeExplanation&& other) noexcept;
  GradeExplanation& operator=(const GradeExplanation& other);
  GradeExplanation& operator=(GradeExplanation&& other) noexcept;
  ~GradeExplanation();

  std::string outcome;  // graded, unclassified, undetermined, referred, not_in_force, invalid
  std::string standard, standard_label;
  std::string edition;
  std::string known_on;                // as above
  std::optional<Suspended> suspended;  // not_in_force on a day of these
  std::string grade, grade_label;      // member; empty where none or open
  std::vector<Named> possible;         // open: the grades it may be
  std::string state;                   // below, no_row, out_of_scope, no_figure
  std::string why;
  std::vector<GradeOutput> outputs;  // comply, checks
  std::vector<ResultText> results;
  std::vector<Need> needs;
  std::vector<Need> stuck_on;
  std::vector<Referral> referred;
  std::vector<ByReading> by_reading;  // as above
  std::vector<Warning> warnings;
  std::vector<Invalid> invalid;
  std::optional<Trace> trace;  // on demand only
};

[[nodiscard]] Explanation explain(const run::Facts& facts, const run::Decision& decision, bool english);
[[nodiscard]] GradeExplanation explain_grade(const run::Facts& facts, const run::Decision& decision, bool english);

}  // namespace guiju::explain
