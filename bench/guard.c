/* What bench/guard counts: ten fixed decisions, one block of columns and the loading of fixed rules, through the C
   interface. Instructions are collected only inside `measured`; allocations are counted here, in front of the C
   library's own functions. Usage: guard decisions|columns|loading RULES */
#include <guiju.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* old, size_t size);

static long allocations;

void* malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* old, size_t size) {
  ++allocations;
  return __libc_realloc(old, size);
}

enum { CASES = 10 };

/* Eligible under each version, at and below a cap, each requirement failing, a hole of the table, an open text, a
   missing fact, a day on which nothing is in force, bad facts. */
static const char* const kCases[CASES] = {
    "{\"item\":{\"date\":\"2025-03-01\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":3999.00,\"off\":50.00},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2025-12-31\",\"goods\":\"tv\",\"level\":\"second\",\"price\":19999.99,\"off\":0},\"shop\":{"
    "\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2026-01-01\",\"goods\":\"washer\",\"level\":\"second\",\"price\":2999.99,\"off\":1.50},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2025-06-01\",\"goods\":\"fridge\",\"level\":\"third\",\"price\":3999.00,\"off\":50.00},"
    "\"shop\":{\"listed\":false},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2026-06-01\",\"goods\":\"oven\",\"level\":\"first\",\"price\":3999.00,\"off\":50.00},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2025-06-01\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":50001.00,\"off\":50.00},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2025-06-01\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":3999.00,\"off\":50.00},"
    "\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2024-12-31\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":3999.00,\"off\":50.00},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}",
    "{\"item\":{\"date\":\"2026-06-01\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":3999.00,\"off\":50.00},"
    "\"shop\":{\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[{\"goods\":\"tv\",\"date\":\"2026-02-01\"},"
    "{\"goods\":\"fridge\",\"date\":\"2026-03-01\"}]}}",
    "{\"item\":{\"date\":\"2026-06-01\",\"goods\":\"fridge\",\"level\":\"first\",\"price\":0,\"off\":50.00},\"shop\":{"
    "\"listed\":true},\"earlier\":{\"complete\":true,\"entries\":[]}}"};
static const gj_outcome kOutcomes[CASES] = {GJ_ELIGIBLE, GJ_ELIGIBLE,     GJ_ELIGIBLE,     GJ_INELIGIBLE, GJ_INELIGIBLE,
                                            GJ_REFERRED, GJ_UNDETERMINED, GJ_NOT_IN_FORCE, GJ_INELIGIBLE, GJ_INVALID};

static gj_facts* facts[CASES];
static gj_decision* decision;
static char text[1 << 16];
static size_t text_size;

static void must(int holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "guard: %s\n", what);
  exit(2);
}

static gj_rulebook* compile(void) {
  gj_rulebook* rules = NULL;
  must(gj_compile_text("guard.gj", 8, text, text_size, NULL, &rules, NULL, NULL) == GJ_OK, "the rules have mistakes");
  return rules;
}

static void decide_all(void) {
  size_t i;
  for (i = 0; i < CASES; ++i) {
    gj_decide(facts[i], decision, NULL);
    if (gj_decision_outcome(decision) != kOutcomes[i])
      fprintf(stderr, "guard: case %u is %s\n", (unsigned)i, gj_decision_outcome_name(decision).data);
    must(gj_decision_outcome(decision) == kOutcomes[i], "another outcome");
  }
}

/* One block of columns: rows of every outcome that columns give, drawn by a fixed sequence. */
enum { ROWS = 1024, FIELDS = 7 };
static int32_t dates[ROWS], prices[ROWS], offs[ROWS];
static int8_t goods[ROWS], levels[ROWS], listed[ROWS];
static int8_t outcomes[ROWS];
static int32_t versions[ROWS], amounts[ROWS];
static uint32_t failed[ROWS];
static gj_columns* columns;
static gj_column_rows rows[FIELDS];

static uint32_t draw(uint32_t below) {
  static uint32_t state = 20250301;
  state = state * 1664525U + 1013904223U;
  return (state >> 8) % below;
}

static void prepare_columns(const gj_program* program) {
  static const struct {
    const char* path;
    gj_element element;
    int32_t scale;
    const void* values;
  } kColumns[FIELDS] = {{"item.date", GJ_INT32, 0, dates},  {"item.goods", GJ_INT8, 0, goods},
                        {"item.level", GJ_INT8, 0, levels}, {"item.price", GJ_INT32, 2, prices},
                        {"item.off", GJ_INT32, 2, offs},    {"shop.listed", GJ_INT8, 0, listed},
                        {"earlier", GJ_LIST_VIEW, 0, NULL}};
  gj_column described[FIELDS];
  gj_answer_widths widths;
  size_t i;
  for (i = 0; i < ROWS; ++i) {
    dates[i] = 20000 + (int32_t)draw(900); /* from October 2024 to March 2027 */
    goods[i] = (int8_t)draw(4);
    levels[i] = (int8_t)draw(4);
    prices[i] = 1 + (int32_t)draw(2000000);
    offs[i] = (int32_t)draw((uint32_t)prices[i]);
    listed[i] = draw(5) != 0;
  }
  memset(described, 0, sizeof described);
  for (i = 0; i < FIELDS; ++i) {
    described[i].size = sizeof described[i];
    described[i].field = gj_program_find_field(program, kColumns[i].path, strlen(kColumns[i].path));
    described[i].element = kColumns[i].element;
    described[i].scale = kColumns[i].scale;
    rows[i].values = kColumns[i].values;
  }
  memset(&widths, 0, sizeof widths);
  widths.size = sizeof widths;
  widths.version = 4;
  widths.amount = 4;
  widths.failed = 4;
  must(gj_columns_new(program, described, FIELDS, &widths, &columns, NULL) == GJ_OK, "no columns");
}

static void decide_columns(void) {
  gj_answer_rows out;
  size_t counts[32] = {0};
  size_t i;
  memset(&out, 0, sizeof out);
  out.size = sizeof out;
  out.outcomes = outcomes;
  out.versions = versions;
  out.amounts = amounts;
  out.failed = failed;
  must(gj_decide_columns(columns, rows, ROWS, &out, NULL) == GJ_OK, "columns");
  for (i = 0; i < ROWS; ++i) counts[outcomes[i]] += 1;
  must(counts[GJ_ELIGIBLE] != 0 && counts[GJ_INELIGIBLE] != 0 && counts[GJ_NOT_IN_FORCE] != 0,
       "columns are missing an outcome");
}

static void load(void) {
  gj_rulebook_release(compile());
}

/* Callgrind collects here and nowhere else. */
__attribute__((noinline)) void measured(void (*what)(void)) {
  what();
  __asm__ volatile("" ::: "memory");
}

static void prepare(gj_rulebook* rules) {
  size_t i;
  must(gj_decision_new(&decision, NULL) == GJ_OK && gj_decision_set_language(decision, GJ_SILENT) == GJ_OK,
       "no decision");
  for (i = 0; i < CASES; ++i) {
    must(gj_facts_new(gj_rulebook_find_program(rules, "guarded", 7), &facts[i], NULL) == GJ_OK, "no facts");
    gj_facts_read_json(facts[i], kCases[i], strlen(kCases[i]), NULL);
  }
  prepare_columns(gj_rulebook_find_program(rules, "guarded", 7));
}

int main(int argc, char** argv) {
  FILE* file;
  long before;
  void (*what)(void);
  must(argc == 3, "usage: guard decisions|columns|loading RULES");
  what = strcmp(argv[1], "loading") == 0 ? load : strcmp(argv[1], "columns") == 0 ? decide_columns : decide_all;
  file = fopen(argv[2], "rb");
  must(file != NULL, "the rules cannot be read");
  text_size = fread(text, 1, sizeof text, file);
  fclose(file);

  prepare(compile());
  what(); /* whatever is done only once is done */
  what();
  before = allocations;
  measured(what);
  printf("%ld\n", allocations - before);
  return 0;
}
