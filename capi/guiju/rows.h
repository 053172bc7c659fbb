/* clang-format off */ /* its comments stand in columns */
/*
 * Facts without names or texts, for hosts with many cases: in a struct of the host, or as columns. What holds for every function
 * stands in guiju.h.
 */
#ifndef GUIJU_ROWS_H
#define GUIJU_ROWS_H

#include "decision.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- rows: facts in a struct of the host ---------------------------------------------------------------------------------- */

/* How a member of the struct holds its fact. Integers hold a GJ_TRUTH as 0 or 1, a GJ_MEMBER as the index that
   gj_field_find_member gives, a GJ_DATE as days since 1970-01-01, GJ_MONTHS and GJ_DAYS as how many, a GJ_DOCUMENT as a
   gj_document_state, a GJ_REGION as its six digits (up to GJ_INT32) or twelve (GJ_INT64), a GJ_NUMBER in steps of 10^-scale of the
   unit of the field: of yuan with scale 2 they are fen, and of a percentage, which is a share of one, hundredths. A GJ_TEXT is a
   gj_text, or, for a program whose rules name no texts, any number from 0 to 2^40 that is the same for the same text. */
typedef int32_t gj_element;
enum { GJ_INT8 = 0, GJ_INT16 = 1, GJ_INT32 = 2, GJ_INT64 = 3, GJ_TEXT_VIEW = 4, GJ_LIST_VIEW = 5 };

/* The member for a GJ_LIST: `count` entries, one after the other as gj_entries_bind describes them; `complete` not 0: there are no
   others. Counted entries that are not there (NULL), or that were bound without gj_bound_field.entries, make it a bad fact. */
typedef struct gj_list_view {
  const void *entries;
  size_t count;
  int32_t complete;
} gj_list_view;

#define GJ_NO_OFFSET SIZE_MAX

typedef struct gj_bound_field {
  size_t size;                 /* sizeof(gj_bound_field); the same for all fields of a call */
  const gj_field *field;
  gj_element element;
  int32_t scale;               /* GJ_NUMBER: 0 to 18; of all others 0 */
  size_t offset;               /* of the member in the struct: offsetof */
  size_t state_offset;         /* of an int8_t that holds its gj_fact_state; GJ_NO_OFFSET: it is always known */
  const gj_binding *entries;   /* GJ_LIST: of its entries; NULL: there are never any */
} gj_bound_field;

/* Describes a struct that holds the facts of one case, once; the binding may then be used by any number of threads. Fields that are
   not named are unknown in every row. Keeps the rulebook alive; the bindings of entries must live as long as it does. On x86-64 the rules
   become machine code, in memory that is never writable and executable at once; where a system refuses such memory, or the library was
   built without (GUIJU_NATIVE=OFF), they are executed step by step, with the same answers.
   GJ_E_ARGUMENT: a field of another program, or one that is named twice; a member 2^30 bytes or more from the beginning; a scale of what is
   no number. GJ_E_KIND: the field cannot be held so. */
GJ_API gj_status gj_facts_bind(const gj_program *program, const gj_bound_field *fields, size_t count, gj_binding **binding,
                               gj_error **error);

/* The same for the entries of a list, which lie `stride` bytes apart. GJ_E_ARGUMENT also: a member that lies outside of them. */
GJ_API gj_status gj_entries_bind(const gj_field *list, size_t stride, const gj_bound_field *fields, size_t count,
                                 gj_binding **binding, gj_error **error);

/* Deletes a binding; NULL is fine. */
GJ_API void gj_binding_delete(gj_binding *binding);

/* Decides the case in a struct as gj_decide decides facts: the answer is the same, and a value that is not allowed makes it GJ_INVALID.
   The struct and what it points to are read and not kept. Fast, and without allocating once it is warm, where the language is
   GJ_SILENT and every fact that matters is known. GJ_E_ARGUMENT: `binding` is one of entries. */
GJ_API gj_status gj_decide_row(const gj_binding *binding, const void *row, gj_decision *decision, gj_error **error);

/* What a case comes to in figures, as gj_decide_columns gives it of a row. */
typedef struct gj_row_answer {
  size_t size;           /* sizeof(gj_row_answer) */
  gj_outcome outcome;
  int32_t version;       /* the index for gj_program_version; -1: none, or it is open which */
  int64_t amount;        /* in fen what gj_decision_figure gives where GJ_ELIGIBLE; 0 otherwise, and where there is none */
  uint64_t *failed;      /* where the set of failed requirements goes, see gj_answer_widths: bit i % 64 of word i / 64; NULL: nowhere */
  size_t failed_words;   /* for how many words there is room, all of which are written; afterwards how many the set has, 0 where
                            nothing fails */
} gj_row_answer;

/* gj_decide_row, and its answer in the same call: for hosts that ask much and want figures. The decision holds the answer too, for
   whoever wants to know more. GJ_E_RANGE: the amount does not fit. */
GJ_API gj_status gj_answer_row(const gj_binding *binding, const void *row, gj_decision *decision, gj_row_answer *answer,
                               gj_error **error);

/* ---- columns --------------------------------------------------------------------------------------------------------------- */

/* Decides many cases at once: the facts of a programme as columns, one integer a row, and the answers likewise. Every row comes out as
   gj_decide would decide it. Rows of which every fact that matters is known or absent, and whose lists are empty, take about as long
   as it takes to read them; all others are decided one by one. On x86-64 processors with AVX-512 the rules become machine code, as those
   of a binding do; elsewhere loops are chosen for the processor, with the same answers. */

/* How one fact stands in memory: an integer a row, as in a gj_bound_field, but
     GJ_TEXT     an index into `dictionary`
     GJ_LIST     GJ_LIST_VIEW and no values: in every row in which it is known the list is complete and empty
   A value that the field does not allow is a bad fact of its row. */
typedef struct gj_column {
  size_t size;               /* of this struct; the same for all columns of a call */
  const gj_field *field;     /* of the case, not of an entry; each at most once */
  gj_element element;        /* GJ_INT8 … GJ_INT64 */
  int32_t scale;             /* GJ_NUMBER: 0 … 18 */
  int32_t may_be_unknown;    /* not 0: the rows may come with a bitmap of those in which it is known */
  int32_t may_be_absent;     /* not 0: … with a bitmap of those in which it is absent */
  const gj_text *dictionary; /* GJ_TEXT; is copied */
  size_t dictionary_count;
} gj_column;

/* The rows of a column. In bitmaps row i is bit i % 64 of word i / 64, as in Apache Arrow on little-endian machines. Facts without a
   column are unknown in every row. */
typedef struct gj_column_rows {
  const void *values;        /* aligned as its integers are; NULL for a list */
  const uint64_t *known;     /* NULL: known in every row in which it is not absent */
  const uint64_t *absent;    /* NULL: in no row */
} gj_column_rows;

/* How many bytes the integers have that are asked for beside the outcome: 1, 2, 4 or 8; 0: not asked for. */
typedef struct gj_answer_widths {
  size_t size;
  int32_t version;           /* the index for gj_program_version; -1: none, or it is open which */
  int32_t amount;            /* in fen what gj_decision_figure gives where GJ_ELIGIBLE; 0 otherwise, and where there is none */
  int32_t failed;            /* where GJ_INELIGIBLE the set of requirements that fail: bit i stands for gj_program_requirement(…, i) of
                                the version; 0 otherwise. Where parts of the amount have requirements of their own, the bit of the
                                name "parts" says that none is left; gj_decide_row names the requirements of the parts instead.
                                Of more than 64 requirements gj_columns_failed_count columns of 8 bytes */
} gj_answer_widths;

/* Where the answers go; each pointer may be NULL. */
typedef struct gj_answer_rows {
  size_t size;
  int8_t *outcomes;          /* gj_outcome */
  void *versions, *amounts;  /* aligned as their integers are */
  void *failed;              /* gj_columns_failed_count columns, one behind the other */
} gj_answer_rows;

/* Prepares a programme or duty for these columns, in whose order the rows will come. `answers` may be NULL: the outcome only. The caller
   deletes it. It belongs to one thread at a time and keeps its rulebook alive.
   GJ_E_ARGUMENT: a standard or targets; a field of another program, of an entry, or named twice; a number of bytes that is none.
   GJ_E_KIND: the field cannot be held so. GJ_E_RANGE: an answer could have more bytes than were asked for. */
GJ_API gj_status gj_columns_new(const gj_program *program, const gj_column *columns, size_t column_count,
                                const gj_answer_widths *answers, gj_columns **out, gj_error **error);

/* Deletes it; NULL is fine. */
GJ_API void gj_columns_delete(gj_columns *columns);

/* The host's day, as for gj_decision_set_as_at. */
GJ_API gj_status gj_columns_set_as_at(gj_columns *columns, gj_date day);

/* The day up to which the rules are known, as for gj_decision_set_known_on. With a day all rows are decided one by one. */
GJ_API gj_status gj_columns_set_known_on(gj_columns *columns, gj_date day);

/* How many columns the set of failed requirements has; 0 where it is not asked for. */
GJ_API size_t gj_columns_failed_count(const gj_columns *columns);

/* Decides `row_count` rows. `rows` has as many elements as there are columns. Allocates nothing for rows of which everything that matters
   is known. GJ_E_ARGUMENT: values are missing. GJ_E_RANGE: an amount has more bytes than were asked for; the rows
   before it are decided. */
GJ_API gj_status gj_decide_columns(gj_columns *columns, const gj_column_rows *rows, size_t row_count, const gj_answer_rows *answers,
                                   gj_error **error);

/* The name of a requirement of a version, by the bits of gj_answer_widths.failed; empty past the end. Lives as long as the rulebook. */
GJ_API gj_text gj_program_requirement(const gj_program *program, size_t version, size_t index);

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_ROWS_H */
