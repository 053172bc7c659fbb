/* clang-format off */ /* its comments stand in columns */
/*
 * What every other header of the C interface uses: how functions are exported, versions, plain values, handles, errors.
 */
#ifndef GUIJU_BASE_H
#define GUIJU_BASE_H

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

#ifdef __cplusplus
}
#endif

#endif /* GUIJU_BASE_H */
