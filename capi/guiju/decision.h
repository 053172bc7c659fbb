/* clang-format off */ /* its comments stand in columns */
/*
 * What a decision says: parts, reasons, needs, papers, warnings, grades, trace, remedies. What holds for every function stands in
 * guiju.h.
 */
#ifndef GUIJU_DECISION_H
#define GUIJU_DECISION_H

#include "deciding.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what a decision says ------------------------------------------------------------------------------------------------ */

/* The lists of a decision, for gj_decision_count. */
typedef int32_t gj_part_of_decision;
enum {
  GJ_PARTS = 0,        /* gj_decision_part */
  GJ_FAILURES = 1,     /* gj_decision_failure */
  GJ_NEEDS = 2,        /* gj_decision_need */
  GJ_REFERRALS = 3,    /* gj_decision_referral */
  GJ_CONDITIONS = 4,   /* gj_decision_condition */
  GJ_DOCUMENTS = 5,    /* gj_decision_document */
  GJ_WARNINGS = 6,     /* gj_decision_warning */
  GJ_BAD_FACTS = 7,    /* gj_decision_bad_fact */
  GJ_CHECKS = 8,       /* gj_decision_check */
  GJ_POSSIBLE_GRADES = 9,  /* gj_decision_possible_grade */
  GJ_SHARES = 10,          /* gj_decision_share */
  GJ_ADJUSTMENTS = 11,     /* gj_decision_adjustment */
  GJ_TRACE = 12,           /* gj_decision_trace_line */
  GJ_REMEDIES = 13,        /* gj_decision_remedy */
  GJ_STUCK_ON = 14,        /* gj_decision_stuck_on */
  GJ_FAILED_ONE_OF = 15,   /* gj_decision_failed_one_of */
  GJ_REFUSALS = 16,         /* gj_decision_refused */
  GJ_TARGETS = 17,          /* gj_decision_target */
  GJ_RESULTS = 20,         /* gj_decision_result */
  GJ_BY_READING = 21,      /* gj_decision_by_reading */
  GJ_OPEN_DOCUMENTS = 22   /* gj_decision_open_document */
};

/* A part of the amount, or the share that somebody bears of it. The parts add up to it, and so do the shares. Of a part that is only
   a ceiling or an average `least` and `most` say between what its payment lies, and `figure` what the rules give. */
typedef struct gj_part {
  size_t size;
  gj_text name;
  gj_text label;
  gj_decimal least, most;    /* yuan; equal where known. Zero where they do not fit; the texts do */
  int32_t is_known;
  int32_t is_unbounded;      /* no upper end */
  gj_text amount;            /* "1800.00"; empty where open or silent */
  gj_text before;            /* as the rule writes it, before every cap, floor and rounding; with the adjustments it adds up */
  gj_amount_kind kind;
  gj_text figure;            /* of whichever kind, "1800.00"; empty where open or silent */
} gj_part;

/* A cap, floor or rounding that took something away or added something. Figures are in yuan, exact; one that no decimal can say
   has U+2248 before its digits. */
typedef struct gj_adjustment {
  size_t size;
  gj_text kind;              /* "cap", "floor", "rounding", "rest": what a limit that pays the rest leaves */
  gj_text part;              /* whose own it is; empty: of the whole amount */
  gj_text written;           /* in the words of the rule */
  gj_text bound;             /* of a rounding its unit */
  gj_text before, after;     /* of that part, or of the whole */
  gj_text change;            /* after - before, with its sign */
  size_t taken_count;        /* gj_decision_taken */
} gj_adjustment;

/* What one part of several gave or got by an adjustment of the whole. */
typedef struct gj_taken {
  size_t size;
  gj_text part;
  gj_text change;
} gj_taken;

/* A requirement, limit or table that the case fails. */
typedef struct gj_failure {
  size_t size;
  uint32_t id;               /* stable when rules are compiled again: made of the names of program and requirement */
  gj_text name;
  gj_text text;              /* the reason */
  size_t citation_count;     /* gj_decision_citation */
  gj_text text_zh, text_en;  /* the reason in each language */
  size_t compared_count;     /* gj_decision_compared */
  gj_text part;              /* the part that it refuses; empty: the whole case */
  size_t entry_count;        /* gj_decision_failed_entry: of a requirement on every entry of a list those that fail it */
  gj_text kind;              /* of a duty "must", "must_not", "advised"; else empty */
} gj_failure;

/* An entry of a list for which a requirement on every entry fails. */
typedef struct gj_failed_entry {
  size_t size;
  gj_text path;              /* "scrapped[0]" */
  gj_text label;             /* "scrapped ship, entry 1" */
  gj_text text;              /* the reason */
  gj_text text_zh, text_en;  /* in each language */
} gj_failed_entry;

/* One target of a plan. Figures come with their unit, "72%"; those that are open are empty, their ends stand in the JSON. */
typedef struct gj_target {
  size_t size;
  gj_outcome outcome;        /* GJ_TARGET_ATTAINED, GJ_TARGET_OPEN, GJ_TARGET_MISSED, GJ_UNDETERMINED, GJ_REFERRED, GJ_INVALID */
  gj_text name, indicator;
  gj_text kind;              /* "level", "change", "total", "each", "judged" */
  gj_text pace;              /* of an open target "on_track" or "behind", against an even step every day from the first day to the
                                last; empty where no such path can be drawn */
  gj_text figure;            /* what was reached */
  gj_text relation;          /* ">=", ">", "<=", "<", "about"; empty: in words */
  gj_text reach, baseline;
  gj_text to_go;             /* what is still missing */
  gj_text expected_by_now;   /* at an even pace */
  gj_text ahead_by;          /* figure - expected_by_now, with its sign */
  gj_date due;               /* 0-0-0: none, or open */
  gj_text missing;           /* of "each" the texts that are not there, else what was never observed; joined with "; ", else empty */
} gj_target;

/* Two values that were held against each other. */
typedef struct gj_compared {
  size_t size;
  gj_text path;              /* of the fact; empty where the value is computed */
  gj_text what;              /* its label, the name of the value, or the expression in words */
  gj_text value;             /* "6000.00 yuan" */
  gj_text relation;          /* what was asked: "<", "<=", "=", "!=", ">=", ">", "is", "is not", "in", "not in", "within",
                                "not within", "exists", "not exists"; of levels "better", "or better", "or worse", "worse" */
  gj_text bound;             /* "5000.00 yuan", "level 2 or better"; empty for "exists" */
  gj_text bound_what;        /* the label of a bound that is itself a fact or computed */
  gj_text text;              /* all of it in one phrase */
  int32_t holds;
  gj_text place;             /* where it stands in the condition, "1", "2.1", "2.2.1": what the first number counts had to hold, all
                                of it; of what the second counts any one would have been enough; of the third again all */
  gj_text reading;           /* of a text that is open: only where it is read so; empty: in any case */
} gj_compared;

/* The paper that a requirement stands on. */
typedef struct gj_citation {
  size_t size;
  gj_text title;
  gj_text articles;          /* joined with "; " */
  gj_text check;             /* "", "verified", "unverified", "secondhand" */
} gj_citation;

/* A fact that would help to decide. */
typedef struct gj_need {
  size_t size;
  gj_text path;
  gj_text label;
  gj_text ask;
  gj_text at;
} gj_need;

/* Something that a person has to settle. */
typedef struct gj_referral {
  size_t size;
  gj_text what;              /* "undecided", "not_found", "discretion", "gap", "conflict", "contradiction" */
  gj_text name;
  gj_text why;
  size_t reading_count;      /* gj_decision_reading */
} gj_referral;

/* What a referred case comes to where the texts that leave it open are read in one way. Amounts are in yuan, with two decimals. */
typedef struct gj_by_reading {
  size_t size;
  gj_outcome outcome;        /* of a standard GJ_GRADED, GJ_UNCLASSIFIED, …; GJ_UNDETERMINED where read so a fact is missing */
  gj_amount_kind amount_kind;
  gj_text amount;            /* the figure of whichever kind, "500.00"; empty where there is none or it is open */
  gj_text least, most;       /* between what it lies, equal where known; both empty: no amount; `most` alone: no upper end */
  int32_t may_be_refused;    /* read so it is still open whether it is eligible */
  gj_text grade, grade_label;  /* of a standard */
  gj_text text;              /* why it is refused, what is still missing or for a person to settle; of a standard what it gives
                                besides; of a duty its last day; may be empty */
  size_t read_count;         /* gj_decision_read */
} gj_by_reading;

/* One text and how it is read. */
typedef struct gj_read {
  size_t size;
  gj_text name;              /* as in gj_referral; may be empty */
  gj_text question;
  gj_text reading;           /* one of its readings, as gj_decision_reading gives them */
} gj_read;

/* A name with its label. */
typedef struct gj_named {
  size_t size;
  gj_text name;
  gj_text label;
} gj_named;

/* A document that is owed in some of the ways in which what is open may turn out, and in others not. */
typedef struct gj_open_document {
  size_t size;
  gj_text name;
  gj_text label;
  size_t need_count;         /* gj_decision_open_document_need */
  size_t text_count;         /* gj_decision_open_document_text */
} gj_open_document;

/* A figure that nobody checked, a verification that ran out, a check that did not hold. */
typedef struct gj_warning {
  size_t size;
  gj_text kind;              /* "unverified", "secondhand", "verification_expired", "check", "other_reading" */
  gj_text name;
  gj_text text;
  gj_text about;             /* the paper that nobody has checked, else what `name` is called where people read; may be empty */
} gj_warning;

/* A fact that is not allowed, or what went wrong while deciding. */
typedef struct gj_bad_fact {
  size_t size;
  gj_text path;
  gj_text got;
  gj_text allowed;
  gj_text label;             /* of the fact; may be empty, and is before anything was put into words */
} gj_bad_fact;

/* A grade by a standard. */
typedef struct gj_grade {
  size_t size;
  gj_text name;              /* the level; empty where there is none or it is open */
  gj_text label;
  gj_text state;             /* unclassified: "below", "no_row", "out_of_scope", "no_figure" */
  gj_text why;               /* the limits of the level that it meets and those of the next better one that it misses; else why there
                                is no level; may be empty */
} gj_grade;

/* Compliance, a requirement, a check or a named grade of an edition. */
typedef struct gj_check {
  size_t size;
  gj_text name;
  gj_text value;             /* "yes", "no", "unknown", "absent"; of a named grade its level, or the state without one.
                                Compliance is "absent" outside the scope, or where there is no level to hold against it */
  gj_text text;              /* why, where it does not hold or is absent */
  int32_t is_warning;        /* a check: it never changes the grade */
  gj_text label;             /* of the compliance, check or named grade itself; may be empty */
} gj_check;

/* What a standard gives beside its grade: a class, a limit, a day. */
typedef struct gj_result {
  size_t size;
  gj_text name;
  gj_text label;
  gj_text state;             /* "known", "open", "absent" (it does not apply), "no_limit"; of a level that is none "below",
                                "no_row", "out_of_scope" */
  gj_text value;             /* known: "yes", "no", "12.5", "2026-03-01", a member, a region code or a text; otherwise empty. A
                                number that no decimal can say is a fraction, "1/3" */
  gj_text unit;              /* of a number, as the rule writes it; "yuan" for money */
  gj_text least, most;       /* open numbers and days: their ends, empty where there is none */
  gj_text text;              /* for people, in the language of the decision: "12.5 kW" */
  size_t possible_count;     /* open members: gj_decision_result_possible */
} gj_result;

/* One step of a decision. */
typedef struct gj_trace_line {
  size_t size;
  int32_t depth;             /* 1: what the line of depth 0 above it is made of */
  gj_text kind;              /* "version", "let", "table", "list", "cap", "floor", "rounding", "rest", "bands", "reading", "require",
                                "limit", "quota", "part", "amount", "share", "payout", "document", "ensure"; of standards "edition",
                                "level", "grade", "check" */
  gj_text name;
  gj_text label;
  gj_text written;           /* in the words of the rule, on one line */
  gj_text value;             /* empty where there is none */
  gj_text state;             /* "known", "open", "not_reached" */
  size_t compared_count;     /* gj_decision_trace_compared */
} gj_trace_line;

/* One or two changes that would make a refused case eligible. */
typedef struct gj_remedy {
  size_t size;
  size_t change_count;       /* gj_decision_change */
  gj_text version;           /* that would govern then */
  gj_text amount;            /* "1500.00"; empty where there is none or it is open */
  gj_text text;              /* the changes in words */
} gj_remedy;

/* One changed fact. */
typedef struct gj_change {
  size_t size;
  gj_text path;
  gj_text label;
  gj_text from, to;          /* as people read them */
} gj_change;

/* How long one of the lists is. 0 for a list that does not exist. */
GJ_API size_t gj_decision_count(const gj_decision *decision, gj_part_of_decision list);

/* Each of the next fills *out with one item, whose texts live until the next gj_decide, setter or deletion of the decision.
   GJ_E_ARGUMENT: no such index. */

/* A part of the amount. */
GJ_API gj_status gj_decision_part(const gj_decision *decision, size_t index, gj_part *out);

/* What one of those who bear the amount pays of it, under the name that the rules give them: central, province. The shares add up to
   the amount; none where the rules do not say who bears it. */
GJ_API gj_status gj_decision_share(const gj_decision *decision, size_t index, gj_part *out);

/* A requirement that failed. All that fail are listed, not the first. Of a duty: an obligation that holds. */
GJ_API gj_status gj_decision_failure(const gj_decision *decision, size_t index, gj_failure *out);

/* The ids of all requirements that failed, in order, for hosts that know them by gj_failure::id: writes at most `room` of them to `ids`,
   which may be NULL where `room` is 0, and gives how many there are. NULL decision: none. Allocates nothing. */
GJ_API size_t gj_decision_failed_ids(const gj_decision *decision, uint32_t *ids, size_t room);

/* One row of a GJ_TARGET_TABLE. The outcome of the decision is the first that some row has of GJ_INVALID, GJ_TARGET_MISSED, GJ_UNDETERMINED,
   GJ_TARGET_OPEN, GJ_REFERRED, else GJ_TARGET_ATTAINED; needs and referrals of the decision are those of all rows. Not of silent decisions. */
GJ_API gj_status gj_decision_target(const gj_decision *decision, size_t index, gj_target *out);

/* Of a duty, the day by which it is to be done; 0-0-0 where there is none or it is open. */
GJ_API gj_date gj_decision_deadline(const gj_decision *decision);

/* Of a duty, the day on which it was done; 0-0-0 where it was not or it is open. */
GJ_API gj_date gj_decision_done_on(const gj_decision *decision);

/* A citation of a requirement that failed. */
GJ_API gj_status gj_decision_citation(const gj_decision *decision, size_t failure, size_t index, gj_citation *out);

/* The values that were compared in a requirement that failed, those that made it fail; of a table the keys against the row that
   was hit. */
GJ_API gj_status gj_decision_compared(const gj_decision *decision, size_t failure, size_t index, gj_compared *out);

/* An entry that fails a requirement on every entry of its list. None where it is open which of them does. */
GJ_API gj_status gj_decision_failed_entry(const gj_decision *decision, size_t failure, size_t index, gj_failed_entry *out);

/* Why a part is refused while the case is decided by the others: every condition of every part that fails, by part. entry_count is 0;
   the JSON has the entries. Where no part is left they are failures of the case as well. */
GJ_API gj_status gj_decision_refused(const gj_decision *decision, size_t index, gj_failure *out);

/* A citation of such a condition. */
GJ_API gj_status gj_decision_refused_citation(const gj_decision *decision, size_t refusal, size_t index, gj_citation *out);

/* The values that were compared in such a condition, those that made it fail. */
GJ_API gj_status gj_decision_refused_compared(const gj_decision *decision, size_t refusal, size_t index, gj_compared *out);

/* An adjustment of the amount, in the order in which they apply. The parts as they were before, and the change of every adjustment,
   add up to the amount. */
GJ_API gj_status gj_decision_adjustment(const gj_decision *decision, size_t index, gj_adjustment *out);

/* What a part gave or got by an adjustment. */
GJ_API gj_status gj_decision_taken(const gj_decision *decision, size_t adjustment, size_t index, gj_taken *out);

/* Where GJ_INELIGIBLE comes without failures: some of these fail in any case, and which ones is open. */
GJ_API gj_status gj_decision_failed_one_of(const gj_decision *decision, size_t index, gj_failure *out);

/* A citation of one of them. */
GJ_API gj_status gj_decision_failed_one_of_citation(const gj_decision *decision, size_t failure, size_t index, gj_citation *out);

/* A fact that is needed, the one that settles most first. Whoever asks for the first one again and again, and sets what is answered,
   comes to the decision. */
GJ_API gj_status gj_decision_need(const gj_decision *decision, size_t index, gj_need *out);

/* GJ_UNDETERMINED without needs: a fact that matters and that cannot be said (GJ_UNKNOWABLE). */
GJ_API gj_status gj_decision_stuck_on(const gj_decision *decision, size_t index, gj_need *out);

/* Something for a person to settle. */
GJ_API gj_status gj_decision_referral(const gj_decision *decision, size_t index, gj_referral *out);

/* One of the readings between which a person has to choose; empty past the end. Lives as the items do. */
GJ_API gj_text gj_decision_reading(const gj_decision *decision, size_t referral, size_t index);

/* GJ_REFERRED for texts with readings: one way in which those that matter can be read, and what it leads to, so that whoever decides
   sees what hangs on it. A text that no longer matters once another is read is not read. At most 12 ways: where there would be more
   some stay GJ_REFERRED. None in silent decisions; of targets the JSON has them, row by row. */
GJ_API gj_status gj_decision_by_reading(const gj_decision *decision, size_t index, gj_by_reading *out);

/* One text that is read in that way. */
GJ_API gj_status gj_decision_read(const gj_decision *decision, size_t way, size_t index, gj_read *out);

/* A condition that only the host can settle, such as a quota. */
GJ_API gj_status gj_decision_condition(const gj_decision *decision, size_t index, gj_named *out);

/* A document that is still owed. */
GJ_API gj_status gj_decision_document(const gj_decision *decision, size_t index, gj_named *out);

/* A document of which it is open whether it is owed: it is needed in some of the ways in which what nobody said may turn out.
   None in silent decisions. */
GJ_API gj_status gj_decision_open_document(const gj_decision *decision, size_t index, gj_open_document *out);

/* A fact that would say whether that document is owed; one that is set may leave it open until the others are. */
GJ_API gj_status gj_decision_open_document_need(const gj_decision *decision, size_t document, size_t index, gj_need *out);

/* What the text of the rules leaves open about that document; empty past the end. Lives as the items do. */
GJ_API gj_text gj_decision_open_document_text(const gj_decision *decision, size_t document, size_t index);

/* A warning. */
GJ_API gj_status gj_decision_warning(const gj_decision *decision, size_t index, gj_warning *out);

/* A bad fact. */
GJ_API gj_status gj_decision_bad_fact(const gj_decision *decision, size_t index, gj_bad_fact *out);

/* Compliance or a check of a standard. */
GJ_API gj_status gj_decision_check(const gj_decision *decision, size_t index, gj_check *out);

/* A result of a standard. */
GJ_API gj_status gj_decision_result(const gj_decision *decision, size_t index, gj_result *out);
/* What an open member of result `result` may be. */
GJ_API gj_status gj_decision_result_possible(const gj_decision *decision, size_t result, size_t index, gj_named *out);
/* A grade that is still possible where the grade is open. */
GJ_API gj_status gj_decision_possible_grade(const gj_decision *decision, size_t index, gj_named *out);

/* How the money is paid out. GJ_E_NOT_FOUND: the version does not say. */
GJ_API gj_status gj_decision_payout(const gj_decision *decision, gj_named *out);

/* GJ_NOT_IN_FORCE: the version nearest in time. GJ_E_NOT_FOUND otherwise. */
GJ_API gj_status gj_decision_nearest_version(const gj_decision *decision, gj_version_info *out);

/* Makes the trace of the decision: every named value, table row, requirement, part, cap, rounding and payout, in the order of the rule
   file. The facts must be those that were decided; they are decided once more. Its lines live as the other items do, and the JSON has
   them from now on. GJ_E_STATE: nothing was decided yet, or the facts are others or were written to since. GJ_E_ARGUMENT: the facts
   are of another program, or targets. */
GJ_API gj_status gj_decision_make_trace(const gj_facts *facts, gj_decision *decision, gj_error **error);

/* A step. GJ_E_STATE before gj_decision_make_trace. */
GJ_API gj_status gj_decision_trace_line(const gj_decision *decision, size_t index, gj_trace_line *out);

/* What was compared in a step. */
GJ_API gj_status gj_decision_trace_compared(const gj_decision *decision, size_t line, size_t index, gj_compared *out);

/* Finds what would make a refused case eligible: the fewest changes of the facts that the rules call `changeable`, one, else two,
   each verified by deciding again; fewest first, then the highest amount. A day before that of gj_decision_set_as_at is not offered.
   It decides many times, at most 20,000. The facts must be those that were decided, and are only read. Finds nothing where the case
   is not refused. Its items live as the others do, and the JSON has them from now on. GJ_E_STATE, GJ_E_ARGUMENT as above. */
GJ_API gj_status gj_decision_find_remedies(const gj_facts *facts, gj_decision *decision, gj_error **error);

/* A way to become eligible. GJ_E_STATE before gj_decision_find_remedies. */
GJ_API gj_status gj_decision_remedy(const gj_decision *decision, size_t index, gj_remedy *out);

/* One change of it. */
GJ_API gj_status gj_decision_change(const gj_decision *decision, size_t remedy, size_t index, gj_change *out);

/* The grade by a standard. GJ_E_NOT_FOUND: a programme was decided. */
GJ_API gj_status gj_decision_grade(const gj_decision *decision, gj_grade *out);

/* Days on which a version or an edition is not applied; both ends belong to them. */
typedef struct gj_suspension {
  size_t size;
  gj_text text;              /* why; may be empty */
  gj_date from;              /* all zero: open */
  gj_date to;                /* all zero: open */
} gj_suspension;

/* GJ_NOT_IN_FORCE because the version is suspended on the reference date: the days and why. GJ_E_NOT_FOUND otherwise. */
GJ_API gj_status gj_decision_suspension(const gj_decision *decision, gj_suspension *out);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_DECISION_H */
