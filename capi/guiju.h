/* clang-format off */ /* its comments stand in columns */
/*
 * Guiju: the C interface. Rule files in, decisions with reasons out.
 *
 * C99, also valid C++. One shared library (libguiju), no state of its own: no globals, no threads, no clock, no locale,
 * nothing printed. A till in short:
 *
 *     gj_rulebook *rules = NULL;
 *     gj_diagnostics *findings = NULL;
 *     gj_error *error = NULL;
 *     gj_status status = gj_compile_directory("rules", 5, NULL, &rules, &findings, &error);
 *     // status GJ_OK: rules is usable, findings holds warnings at most
 *     const gj_program *program = gj_rulebook_find_program(rules, "appliance_trade_in", 18);
 *     gj_facts *facts = NULL;
 *     gj_decision *decision = NULL;
 *     gj_facts_new(program, &facts, NULL);
 *     gj_decision_new(&decision, NULL);
 *     gj_facts_read_json(facts, json, json_size, NULL);        // or field by field
 *     gj_decide(facts, decision, NULL);
 *     gj_decision_outcome(decision);                           // GJ_ELIGIBLE …
 *     gj_facts_reset(facts);                                   // and again
 *
 * What holds for every function, unless its comment says otherwise:
 *
 * Status     Calls that can fail return gj_status. GJ_OK is 0. A positive status says that the call did its work and that there
 *            is something to look at (GJ_MISTAKES, GJ_BAD_FACT). A negative one says that it did not. Out-parameters are set to
 *            NULL or zero first, so they are never left undefined. Handles may be NULL wherever nothing can go wrong: getters
 *            then give zero or an empty text, functions that delete do nothing, all others answer GJ_E_ARGUMENT.
 * Errors     The last parameter gj_error **error of a call may be NULL. Where the status is negative and memory suffices, it
 *            receives an error with the words for people, which the caller deletes. Nothing is allocated for it on success.
 *            Mistakes in rule files are no errors: they are findings (gj_diagnostics). Bad facts are no errors: they make the
 *            decision GJ_INVALID, which says what came and what is allowed.
 * Texts in   Pointer and size in bytes, UTF-8, checked (GJ_E_UTF8). No terminating zero is needed. Size 0 allows NULL.
 * Texts out  gj_text: pointer and size, UTF-8, and a zero after the last byte. Borrowed: never freed by the caller. It lives as
 *            long as the object that gave it is neither changed nor deleted; texts of a rulebook, program or field live as long
 *            as any handle on the rulebook does. An empty text has size 0 and a pointer to a zero.
 * Numbers    Exact. Money and quantities are a coefficient and a scale (gj_decimal) or digits in a text. There is no double.
 * Growing    A struct that may gain members begins with `size`. The caller sets it to sizeof, the library fills no more than
 *   structs  that and leaves the number of bytes it knows in `size`. Older callers and newer libraries fit together, and the reverse.
 * Ownership  What a function with `new` or `compile` in its name gives belongs to the caller, who deletes (or releases) it once.
 *            Facts and decisions keep their rulebook alive; handles may be deleted in any order.
 * Threads    A rulebook with all its programs and fields is immutable: any number of threads may read it. Facts, a decision,
 *            diagnostics and an error belong to one thread at a time; through a pointer to const several threads may read them.
 * Languages  Labels and reasons come in the language asked for; a text that was written in one language only comes in that one.
 */
#ifndef GUIJU_H
#define GUIJU_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#  if defined(GUIJU_BUILDING)
#    define GJ_API __declspec(dllexport)
#  elif defined(GUIJU_STATIC)
#    define GJ_API
#  else
#    define GJ_API __declspec(dllimport)
#  endif
#elif defined(__GNUC__)
#  define GJ_API __attribute__((visibility("default")))
#else
#  define GJ_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- versions ------------------------------------------------------------------------------------------------------------ */

#define GJ_VERSION_MAJOR 0
#define GJ_VERSION_MINOR 1
#define GJ_VERSION_PATCH 0
/* Number of the binary interface, and of the shared library's soname. It grows when a program must be built anew. */
#define GJ_ABI_VERSION 0

/* ---- plain values -------------------------------------------------------------------------------------------------------- */

/* A borrowed text. See "Texts out". */
typedef struct gj_text {
  const char *data;
  size_t size;
} gj_text;

/* coefficient / 10^scale: 3999.00 is {399900, 2}. Scale 0 … 18. */
typedef struct gj_decimal {
  int64_t coefficient;
  int32_t scale;
} gj_decimal;

/* A day of the Gregorian calendar, 1900-01-01 … 2199-12-31. All zero: no day. */
typedef struct gj_date {
  int32_t year;
  int32_t month;
  int32_t day;
} gj_date;

typedef int32_t gj_status;
enum {
  GJ_OK = 0,
  GJ_MISTAKES = 1,       /* compiling: the rules have mistakes, the findings say which; there is no rulebook */
  GJ_BAD_FACT = 2,       /* facts: a value is not allowed where it was put; it is kept as bad, and the decision will say so */
  GJ_DIFFERS = 3,        /* receipts: deciding again did not give the same; the verification says where */
  GJ_E_ARGUMENT = -1,    /* a handle is NULL or of another rulebook, an index or enumerator out of range, a size 0 */
  GJ_E_UTF8 = -2,        /* a text is not UTF-8 */
  GJ_E_NOT_FOUND = -3,   /* no such thing: a file, a member, an amount where none is decided */
  GJ_E_KIND = -4,        /* the field is of another kind: a date was set where a number belongs */
  GJ_E_STATE = -5,       /* too early: no entry was added yet, nothing was decided yet */
  GJ_E_JSON = -6,        /* the text is not JSON, or not an object of facts */
  GJ_E_RANGE = -7,       /* the exact value does not fit the type that was asked for; its text does */
  GJ_E_LIMIT = -8,       /* larger than a limit allows */
  GJ_E_MEMORY = -9,      /* out of memory; handles are as before the call, or may at least be reset and deleted */
  GJ_E_INTERNAL = -10    /* a fault in the library */
};

typedef int32_t gj_language;
enum {
  GJ_ZH = 0,
  GJ_EN = 1,
  GJ_SILENT = 2          /* gj_decision_set_language only: decide without finding words */
};

/* ---- handles ------------------------------------------------------------------------------------------------------------- */

typedef struct gj_rulebook gj_rulebook;         /* compiled rules; immutable, counted */
typedef struct gj_program gj_program;           /* a programme or a standard; borrowed from its rulebook */
typedef struct gj_field gj_field;               /* one fact that a program may be given; borrowed likewise */
typedef struct gj_facts gj_facts;               /* the facts of one case; reset and reused */
typedef struct gj_decision gj_decision;         /* an answer; reused */
typedef struct gj_combination gj_combination;   /* the answers of all programmes to one case; reused */
typedef struct gj_diagnostics gj_diagnostics;   /* findings about rule files */
typedef struct gj_binding gj_binding;           /* which member of a host's struct is which fact; immutable */
typedef struct gj_columns gj_columns;           /* a programme made ready for columns of facts; reused */
typedef struct gj_receipt gj_receipt;           /* a decision on record, read from its text */
typedef struct gj_cache gj_cache;               /* what compiling made of files, for the next time */
typedef struct gj_error gj_error;               /* why a call failed */

/* The library's version, "0.1.0". Lives for ever. */
GJ_API const char *gj_version(void);

/* The library's GJ_ABI_VERSION, to be held against the header's. */
GJ_API int32_t gj_abi_version(void);

/* The name of a status, "GJ_E_UTF8"; "?" for a number that is none. Lives for ever. */
GJ_API const char *gj_status_name(gj_status status);

/* ---- errors -------------------------------------------------------------------------------------------------------------- */

/* The status that the failed call returned. */
GJ_API gj_status gj_error_status(const gj_error *error);

/* What went wrong, in one sentence. Lives as long as the error. */
GJ_API gj_text gj_error_message(const gj_error *error, gj_language language);

/* Deletes an error; NULL is fine. */
GJ_API void gj_error_delete(gj_error *error);

/* ---- compiling ----------------------------------------------------------------------------------------------------------- */

/* Bounds on what rule files may ask for. 0 or a NULL pointer to the struct means the default; more than the hard maximum means
   the maximum. Past a bound comes an ordinary finding. */
typedef struct gj_compile_options {
  size_t size;
  uint32_t source_bytes;   /* of one file; default 4 MiB, at most 64 MiB */
  uint32_t nesting;        /* brackets and expressions inside each other; default 64, at most 256 */
  uint32_t messages;       /* findings kept; default 50, at most 10,000 */
  uint32_t tokens;         /* of one file; default 2,000,000, at most 20,000,000 */
  gj_text root;            /* files on disk: the folder that no `use` may lead out of; may be empty */
  uint32_t files;          /* of one rulebook, data files among them; default 1,000, at most 100,000 */
  uint32_t data_bytes;     /* of one data file; default 32 MiB, at most 64 MiB */
  gj_cache *cache;         /* what was compiled before through the same cache is not compiled again; may be NULL */
} gj_compile_options;

/* Makes an empty cache, for a host that compiles the same rules again and again: an editor, a server that looks for changes.
   Compiling with it gives what compiling without it gives. A file whose path and text are as they were is not parsed again; where
   no file has changed at all, the rulebook that was compiled last is given once more, counted once more. Files are read all the
   same. The cache holds, for each path, the text as it was compiled last and its tree, some ten times the text, and the last
   rulebook; so use one cache for one root of rules, and delete it when no more changes are awaited. Any number of threads may
   compile through it; the deleting comes after. */
GJ_API gj_status gj_cache_new(gj_cache **cache, gj_error **error);

/* Deletes a cache; NULL is fine. Rulebooks that were compiled through it stay. */
GJ_API void gj_cache_delete(gj_cache *cache);

/* One rule file in memory. The path names it in findings, and is what `use "…"` of other files refers to. */
typedef struct gj_source {
  gj_text path;
  gj_text content;
} gj_source;

/* The host's own files: a bundle, a database, an editor's buffers. */
typedef struct gj_file_reader {
  size_t size;
  void *user;              /* handed back to the two functions */
  /* Gives the content of the file `path` (with `/`, relative to the root of the rules). GJ_OK: *content is set and stays valid
     until `release` is called for it or, without `release`, until the compiling call returns. Any other status: there is no
     such file. Must not throw or jump. */
  gj_status (*read)(void *user, gj_text path, gj_text *content);
  /* May be NULL. Called once for each successful `read`, as soon as the content was copied. */
  void (*release)(void *user, gj_text content);
} gj_file_reader;

/* The five ways to compile end in the same parameters:
     options      NULL for the defaults.
     rulebook     receives a rulebook with a count of 1, which the caller releases; NULL where there are mistakes. Must be given.
     diagnostics  receives all findings, warnings beside a good result too; the caller deletes them. May be NULL.
   They return GJ_OK, GJ_MISTAKES, or a negative status where the rules could not be had at all. Any thread may compile. */

/* Compiles one text. `name` is its path in findings. It may not `use` other files. */
GJ_API gj_status gj_compile_text(const char *name, size_t name_size, const char *text, size_t text_size,
                                 const gj_compile_options *options, gj_rulebook **rulebook, gj_diagnostics **diagnostics,
                                 gj_error **error);

/* Compiles one rule file on disk and what it uses. No `use` may lead out of the root of the rules: options->root; where that is
   empty, the nearest folder above that is named `rules`; else the current folder if the file lies in it; else the file's own
   folder. GJ_E_NOT_FOUND where the file cannot be read or does not lie below the root. */
GJ_API gj_status gj_compile_file(const char *path, size_t path_size, const gj_compile_options *options, gj_rulebook **rulebook,
                                 gj_diagnostics **diagnostics, gj_error **error);

/* Compiles all `.gj` files of a folder and the folders in it. GJ_E_NOT_FOUND where there is no such folder or no file in it. */
GJ_API gj_status gj_compile_directory(const char *path, size_t path_size, const gj_compile_options *options,
                                      gj_rulebook **rulebook, gj_diagnostics **diagnostics, gj_error **error);

/* Compiles files that stand in memory; they may use each other. The texts are copied. What ends in `.csv` is a table that rule files name,
   and not compiled for itself. GJ_E_ARGUMENT where there is no rule file among them. */
GJ_API gj_status gj_compile_memory(const gj_source *sources, size_t source_count, const gj_compile_options *options,
                                   gj_rulebook **rulebook, gj_diagnostics **diagnostics, gj_error **error);

/* Compiles the named files and what they use, all read through the host's reader. */
GJ_API gj_status gj_compile_with_reader(const gj_file_reader *reader, const gj_text *paths, size_t path_count,
                                        const gj_compile_options *options, gj_rulebook **rulebook, gj_diagnostics **diagnostics,
                                        gj_error **error);

/* ---- findings about rule files ------------------------------------------------------------------------------------------- */

typedef int32_t gj_severity;
enum { GJ_SEVERITY_ERROR = 0, GJ_SEVERITY_WARNING = 1, GJ_SEVERITY_NOTE = 2 };

typedef struct gj_diagnostic {
  size_t size;
  int32_t code;            /* 1301; stable for ever */
  gj_severity severity;
  gj_text code_name;       /* "GJ1301" */
  gj_text file;            /* the path; empty where no file is meant */
  uint32_t line, column;             /* from 1, columns in characters */
  uint32_t end_line, end_column;     /* one past the last character */
  gj_text message;         /* one line */
  gj_text help;            /* what to write instead; may be empty */
  gj_text rendered;        /* place, message, excerpt with a caret, help: several lines, ready to print in a terminal */
} gj_diagnostic;

/* How many findings there are. */
GJ_API size_t gj_diagnostics_count(const gj_diagnostics *diagnostics);

/* How many of them are errors, not warnings or notes. */
GJ_API size_t gj_diagnostics_error_count(const gj_diagnostics *diagnostics);

/* Fills *out with one finding; its texts live as long as the diagnostics. GJ_E_ARGUMENT: no such index. */
GJ_API gj_status gj_diagnostics_get(const gj_diagnostics *diagnostics, size_t index, gj_language language, gj_diagnostic *out);

/* Deletes findings; NULL is fine. */
GJ_API void gj_diagnostics_delete(gj_diagnostics *diagnostics);

/* ---- rulebooks ----------------------------------------------------------------------------------------------------------- */

/* Counts one more owner and returns the same rulebook. Any thread. */
GJ_API gj_rulebook *gj_rulebook_retain(gj_rulebook *rulebook);

/* Counts one owner less; the last one deletes it. Any thread; NULL is fine. */
GJ_API void gj_rulebook_release(gj_rulebook *rulebook);

/* How many programmes and standards there are. */
GJ_API size_t gj_rulebook_program_count(const gj_rulebook *rulebook);

/* One of them, in the order of the rule files; NULL past the end. */
GJ_API const gj_program *gj_rulebook_program(const gj_rulebook *rulebook, size_t index);

/* A programme or standard by its name or any alias of it; NULL where there is none. */
GJ_API const gj_program *gj_rulebook_find_program(const gj_rulebook *rulebook, const char *name, size_t name_size);

/* ---- programmes and standards -------------------------------------------------------------------------------------------- */

typedef int32_t gj_program_kind;
enum { GJ_PROGRAM = 0, GJ_STANDARD = 1, GJ_DUTY = 2, GJ_TARGET_TABLE = 3 };

typedef struct gj_program_info {
  size_t size;
  gj_program_kind kind;
  gj_text name;
  gj_text label;
  gj_text file;              /* where it is declared */
  size_t alias_count;        /* gj_program_alias */
  size_t authority_count;    /* gj_program_authority */
  size_t version_count;      /* gj_program_version: versions of a programme, editions of a standard */
  size_t field_count;        /* gj_program_field */
  gj_text implements;        /* the programme that it carries out; empty: none */
  gj_text region;            /* … in the region of this code */
} gj_program_info;

typedef struct gj_version_info {
  size_t size;
  gj_text name;
  gj_text label;
  gj_date from;              /* first day; all zero: open */
  gj_date to;                /* last day; all zero: open */
} gj_version_info;

/* The name of a region code of GB/T 2260, six digits as in "630000": that of the region alone, "城东区". Known are the provinces and,
   in Qinghai, prefectures and counties; empty for any other code. Lives for ever. */
GJ_API gj_text gj_region_name(const char *code, size_t size, gj_language language);

/* Fills *out. Texts live as long as the rulebook. */
GJ_API gj_status gj_program_describe(const gj_program *program, gj_language language, gj_program_info *out);

/* Another name of the program; empty past the end. */
GJ_API gj_text gj_program_alias(const gj_program *program, size_t index);

/* A body that carries the programme out; empty past the end. */
GJ_API gj_text gj_program_authority(const gj_program *program, size_t index, gj_language language);

/* Fills *out with one version or edition. GJ_E_ARGUMENT: no such index. */
GJ_API gj_status gj_program_version(const gj_program *program, size_t index, gj_language language, gj_version_info *out);

/* One field, in the order of the rule file; NULL past the end. Resolve fields once, then set facts through them. */
GJ_API const gj_field *gj_program_field(const gj_program *program, size_t index);

/* A field by its path, "purchase.tier", in names or aliases; NULL where there is none. The fields of list entries are found
   through their list. */
GJ_API const gj_field *gj_program_find_field(const gj_program *program, const char *path, size_t path_size);

/* ---- fields -------------------------------------------------------------------------------------------------------------- */

typedef int32_t gj_field_kind;
enum {
  GJ_TRUTH = 0,      /* yes or no */
  GJ_NUMBER = 1,     /* numbers, money, quantities: exact, in the declared unit */
  GJ_MEMBER = 2,     /* one of an enumeration or scale */
  GJ_DATE = 3,
  GJ_MONTHS = 4,     /* a length of time in months; years are 12 */
  GJ_DAYS = 5,       /* a length of time in days */
  GJ_TEXT = 6,
  GJ_REGION = 7,     /* GB/T 2260: six or twelve digits */
  GJ_LIST = 8,       /* a list or history; its entries have fields of their own */
  GJ_DOCUMENT = 9    /* a paper: owed, held or refused */
};

typedef struct gj_field_info {
  size_t size;
  gj_field_kind kind;
  int32_t is_optional;       /* may be absent */
  int32_t is_unknowable;     /* `or unknowable`: may be asked and not answered */
  int32_t is_changeable;     /* the applicant could still change it */
  int32_t is_integer;        /* whole numbers only */
  int32_t is_history;        /* a list of which the host says whether it is complete */
  int32_t is_scale;          /* members are in an order */
  int32_t has_default_range; /* the range is not written in the rules, but the language's own bound */
  gj_text path;              /* "purchase.tier"; of an entry's field: "category" */
  gj_text label;
  gj_text ask;               /* the question to put; may be empty */
  gj_text at;                /* where the answer stands; may be empty */
  gj_text unit;              /* "yuan", "kW"; empty for plain numbers and other kinds */
  gj_text allowed;           /* what is allowed, in words */
  gj_text least, most;       /* numbers: digits in the unit above; dates: 2025-03-01; otherwise empty */
  gj_text step;              /* numbers: the finest difference that counts, in the unit above */
  size_t alias_count;        /* gj_field_alias */
  size_t member_count;       /* gj_field_member */
  size_t element_count;      /* gj_field_element */
} gj_field_info;

typedef struct gj_member_info {
  size_t size;
  gj_text name;
  gj_text label;
  int32_t rank;              /* on a scale 0 is best; otherwise -1 */
  int32_t is_floor;          /* the level of what meets no level */
  size_t alias_count;        /* gj_field_member_alias */
} gj_member_info;

/* Fills *out. Texts live as long as the rulebook. */
GJ_API gj_status gj_field_describe(const gj_field *field, gj_language language, gj_field_info *out);

/* The same path in other names; empty past the end. */
GJ_API gj_text gj_field_alias(const gj_field *field, size_t index);

/* Fills *out with one member, in the order of the rule file. GJ_E_ARGUMENT: no such index. */
GJ_API gj_status gj_field_member(const gj_field *field, size_t index, gj_language language, gj_member_info *out);

/* Another name of a member; empty past the end. */
GJ_API gj_text gj_field_member_alias(const gj_field *field, size_t member, size_t index);

/* The index of a member by name, alias or label. GJ_E_NOT_FOUND: there is none of that name. */
GJ_API gj_status gj_field_find_member(const gj_field *field, const char *name, size_t name_size, size_t *index);

/* One field of a list's entries; NULL past the end, or where the field is no list. */
GJ_API const gj_field *gj_field_element(const gj_field *list, size_t index);

/* A field of a list's entries by its path in the entry; NULL where there is none. */
GJ_API const gj_field *gj_field_find_element(const gj_field *list, const char *path, size_t path_size);

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

/* GJ_NUMBER: a number in the unit of the field. Scale 0 … 18. */
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
   GJ_BAD_FACT: some values are not allowed, or a key is unknown or stands twice; all the others are set, and the decision is
   GJ_INVALID and lists them. GJ_E_JSON: the text is no JSON object; deciding is GJ_INVALID too until the facts are reset. */
GJ_API gj_status gj_facts_read_json(gj_facts *facts, const char *json, size_t json_size, gj_error **error);

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
   it, never wrong. A case costs about as much as a decision; where every fact is known none is needed. 4096 unless set; 0: one pass.
   GJ_E_ARGUMENT: more than 1048576. */
GJ_API gj_status gj_decision_set_max_cases(gj_decision *decision, uint32_t max_cases);

/* Decides a case, or grades by a standard, and replaces what the decision held. The facts are only read; they may be changed or
   deleted afterwards. Returns GJ_OK whatever the outcome is. */
GJ_API gj_status gj_decide(const gj_facts *facts, gj_decision *decision, gj_error **error);

/* ---- rows: facts in a struct of the host ---------------------------------------------------------------------------------- */

/* How a member of the struct holds its fact. Integers hold a GJ_TRUTH as 0 or 1, a GJ_MEMBER as the index that
   gj_field_find_member gives, a GJ_DATE as days since 1970-01-01, GJ_MONTHS and GJ_DAYS as how many, a GJ_DOCUMENT as a
   gj_document_state, a GJ_REGION as its six digits (up to GJ_INT32) or twelve (GJ_INT64), a GJ_NUMBER in steps of 10^-scale of the
   unit of the field: of yuan with scale 2 they are fen. A GJ_TEXT is a gj_text, or, for a program whose rules name no texts, any
   number from 0 to 2^40 that is the same for the same text. */
typedef int32_t gj_element;
enum { GJ_INT8 = 0, GJ_INT16 = 1, GJ_INT32 = 2, GJ_INT64 = 3, GJ_TEXT_VIEW = 4, GJ_LIST_VIEW = 5 };

/* The member for a GJ_LIST: `count` entries, one after the other as gj_entries_bind describes them; `complete` not 0: there are no
   others. */
typedef struct gj_list_view {
  const void *entries;
  size_t count;
  int32_t complete;
} gj_list_view;

#define GJ_NO_OFFSET SIZE_MAX

typedef struct gj_bound_field {
  size_t size;                 /* sizeof(gj_bound_field) */
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
   GJ_E_ARGUMENT: a field of another program, or one that is named twice. GJ_E_KIND: the field cannot be held so. */
GJ_API gj_status gj_facts_bind(const gj_program *program, const gj_bound_field *fields, size_t count, gj_binding **binding,
                               gj_error **error);

/* The same for the entries of a list, which lie `stride` bytes apart. */
GJ_API gj_status gj_entries_bind(const gj_field *list, size_t stride, const gj_bound_field *fields, size_t count,
                                 gj_binding **binding, gj_error **error);

/* Deletes a binding; NULL is fine. */
GJ_API void gj_binding_delete(gj_binding *binding);

/* Decides the case in a struct as gj_decide decides facts: the answer is the same, and a value that is not allowed makes it GJ_INVALID.
   The struct and what it points to are read and not kept. Fast, and without allocating once it is warm, where the language is
   GJ_SILENT and every fact that matters is known. GJ_E_ARGUMENT: `binding` is one of entries. */
GJ_API gj_status gj_decide_row(const gj_binding *binding, const void *row, gj_decision *decision, gj_error **error);

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

/* The amount to pay as a text with two decimals, "2000.00"; empty where gj_decision_amount finds none. */
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
   with paths of facts, "referred" with names of open texts. Of GJ_INVALID: "outcome", "program" and "invalid", the paths of the facts that
   are not allowed. Empty for standards and targets. Lifetime and memory as of gj_decision_json. */
GJ_API gj_text gj_decision_brief_json(gj_decision *decision);

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
  gj_text value;             /* "yes", "no", "unknown", "absent"; of a named grade its level, or the state without one */
  gj_text text;              /* why, where it does not hold */
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
   them from now on. GJ_E_STATE: nothing was decided yet. GJ_E_ARGUMENT: the facts are of another program, or targets. */
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

/* ---- columns --------------------------------------------------------------------------------------------------------------- */

/* Decides many cases at once: the facts of a programme as columns, one integer a row, and the answers likewise. Every row comes out as
   gj_decide would decide it. Rows of which every fact that matters is known or absent, and whose lists are empty, take about as long
   as it takes to read them; all others are decided one by one. */

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
                                the version; 0 otherwise. Of more than 64 requirements gj_columns_failed_count columns of 8 bytes */
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
   and is not eligible any more is told by the outcome, and nothing is claimed back.
   GJ_E_ARGUMENT: the receipt is not intact, is that of a standard, was decided by rules as known on a later day, or the rules do not
   have its program or facts. GJ_E_RANGE: a sum does not fit. */
GJ_API gj_status gj_receipt_top_up(const gj_receipt *receipt, const gj_rulebook *rulebook, gj_date known_on, gj_top_up *out,
                                   gj_error **error);

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

/* GJ_ELIGIBLE: something is granted and nothing is open. GJ_INELIGIBLE: nothing can be granted. GJ_UNDETERMINED: facts are missing
   on which it hangs what is granted. GJ_REFERRED: a person has to decide. GJ_INVALID: bad facts. GJ_UNDECIDED: nothing yet. */
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
  GJ_COMBINED_BAD_FACTS = 4   /* gj_combination_bad_fact */
};

/* One programme beside the others. */
typedef struct gj_combined_program {
  size_t size;
  gj_text name;
  gj_text label;
  gj_outcome outcome;        /* of its own decision; GJ_UNDECIDED where it was not asked */
  gj_text standing;          /* "granted", "excluded", "nothing_left", "open", "not_granted", "not_asked", "carried_out" */
  gj_text group;             /* that relates it to others; empty: it stacks */
  gj_text own_least;         /* what it pays by itself, "2000.00"; empty where it pays nothing or is not asked */
  gj_text own_most;          /* empty also where no upper end is known */
  gj_text least;             /* what it pays beside the others */
  gj_text most;
  gj_text by;                /* excluded: by this programme …; carried_out: this local programme stands in its place, empty: it is open which */
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

/* A fact on which it hangs what is granted. */
GJ_API gj_status gj_combination_need(const gj_combination *combination, size_t index, gj_need *out);

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

#endif /* GUIJU_H */
