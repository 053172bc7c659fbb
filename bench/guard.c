/* What bench/guard counts: ten fixed decisions and the loading of fixed rules, through the C interface. Instructions
   are collected only inside `measured`; allocations are counted here, in front of the C library's own functions. Usage:
   guard decisions|loading RULES */
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
}

int main(int argc, char** argv) {
  FILE* file;
  long before;
  void (*what)(void);
  must(argc == 3, "usage: guard decisions|loading RULES");
  what = strcmp(argv[1], "loading") == 0 ? load : decide_all;
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
