/* clang-format off */ /* its comments stand in columns */
/*
 * Rule files in: compiling, what was found in them, and what the rules hold: programmes, standards, their versions and the
 * fields of their facts. What holds for every function stands in guiju.h.
 */
#ifndef GUIJU_RULEBOOK_H
#define GUIJU_RULEBOOK_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_RULEBOOK_H */
