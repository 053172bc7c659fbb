/* clang-format off */ /* its comments stand in columns */
/*
 * The facts of one case: set by handle or read from JSON. What holds for every function stands in guiju.h.
 */
#ifndef GUIJU_FACTS_H
#define GUIJU_FACTS_H

#include "rulebook.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- facts --------------------------------------------------------------------------------------------------------------- */

typedef int32_t gj_fact_state;
enum {
  GJ_UNKNOWN = 0,      /* nobody asked; what every fact is at first (a document is owed) */
  GJ_UNKNOWABLE = 1,   /* asked, and cannot be said */
  GJ_ABSENT = 2,       /* known not to exist; for optional fields */
  GJ_KNOWN = 3,
  GJ_BAD = 4           /* a value that is not allowed there was set */
};

typedef int32_t gj_document_state;
enum { GJ_OWED = 0, GJ_HELD = 1, GJ_REFUSED = 2 };

/* Facts of one case of a program, all unknown. The caller deletes them. They keep the rulebook alive. */
GJ_API gj_status gj_facts_new(const gj_program *program, gj_facts **facts, gj_error **error);

/* Deletes facts; NULL is fine. Decisions made from them stay. */
GJ_API void gj_facts_delete(gj_facts *facts);

/* Makes everything unknown again and keeps the memory for the next case. */
GJ_API void gj_facts_reset(gj_facts *facts);

/* The program that the facts belong to. */
GJ_API const gj_program *gj_facts_program(const gj_facts *facts);

/* What is known of a field. Fields of entries: of the entry that is current. GJ_UNKNOWN for a field of another program. */
GJ_API gj_fact_state gj_facts_state(const gj_facts *facts, const gj_field *field);

/* The getters below read a fact back. GJ_E_STATE: it is not known. GJ_E_KIND, GJ_E_ARGUMENT as for the setters. */

/* GJ_TRUTH: 0 or 1. */
GJ_API gj_status gj_facts_get_truth(const gj_facts *facts, const gj_field *field, int32_t *value);

/* GJ_NUMBER: in the unit of the field, with as few decimals as are needed. GJ_E_RANGE: it does not fit. */
GJ_API gj_status gj_facts_get_decimal(const gj_facts *facts, const gj_field *field, gj_decimal *value);

/* GJ_MEMBER: its index, for gj_field_member. */
GJ_API gj_status gj_facts_get_member(const gj_facts *facts, const gj_field *field, size_t *member);

/* GJ_DATE. */
GJ_API gj_status gj_facts_get_date(const gj_facts *facts, const gj_field *field, gj_date *date);

/* GJ_TEXT. Lives until the fact is set again or the facts are reset. */
GJ_API gj_status gj_facts_get_text(const gj_facts *facts, const gj_field *field, gj_text *text);

/* The setters below return GJ_OK; GJ_BAD_FACT where the value is not allowed in that field (out of its range, finer than its
   step, no such member): it is then kept as bad; GJ_E_KIND where the field is of another kind, GJ_E_ARGUMENT where it is of another
   program, GJ_E_STATE for a field of an entry where none was added: nothing is then changed.
   A field of list entries is set in the current entry of its list, which is the one added last unless gj_facts_select_entry
   chose another. */

/* Says in which state a fact is: GJ_UNKNOWN, GJ_UNKNOWABLE or GJ_ABSENT. Any kind. */
GJ_API gj_status gj_facts_set_state(gj_facts *facts, const gj_field *field, gj_fact_state state);

/* GJ_TRUTH: 0 is no, anything else yes. */
GJ_API gj_status gj_facts_set_truth(gj_facts *facts, const gj_field *field, int32_t value);

/* GJ_NUMBER: a number in the unit of the field; a percentage is a share of one, 80% being 0.8. Scale 0 … 18. */
GJ_API gj_status gj_facts_set_decimal(gj_facts *facts, const gj_field *field, int64_t coefficient, int32_t scale);

/* GJ_MEMBER: by the index that gj_field_find_member gives. */
GJ_API gj_status gj_facts_set_member(gj_facts *facts, const gj_field *field, size_t member);

/* GJ_DATE. A day that is not in the calendar is GJ_BAD_FACT. */
GJ_API gj_status gj_facts_set_date(gj_facts *facts, const gj_field *field, gj_date date);

/* GJ_MONTHS, GJ_DAYS: how many. */
GJ_API gj_status gj_facts_set_duration(gj_facts *facts, const gj_field *field, int64_t count);

/* GJ_TEXT: at most 4096 bytes. */
GJ_API gj_status gj_facts_set_text(gj_facts *facts, const gj_field *field, const char *text, size_t text_size);

/* GJ_DOCUMENT. */
GJ_API gj_status gj_facts_set_document(gj_facts *facts, const gj_field *field, gj_document_state state);

/* Any kind but GJ_LIST, as one would write it in JSON: "3999.00", "3999元", "4.5 kW", "fridge", "2025-03-01", "630000",
   "yes", "18 months", "held". */
GJ_API gj_status gj_facts_set_written(gj_facts *facts, const gj_field *field, const char *text, size_t text_size);

/* Starts a list or history afresh, without entries. `complete` not 0: there are no others than those that will be added. An
   empty history means "none" only if it is complete. */
GJ_API gj_status gj_facts_begin_list(gj_facts *facts, const gj_field *list, int32_t complete);

/* Adds an entry, all its fields unknown, and makes it current. `index` may be NULL; it receives the number from 0.
   GJ_E_STATE before gj_facts_begin_list, GJ_E_LIMIT past 100,000 entries. */
GJ_API gj_status gj_facts_add_entry(gj_facts *facts, const gj_field *list, size_t *index);

/* Makes an entry current again. GJ_E_ARGUMENT: no such entry. */
GJ_API gj_status gj_facts_select_entry(gj_facts *facts, const gj_field *list, size_t index);

/* Sets the facts that a JSON object names:
     {"purchase": {"date": "2025-03-01", "category": "fridge", "list_price": "3999.00"},
      "claims": {"complete": true, "entries": [{"category": "tv", "state": "granted"}]}}
   Numbers are read from their digits. Money and quantities may be numbers in the field's unit or texts with a unit. null is
   absent; a field that is not named stays as it was; "?" is unknown, {"state": "unknowable"} says so. A bare array is an incomplete
   history. Keys that begin with // are comments. At most 16 MiB.
   GJ_BAD_FACT: some values are not allowed, or a key is unknown or stands twice; all the others are set, and the decision lists
   them: GJ_INVALID where the version that governs reads them, otherwise beside the outcome that is open. GJ_E_JSON: the text is no JSON object; deciding is GJ_INVALID too until the facts are reset. */
GJ_API gj_status gj_facts_read_json(gj_facts *facts, const char *json, size_t json_size, gj_error **error);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_FACTS_H */
