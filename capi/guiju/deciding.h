/* clang-format off */ /* its comments stand in columns */
/*
 * Deciding one case, its outcome and its amount. What holds for every function stands in guiju.h.
 */
#ifndef GUIJU_DECIDING_H
#define GUIJU_DECIDING_H

#include "facts.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- deciding ------------------------------------------------------------------------------------------------------------ */

typedef int32_t gj_outcome;
enum {
  GJ_ELIGIBLE = 0,
  GJ_INELIGIBLE = 1,
  GJ_UNDETERMINED = 2,   /* facts are missing; see the needs */
  GJ_REFERRED = 3,       /* eligible so far, but a person has to decide something */
  GJ_NOT_IN_FORCE = 4,   /* no version governs that day */
  GJ_INVALID = 5,        /* facts that are not allowed, or an error while deciding */
  GJ_GRADED = 6,         /* standards */
  GJ_UNCLASSIFIED = 7,   /* standards: no level is reached, or the thing is not covered */
  GJ_DUTY_NOT_OWED = 8,     /* duties: nothing binds */
  GJ_DUTY_OWED = 9,         /* duties: to be done, the deadline has not passed */
  GJ_DUTY_MET = 10,         /* duties: done in time */
  GJ_DUTY_LATE = 11,        /* duties: done after the deadline */
  GJ_DUTY_OVERDUE = 12,     /* duties: not done, and the day set by gj_decision_set_as_at lies after the deadline */
  GJ_TARGET_ATTAINED = 13,  /* targets: reached */
  GJ_TARGET_OPEN = 14,      /* targets: not reached, and not yet due */
  GJ_TARGET_MISSED = 15,    /* targets: not reached by the last day */
  GJ_UNDECIDED = -1      /* gj_decide was not called, or failed */
};

/* An empty decision for any program of any rulebook. The caller deletes it. Words are Chinese unless set otherwise. */
GJ_API gj_status gj_decision_new(gj_decision **decision, gj_error **error);

/* Deletes a decision; NULL is fine. */
GJ_API void gj_decision_delete(gj_decision *decision);

/* The language of reasons and labels from the next gj_decide on. GJ_SILENT finds no words, for hosts that want figures only, and many
   of them: a decision then has its outcome, version, amounts, parts, the names and ids of failures, the paths of needs and the bad
   facts, and nothing else. Standards always speak. */
GJ_API gj_status gj_decision_set_language(gj_decision *decision, gj_language language);

/* The host's day, against which the days of verification in the rules are held from the next gj_decide on. The library has no
   clock: without a day there is no warning of that kind. All zero: none. GJ_E_ARGUMENT: not in the calendar. */
GJ_API gj_status gj_decision_set_as_at(gj_decision *decision, gj_date day);

/* Reads the rules as they were known on that day, from the next gj_decide on: versions and editions that were published later are left
   aside, and what they supersede stands. One that names no day of publication counts as published on its first day. All zero: all
   rules count. GJ_E_ARGUMENT: not in the calendar. */
GJ_API gj_status gj_decision_set_known_on(gj_decision *decision, gj_date day);

/* How many cases an open decision is split into at most, from the next gj_decide on; past that it stays as open as one pass leaves
   it, never wrong. A case costs about as much as a decision, and each two entries of lists as much again; where every fact is known
   none is needed. 4096 unless set; 0: one pass.
   GJ_E_ARGUMENT: more than 1048576. */
GJ_API gj_status gj_decision_set_max_cases(gj_decision *decision, uint32_t max_cases);

/* Decides a case, or grades by a standard, and replaces what the decision held. The facts are only read; they may be changed or
   deleted afterwards. Returns GJ_OK whatever the outcome is. */
GJ_API gj_status gj_decide(const gj_facts *facts, gj_decision *decision, gj_error **error);

/* ---- outcome and amount ---------------------------------------------------------------------------------------------------- */
/* The outcome; GJ_UNDECIDED before the first gj_decide. */
GJ_API gj_outcome gj_decision_outcome(const gj_decision *decision);

/* The outcome's name in rules and JSON, "eligible". Lives for ever. */
GJ_API gj_text gj_decision_outcome_name(const gj_decision *decision);

/* What was decided; NULL before the first gj_decide. */
GJ_API const gj_program *gj_decision_program(const gj_decision *decision);

/* The version (of a standard: the edition) that governed; empty where none did or it is open. */
GJ_API gj_text gj_decision_version(const gj_decision *decision);

/* Its label. */
GJ_API gj_text gj_decision_version_label(const gj_decision *decision);

/* The day that selected the version; all zero where it is not known. */
GJ_API gj_date gj_decision_reference_date(const gj_decision *decision);

/* What the rules give: what is paid, the most that may be paid, an average over many cases, what the person has to pay (a tax, a
   surcharge), what is taken off the taxable income, or off the tax itself. Only the first is an amount to pay out: of the others
   gj_decision_figure has the figure. Who pays sets the payment of a ceiling and an average; of a charge, a deduction and a credit the
   payment is 0, and they are never added to payments. */
typedef int32_t gj_amount_kind;
enum {
  GJ_PAYMENT = 0,
  GJ_CEILING = 1,
  GJ_AVERAGE = 2,
  GJ_CHARGE = 3,
  GJ_DEDUCTION = 4,
  GJ_CREDIT = 5
};

/* Of the amount; GJ_PAYMENT where there is none. Of a sum of parts the last kind in the order above that one of them has. */
GJ_API gj_amount_kind gj_decision_amount_kind(const gj_decision *decision);

/* The figure that the rules give, of whichever kind, both ends in; equal where it is known. Of a payment it is the amount.
   *unbounded not 0: no upper end is known, *most is then zero. GJ_E_NOT_FOUND: there is no amount. Each pointer may be NULL. */
GJ_API gj_status gj_decision_figure(const gj_decision *decision, gj_decimal *least, gj_decimal *most, int32_t *unbounded);

/* The amount to pay in yuan, scale 2. GJ_E_NOT_FOUND: there is none, it is still open, or the rules give no payment
   (see gj_amount_kind). GJ_E_RANGE: see the text. */
GJ_API gj_status gj_decision_amount(const gj_decision *decision, gj_decimal *amount);

/* The amount to pay as a text with two decimals, "2000.00"; empty where gj_decision_amount finds none, and in a silent
   decision, which has no texts. */
GJ_API gj_text gj_decision_amount_text(const gj_decision *decision);

/* Between what the amount lies where it is open, both ends in. *unbounded not 0: no upper end is known, *most is then zero.
   Where it is known both ends are the amount. Of a ceiling it lies from 0 up to that; of an average above 0. GJ_E_NOT_FOUND: there is no amount. Each pointer may be NULL. */
GJ_API gj_status gj_decision_amount_between(const gj_decision *decision, gj_decimal *least, gj_decimal *most, int32_t *unbounded);

/* GJ_UNDETERMINED and GJ_REFERRED: not 0 where the case is not eligible in some way in which the open facts and texts may turn out.
   The amount then lies in gj_decision_amount_between where it is eligible. 0 otherwise. */
GJ_API int32_t gj_decision_may_be_refused(const gj_decision *decision);

/* The answer as a JSON object, as `guiju decide --json` and `guiju grade --json` print it; empty if silent. Written on the first
   call, therefore not const; lives until the next gj_decide or setter. Empty also where memory does not suffice. */
GJ_API gj_text gj_decision_json(gj_decision *decision);

/* The decision of a programme or duty as a JSON object on one line, without words, in every language and if silent; for hosts that ask
   much and often: "outcome", "program", "version", "amount_kind", "amount" (of a payment that is known, in yuan), "least" and "most" (the
   ends of any figure), each null where there is none; "failed" (of a duty "obligations") with names of requirements, "needs" and "stuck_on"
   with paths of facts, "referred" with names of open texts, or of what kind they are where they have none. Of GJ_INVALID: "outcome", "program" and "invalid", the paths of the facts that
   are not allowed. Empty for standards and targets. Lifetime and memory as of gj_decision_json. */
GJ_API gj_text gj_decision_brief_json(gj_decision *decision);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_DECIDING_H */
