/* clang-format off */ /* its comments stand in columns */
/*
 * Decisions on record: receipts, their verification, and what a later notice adds to what was paid. What holds for every function
 * stands in guiju.h.
 */
#ifndef GUIJU_RECEIPTS_H
#define GUIJU_RECEIPTS_H

#include "decision.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What a later notice adds ----------------------------------------------------------------------------------------------- */

/* The difference of one case decided by the rules known on two days. */
typedef struct gj_top_up {
  size_t size;
  gj_decimal least, most;    /* yuan, never below 0; equal where known */
  gj_outcome outcome;        /* GJ_ELIGIBLE: the amount is known. GJ_UNDETERMINED, GJ_REFERRED: open on one of the days.
                                Else that of the later day: nothing is added, and nothing claimed back */
  int32_t has_amount;
  int32_t is_unbounded;      /* no upper end */
} gj_top_up;

/* Decides the facts of a programme twice, into `before` as the rules were known on `from`, and into `after` as known on `to`, and fills
   *out with the difference. What was not eligible before counts as 0. The two days become the day of gj_decision_set_known_on of the
   two decisions; language and day stay as set. Both decisions can be asked for their reasons as after gj_decide.
   GJ_E_ARGUMENT: a day is not in the calendar, `from` is not before `to`, both decisions are one, or the facts are those of a
   standard. GJ_E_RANGE: a sum does not fit. */
GJ_API gj_status gj_decide_top_up(const gj_facts *facts, gj_date from, gj_date to, gj_decision *before, gj_decision *after,
                                  gj_top_up *out, gj_error **error);

/* ---- receipts ------------------------------------------------------------------------------------------------------------ */

/* A receipt is a decision with all that it stands on, as one line of canonical JSON (RFC 8785): engine, hashes of the rules and
   the facts, the facts themselves, the days that were set, the answer with its reasons in both languages, and a hash over it all.
   Anybody who has the rules can decide again and see whether the answer is the same. */

typedef struct gj_receipt_options {
  size_t size;
  const gj_text *masks;      /* paths of texts that the receipt must not show, "buyer.id", "claims.buyer_id"; may be NULL */
  size_t mask_count;
} gj_receipt_options;

/* Writes the receipt of a decision. `facts` are those that were decided, unchanged since. `options` may be NULL.
   A text that stands at one of the masks is replaced, wherever a fact has it, by "masked-1", "masked-2" …: equal where it was
   equal, which is all that rules ask of texts. The masked facts are decided again before anything is written.
   *receipt has no line end; it lives until the next gj_decide, gj_decision_receipt or deletion of the decision.
   GJ_E_STATE: nothing was decided, or the facts are not those that were decided, or could not be read. GJ_E_ARGUMENT: a mask
   names no text, the case would be decided otherwise if it were masked, or targets were decided. */
GJ_API gj_status gj_decision_receipt(gj_decision *decision, const gj_facts *facts, const gj_receipt_options *options,
                                     gj_text *receipt, gj_error **error);

/* Reads a receipt of this or an older engine; a line end may stand behind it. The caller deletes it. GJ_E_JSON: the text is no
   receipt, or one of a newer format. A receipt that was changed after it was written is read all the same, and not intact. */
GJ_API gj_status gj_receipt_read(const char *text, size_t text_size, gj_receipt **receipt, gj_error **error);

/* Deletes a receipt; NULL is fine. */
GJ_API void gj_receipt_delete(gj_receipt *receipt);

typedef struct gj_receipt_info {
  size_t size;
  int32_t format;            /* which members it has; grows when there are others */
  int32_t is_intact;         /* canonical to the byte, and its hashes are right */
  gj_text engine;            /* the version of the library that wrote it, "0.1.0" */
  gj_text program;
  gj_text rules_sha256;      /* of the rule files, 64 hexadecimal digits */
  gj_text outcome;           /* "eligible" */
  gj_text amount;            /* "2000.00"; empty where there is none or it is open */
  gj_date as_at;             /* the host's day; all zero: none was set */
  gj_date known_on;          /* the day as of which the rules were read; all zero: all of them */
  gj_text facts;             /* JSON, for gj_facts_read_json */
  gj_text answer;            /* JSON: all that the decision said */
} gj_receipt_info;

/* Fills *out; its texts live as long as the receipt. */
GJ_API gj_status gj_receipt_describe(const gj_receipt *receipt, gj_receipt_info *out);

typedef struct gj_verification {
  size_t size;
  int32_t is_same;           /* the three below; and the words, where this version of the library wrote it */
  int32_t is_intact;         /* it was not changed after it was written */
  int32_t is_same_rules;     /* the rulebook is made of the same rule files */
  int32_t is_same_answer;    /* decided again, by this rulebook, the facts and what was decided are the same */
  gj_text path;              /* where they first differ, "answer.amount"; empty where they do not */
  gj_text was, now;          /* what stands there, JSON; empty: nothing */
  int32_t is_same_words;     /* it is told in the same words, too: the receipt is the same, to the byte */
  int32_t is_same_engine;    /* it was written by this version of the library; another may tell the same in other words */
} gj_verification;

/* Decides again on the facts of a receipt, by the rules at hand, whether or not they are those of the receipt. `out` may be NULL;
   its texts live until the receipt is verified again or deleted. Returns GJ_OK where all is the same, else GJ_DIFFERS. */
GJ_API gj_status gj_receipt_verify(gj_receipt *receipt, const gj_rulebook *rulebook, gj_verification *out, gj_error **error);

/* What a later notice adds to the decision of a receipt: its case is decided again by the rules as known on that day, and held
   against what the receipt says was granted. The outcome and the amount are those of gj_decide_top_up; whoever was granted something
   and is not eligible any more is told by the outcome, and nothing is claimed back. Whoever adds up many gives each receipt once:
   those that are the same to the byte are one.
   GJ_E_ARGUMENT: the receipt is not intact, does not say what was granted as its format has it, is that of a standard, was decided by
   rules as known on a later day, or the rules do not have its program or facts. GJ_E_RANGE: a sum does not fit. */
GJ_API gj_status gj_receipt_top_up(const gj_receipt *receipt, const gj_rulebook *rulebook, gj_date known_on, gj_top_up *out,
                                   gj_error **error);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_RECEIPTS_H */
