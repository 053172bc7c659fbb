/* clang-format off */ /* its comments stand in columns */
/*
 * Every programme decided on one set of facts, and what of it may lawfully be granted together. What holds for every function
 * stands in guiju.h.
 */
#ifndef GUIJU_COMBINATION_H
#define GUIJU_COMBINATION_H

#include "decision.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- every programme at once --------------------------------------------------------------------------------------------- */

/* Decides every programme of a rulebook on one set of facts, and works out what may be granted together: programmes that a group
   relates exclude each other or share a ceiling as the group says; all others stack. A combination belongs to one thread at a time
   and keeps its rulebook alive. */

/* A combination without an answer, to be reused. GJ_E_MEMORY. */
GJ_API gj_status gj_combination_new(gj_combination **combination, gj_error **error);

/* Deletes it with all its texts. */
GJ_API void gj_combination_delete(gj_combination *combination);

/* The language of labels and reasons from the next gj_decide_all on; GJ_ZH unless set. GJ_E_ARGUMENT: GJ_SILENT or no language. */
GJ_API gj_status gj_combination_set_language(gj_combination *combination, gj_language language);

/* The host's day, as for gj_decision_set_as_at. */
GJ_API gj_status gj_combination_set_as_at(gj_combination *combination, gj_date day);

/* The day up to which the rules are known, as for gj_decision_set_known_on. */
GJ_API gj_status gj_combination_set_known_on(gj_combination *combination, gj_date day);

/* Decides all programmes on a JSON object of facts, whose names are the `given` names, and replaces what the combination held. Each
   programme takes the names that it knows. Where programmes give facts of one name with different records, those take them whose
   record fits. Asked are the programmes of which the object is given that their reference date is read from, and those that
   take a name which none of these does; any other is neither decided nor granted.
   GJ_BAD_FACT: a name that no programme gives, or facts that fit nowhere; the outcome is GJ_INVALID and the bad facts say why.
   GJ_E_JSON: no JSON object; the combination then holds nothing. GJ_E_UTF8. */
GJ_API gj_status gj_decide_all(gj_rulebook *rulebook, const char *json, size_t size, gj_combination *combination, gj_error **error);

/* The first of these that holds. GJ_UNDECIDED: nothing yet. GJ_INVALID: bad facts. GJ_UNDETERMINED: facts are missing on which it
   hangs what is granted, or no programme was asked about; the needs name what to ask for, the stuck-on what cannot be said.
   GJ_REFERRED: a person has to decide. GJ_ELIGIBLE: something is granted and nothing is open. GJ_INELIGIBLE: nothing is granted.
   GJ_NOT_IN_FORCE: no programme that was asked about is in force. */
GJ_API gj_outcome gj_combination_outcome(const gj_combination *combination);

/* Between what the sum of all that is granted lies, in yuan, scale 2, both ends in; equal where it is known. *unbounded not 0: no
   upper end is known, *most is then zero. GJ_E_NOT_FOUND: nothing is decided. GJ_E_RANGE: see the JSON. Each pointer may be NULL. */
GJ_API gj_status gj_combination_amount_between(const gj_combination *combination, gj_decimal *least, gj_decimal *most,
                                               int32_t *unbounded);

/* The lists of a combination, for gj_combination_count. */
typedef int32_t gj_part_of_combination;
enum {
  GJ_COMBINED_PROGRAMS = 0,   /* gj_combination_program: all programmes of the rulebook, in its order */
  GJ_COMBINED_GROUPS = 1,     /* gj_combination_group */
  GJ_COMBINED_NEEDS = 2,      /* gj_combination_need */
  GJ_COMBINED_REFERRALS = 3,  /* gj_combination_referral */
  GJ_COMBINED_BAD_FACTS = 4,  /* gj_combination_bad_fact */
  GJ_COMBINED_STUCK_ON = 5    /* gj_combination_stuck_on */
};

/* One programme beside the others. */
typedef struct gj_combined_program {
  size_t size;
  gj_text name;
  gj_text label;
  gj_outcome outcome;        /* of its own decision; GJ_UNDECIDED where it was not asked */
  gj_text standing;          /* "granted", "excluded", "nothing_left", "open", "not_granted", "not_asked", "carried_out": so in every case that is left; "open" with
                                exactly 0 beside the others: granted nothing in any, only the reason differs */
  gj_text group;             /* that relates it to others; empty: it stacks */
  gj_text own_least;         /* what it pays by itself, "2000.00"; empty where it pays nothing or is not asked */
  gj_text own_most;          /* empty also where no upper end is known */
  gj_text least;             /* what it pays beside the others */
  gj_text most;
  gj_text by;                /* excluded: by this programme …; carried_out: this local programme stands in its place; empty: it is open which */
  gj_text under;             /* … under this name; may be empty */
  gj_text why;               /* why it lost, was cut, fails or is open; empty where there is nothing to say */
  gj_text version;           /* of its own decision; empty: none, or it is open which */
  size_t citation_count;     /* excluded: gj_combination_citation */
} gj_combined_program;

/* A group of programmes. */
typedef struct gj_combined_group {
  size_t size;
  gj_text name;
  gj_text label;
  gj_text version;           /* that governed; empty: none does, or it is open which */
  gj_outcome outcome;        /* as that of the whole combination */
  gj_text winner;            /* "highest", "listed", "applicant": the applicant may choose, what pays most is only suggested */
  gj_text least;             /* of what the group grants */
  gj_text most;              /* empty: no upper end is known */
  size_t choice_count;       /* gj_combination_choice */
  size_t warning_count;      /* gj_combination_warning */
} gj_combined_group;

/* Programmes that may be granted together, so that none can be added. */
typedef struct gj_combined_choice {
  size_t size;
  gj_text programs;          /* names, joined with ", " */
  gj_text least;             /* of their sum */
  gj_text most;              /* empty: no upper end is known */
  int32_t is_suggested;      /* what is granted, or pays most where the applicant chooses */
  int32_t is_open;           /* hangs on a fact that is missing or on a person */
} gj_combined_choice;

/* How long one of the lists is. 0 for a list that does not exist. */
GJ_API size_t gj_combination_count(const gj_combination *combination, gj_part_of_combination list);

/* Each of the next fills *out with one item, whose texts live until the next gj_decide_all, setter or deletion of the combination.
   GJ_E_ARGUMENT: no such index. */

/* A programme of the rulebook. */
GJ_API gj_status gj_combination_program(const gj_combination *combination, size_t index, gj_combined_program *out);

/* A paper of the exclusion under which a programme is excluded, by the number of the programme. */
GJ_API gj_status gj_combination_citation(const gj_combination *combination, size_t program, size_t index, gj_citation *out);

/* A group of which a programme was asked. */
GJ_API gj_status gj_combination_group(const gj_combination *combination, size_t index, gj_combined_group *out);

/* A lawful choice within a group; the suggested one is the first. */
GJ_API gj_status gj_combination_choice(const gj_combination *combination, size_t group, size_t index, gj_combined_choice *out);

/* By which other reading of a text that a group has adopted something else would be granted, by the number of the group. */
GJ_API gj_status gj_combination_warning(const gj_combination *combination, size_t group, size_t index, gj_warning *out);

/* A fact on which it hangs what is granted. */
GJ_API gj_status gj_combination_need(const gj_combination *combination, size_t index, gj_need *out);

/* Where nothing is left to ask: a fact on which it hangs what is granted, and that cannot be said. */
GJ_API gj_status gj_combination_stuck_on(const gj_combination *combination, size_t index, gj_need *out);

/* Something that a person has to settle. */
GJ_API gj_status gj_combination_referral(const gj_combination *combination, size_t index, gj_referral *out);

/* A reading between which a person has to choose, by the number of the referral; empty where there is none. */
GJ_API gj_text gj_combination_reading(const gj_combination *combination, size_t referral, size_t index);

/* A bad fact. */
GJ_API gj_status gj_combination_bad_fact(const gj_combination *combination, size_t index, gj_bad_fact *out);

/* The answer as a JSON object, as `guiju decide --all --json` prints it, with the full decision of every programme that was asked.
   Written on the first call, therefore not const; lives until the next gj_decide_all or setter. */
GJ_API gj_text gj_combination_json(gj_combination *combination);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_COMBINATION_H */
