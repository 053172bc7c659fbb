/* What all C that `guiju emit c` writes shares: outcomes, and the tables that describe programmes. C99 and C++. */
#ifndef GUIJU_EMITTED_H
#define GUIJU_EMITTED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What is decided. The numbers are those of GJ_ELIGIBLE … in guiju.h. */
enum {
  GJC_ELIGIBLE = 0,
  GJC_INELIGIBLE = 1,   /* at least one requirement fails */
  GJC_REFERRED = 3,     /* open for texts alone: a person has to settle them, the engine tells which */
  GJC_NOT_IN_FORCE = 4, /* no version governs that day */
  GJC_INVALID = 5,      /* a fact that the version reads lies outside what it may be */
  GJC_OPEN = -1         /* not settled here: ask the engine */
};
/* What an amount is: of a ceiling or an average nothing follows for one case but an upper bound, or nothing; a charge
   is due from the person, a deduction comes off the taxable income, a credit off the tax. */
enum { GJC_PAYMENT = 0, GJC_CEILING = 1, GJC_AVERAGE = 2, GJC_CHARGE = 3, GJC_DEDUCTION = 4, GJC_CREDIT = 5 };
/* The values of a paper. */
enum { GJC_OWED = 0, GJC_HELD = 1, GJC_REFUSED = 2 };
/* What a fact is, and how int64_t holds it. The numbers are those of GJ_TRUTH … in guiju.h. */
enum {
  GJC_TRUTH = 0,  /* 0 or 1 */
  GJC_NUMBER = 1, /* in the steps that the comment of the member names */
  GJC_MEMBER = 2, /* an enumerator */
  GJC_DATE = 3,   /* days since 1970-01-01, see gjc_day */
  GJC_MONTHS = 4,
  GJC_DAYS = 5,
  GJC_TEXT = 6,   /* the number that NAME_text gives; of any other text a further one, the same for equal texts */
  GJC_REGION = 7, /* GB/T 2260 as a number of twelve digits */
  GJC_LIST = 8,
  GJC_DOCUMENT = 9 /* GJC_OWED, GJC_HELD, GJC_REFUSED */
};

/* In Chinese and English, UTF-8; where one is missing it is the other. */
typedef struct {
  const char *zh, *en;
} gjc_text;
typedef struct {
  const char* name;
  gjc_text label;
} gjc_named;

struct gjc_layout;
typedef struct {
  const char* path; /* as the rules name it: "purchase.price"; inside an entry "category" */
  gjc_text label;
  int32_t kind;
  int32_t bit;                    /* its place in `known` and `absent` */
  size_t offset;                  /* of the member; of a list, of the pointer to its entries */
  size_t count;                   /* lists: offset of their number */
  const struct gjc_layout* entry; /* lists */
} gjc_field;
typedef struct gjc_layout {
  size_t size;          /* of the struct */
  size_t known, absent; /* offsets of the sets, each of `words` uint64_t */
  size_t words;
  size_t fields;
  const gjc_field* field;
} gjc_layout;

typedef struct {
  uint32_t id; /* stable: made from the names of the programme and its own */
  const char* name;
  gjc_text reason; /* why it fails; {path} stands for the value that belongs there */
} gjc_requirement;
typedef struct {
  const char* name;
  gjc_text label;
  int32_t decided; /* 0: its cases are always open here */
  int32_t has_amount, amount_kind;
  size_t requirements; /* bit i of `failed` is requirement i */
  const gjc_requirement* requirement;
  size_t part_requirements; /* bit i of `refused` */
  const gjc_requirement* part_requirement;
  size_t documents; /* bit i of `owed` */
  const gjc_named* document;
  size_t parts;
  const gjc_named* part;
  size_t shares;
  const gjc_named* share;
} gjc_version;
typedef struct {
  const char* name;
  gjc_text label;
  const char* rules_sha256; /* of the rule files that it was written from */
  const gjc_layout* facts;
  size_t versions;
  const gjc_version* version;
  /* Lengths of the arrays of a result. */
  size_t failed_words, refused_words, owed_words, parts, shares;
} gjc_program;

/* The number of a text, or -1 where the rules do not name it. `sorted` by bytes. */
typedef struct {
  const char* text;
  int64_t number;
} gjc_numbered;
static inline int64_t gjc_find_text(const gjc_numbered* sorted, size_t count, const char* text) {
  size_t low = 0;
  while (low < count) {
    const size_t middle = low + (count - low) / 2;
    const int order = strcmp(sorted[middle].text, text);
    if (order == 0) return sorted[middle].number;
    if (order < 0) {
      low = middle + 1;
    } else {
      count = middle;
    }
  }
  return -1;
}

/* A condition that hardly ever holds. Not told so, compilers take the code behind many of them for the rare one. */
#ifdef __GNUC__
#define GJC_RARELY(condition) __builtin_expect((condition), 0)
#else
#define GJC_RARELY(condition) (condition)
#endif

/* Whether a number lies outside a range, whose ends belong to it. */
static inline int gjc_outside(int64_t value, int64_t least, int64_t most) {
  return (value < least) | (value > most);
}

/* The day number of a civil date. */
static inline int64_t gjc_day(int64_t year, int64_t month, int64_t day) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

#endif
