/*
 * A till that embeds Guiju: C99, rules loaded once, one purchase a line.
 *
 *   till RULES PROGRAM zh|en [RECORD] < basket.jsonl
 *
 * Each line of standard input is a JSON object with the facts of one item; lines that begin with # are skipped. The till adds to
 * the buyer's history what it granted earlier in the same basket, so that "one of each category" holds within a basket too. For
 * each item it prints the lines of a receipt. What is missing it asks for, and says between what the subsidy lies meanwhile; for
 * what is refused it names the nearest choices that would qualify.
 * RECORD is a file to which each decision is added as a receipt that can be decided again years later (see desk.c); the buyer's
 * identity number does not stand in it.
 */
#include <guiju.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 1 << 20, MOST_GRANTS = 256 };

/* The fields that the till itself reads or writes, resolved once. A programme that lacks one has NULL there. */
typedef struct Fields {
  const gj_field *category, *date, *price;
  const gj_field *claims, *claim_category, *claim_state, *claim_date;
  size_t granted;
} Fields;

/* What was granted in this basket. */
typedef struct Grant {
  size_t category;
  gj_date date;
} Grant;

typedef struct Till {
  gj_language language;
  const gj_program *program;
  Fields fields;
  gj_facts *facts;
  gj_decision *decision;
  Grant grants[MOST_GRANTS];
  size_t grant_count;
  int64_t total_fen;
  FILE *record; /* NULL: none is kept */
  int recorded;
} Till;

static const char *pick(const Till *till, const char *zh, const char *en) {
  return till->language == GJ_EN ? en : zh;
}

static const gj_field *find(const gj_program *program, const char *path) {
  return gj_program_find_field(program, path, strlen(path));
}

static const gj_field *find_in(const gj_field *list, const char *path) {
  return gj_field_find_element(list, path, strlen(path));
}

static void resolve_fields(Till *till) {
  Fields *f = &till->fields;
  memset(f, 0, sizeof *f);
  f->category = find(till->program, "purchase.category");
  f->date = find(till->program, "purchase.date");
  f->price = find(till->program, "purchase.list_price");
  f->claims = find(till->program, "claims");
  f->claim_category = find_in(f->claims, "category");
  f->claim_state = find_in(f->claims, "state");
  f->claim_date = find_in(f->claims, "purchased_on");
  if (gj_field_find_member(f->claim_state, "granted", 7, &f->granted) != GJ_OK) f->claims = NULL;
}

/* ---- money ------------------------------------------------------------------------------------------------------------------ */

static int64_t to_fen(gj_decimal d) {
  int64_t fen = d.coefficient;
  int32_t scale = d.scale;
  for (; scale < 2; ++scale) fen *= 10;
  for (; scale > 2; --scale) fen /= 10; /* prices have whole fen: their step is 0.01 yuan */
  return fen;
}

static void print_fen(int64_t fen) {
  printf("%" PRId64 ".%02d", fen / 100, (int)(fen % 100));
}

/* As people write sums: 2,000 or 1,499.98. */
static void print_sum(int64_t fen) {
  if (fen >= 100000) {
    printf("%" PRId64 ",%03d", fen / 100000, (int)(fen / 100 % 1000));
  } else {
    printf("%" PRId64, fen / 100);
  }
  if (fen % 100 != 0) printf(".%02d", (int)(fen % 100));
}

/* ---- one item --------------------------------------------------------------------------------------------------------------- */

/* The history that came with the facts, and what this basket added to it. */
static void add_grants(Till *till) {
  const Fields *f = &till->fields;
  size_t i;
  if (f->claims == NULL || gj_facts_state(till->facts, f->claims) != GJ_KNOWN) return;
  for (i = 0; i < till->grant_count; ++i) {
    gj_facts_add_entry(till->facts, f->claims, NULL);
    gj_facts_set_member(till->facts, f->claim_category, till->grants[i].category);
    gj_facts_set_member(till->facts, f->claim_state, f->granted);
    gj_facts_set_date(till->facts, f->claim_date, till->grants[i].date);
  }
}

static void remember_grant(Till *till) {
  Grant grant;
  if (till->grant_count == MOST_GRANTS) return;
  if (gj_facts_get_member(till->facts, till->fields.category, &grant.category) != GJ_OK) return;
  if (gj_facts_get_date(till->facts, till->fields.date, &grant.date) != GJ_OK) return;
  till->grants[till->grant_count++] = grant;
}

static void print_item(const Till *till, int number) {
  gj_member_info member;
  gj_decimal price;
  size_t index;
  printf("%2d  ", number);
  memset(&member, 0, sizeof member);
  member.size = sizeof member;
  if (gj_facts_get_member(till->facts, till->fields.category, &index) == GJ_OK &&
      gj_field_member(till->fields.category, index, till->language, &member) == GJ_OK) {
    printf("%s", member.label.size != 0 ? member.label.data : member.name.data);
  } else {
    printf("%s", pick(till, "商品", "item"));
  }
  if (gj_facts_get_decimal(till->facts, till->fields.price, &price) == GJ_OK) {
    printf("  ");
    print_fen(to_fen(price));
  }
  printf("\n");
}

static void print_parts(const Till *till) {
  const size_t count = gj_decision_count(till->decision, GJ_PARTS);
  size_t i;
  for (i = 0; count > 1 && i < count; ++i) {
    gj_part part;
    part.size = sizeof part;
    if (gj_decision_part(till->decision, i, &part) != GJ_OK || part.least.coefficient == 0) continue;
    printf("        %s  ", part.label.size != 0 ? part.label.data : part.name.data);
    print_fen(part.least.coefficient);
    printf("\n");
  }
}

static void print_named(const Till *till, const char *heading, gj_part_of_decision list,
                        gj_status (*get)(const gj_decision *, size_t, gj_named *)) {
  const size_t count = gj_decision_count(till->decision, list);
  size_t i;
  for (i = 0; i < count; ++i) {
    gj_named named;
    named.size = sizeof named;
    if (get(till->decision, i, &named) != GJ_OK) continue;
    printf("%s%s", i == 0 ? heading : pick(till, "、", ", "), named.label.size != 0 ? named.label.data : named.name.data);
  }
  if (count != 0) printf("\n");
}

static void print_granted(Till *till) {
  gj_decimal amount;
  gj_named payout;
  if (gj_decision_amount(till->decision, &amount) == GJ_OK) {
    printf("    %s ", pick(till, "补贴", "subsidy"));
    print_fen(amount.coefficient);
    printf("  (%s)\n", gj_decision_version(till->decision).data);
    till->total_fen += amount.coefficient;
  }
  print_parts(till);
  payout.size = sizeof payout;
  if (gj_decision_payout(till->decision, &payout) == GJ_OK && payout.label.size != 0) printf("    %s\n", payout.label.data);
  print_named(till, pick(till, "    请出示:", "    please show: "), GJ_DOCUMENTS, gj_decision_document);
  remember_grant(till);
}

/* The nearest choices of the buyer that would qualify: another model, perhaps. */
static void print_nearest(Till *till) {
  size_t i;
  if (gj_decision_find_remedies(till->facts, till->decision, NULL) != GJ_OK) return;
  for (i = 0; i < 3 && i < gj_decision_count(till->decision, GJ_REMEDIES); ++i) {
    gj_remedy remedy;
    remedy.size = sizeof remedy;
    if (gj_decision_remedy(till->decision, i, &remedy) != GJ_OK) continue;
    if (i == 0) printf("    %s\n", pick(till, "换成下列则可补贴", "would qualify"));
    printf("      + %s", remedy.text.data);
    if (remedy.amount.size != 0) printf(pick(till, ":补贴 %s", ": subsidy %s"), remedy.amount.data);
    printf("\n");
  }
}

static void print_refused(Till *till) {
  size_t i;
  printf("    %s\n", pick(till, "不予补贴", "no subsidy"));
  for (i = 0; i < gj_decision_count(till->decision, GJ_FAILURES); ++i) {
    gj_failure failure;
    failure.size = sizeof failure;
    if (gj_decision_failure(till->decision, i, &failure) == GJ_OK) {
      printf("      - %s\n", failure.text.size != 0 ? failure.text.data : failure.name.data);
    }
  }
  print_nearest(till);
}

/* Between what the subsidy lies if the item qualifies. */
static void print_interval(const Till *till) {
  gj_decimal least, most;
  int32_t unbounded;
  if (gj_decision_amount_between(till->decision, &least, &most, &unbounded) != GJ_OK || unbounded || most.coefficient == 0) {
    printf("    %s\n", pick(till, "还须问明", "please ask"));
    return;
  }
  printf("    %s", pick(till, "补贴待定,若符合:", "subsidy, if it qualifies: "));
  print_sum(least.coefficient);
  if (most.coefficient != least.coefficient) {
    printf("%s", pick(till, " 至 ", " to "));
    print_sum(most.coefficient);
  }
  printf("%s\n", pick(till, " 元,请先问明", " yuan; please ask"));
}

static void print_open(const Till *till) {
  size_t i;
  print_interval(till);
  for (i = 0; i < gj_decision_count(till->decision, GJ_NEEDS); ++i) {
    gj_need need;
    need.size = sizeof need;
    if (gj_decision_need(till->decision, i, &need) != GJ_OK) continue;
    printf("      ? %s", need.ask.size != 0 ? need.ask.data : need.label.size != 0 ? need.label.data : need.path.data);
    if (need.at.size != 0) printf(pick(till, "(见%s)", " (see the %s)"), need.at.data);
    printf("\n");
  }
}

static void print_referred(const Till *till) {
  size_t i;
  printf("    %s\n", pick(till, "须由主管部门判断", "an officer has to decide"));
  for (i = 0; i < gj_decision_count(till->decision, GJ_REFERRALS); ++i) {
    gj_referral referral;
    referral.size = sizeof referral;
    if (gj_decision_referral(till->decision, i, &referral) == GJ_OK) printf("      ! %s\n", referral.why.data);
  }
}

static void print_not_in_force(const Till *till) {
  gj_version_info nearest;
  printf("    %s", pick(till, "当日没有施行的补贴", "no subsidy is in force on that day"));
  nearest.size = sizeof nearest;
  if (gj_decision_nearest_version(till->decision, &nearest) == GJ_OK) printf(" (%s)", nearest.name.data);
  printf("\n");
}

static void print_invalid(const Till *till) {
  size_t i;
  printf("    %s\n", pick(till, "录入有误", "mistakes in the entry"));
  for (i = 0; i < gj_decision_count(till->decision, GJ_BAD_FACTS); ++i) {
    gj_bad_fact bad;
    bad.size = sizeof bad;
    if (gj_decision_bad_fact(till->decision, i, &bad) == GJ_OK) {
      printf(pick(till, "      x %s:%s(须为 %s)\n", "      x %s: %s (must be %s)\n"),
             bad.label.size != 0 ? bad.label.data : bad.path.data, bad.got.data, bad.allowed.data);
    }
  }
}

/* ---- the record ------------------------------------------------------------------------------------------------------------- */

static void keep(Till *till) {
  static const gj_text kPersonal = {"buyer.id", 8};
  gj_receipt_options options;
  gj_text receipt;
  gj_error *error = NULL;
  if (till->record == NULL) return;
  options.size = sizeof options;
  options.masks = &kPersonal;
  options.mask_count = gj_program_find_field(till->program, kPersonal.data, kPersonal.size) != NULL ? 1 : 0;
  if (gj_decision_receipt(till->decision, till->facts, &options, &receipt, &error) == GJ_OK) {
    fprintf(till->record, "%s\n", receipt.data);
    ++till->recorded;
  } else {
    fprintf(stderr, "till: %s\n", gj_error_message(error, till->language).data);
    gj_error_delete(error);
  }
}

static int sell(Till *till, int number, const char *line, size_t size) {
  gj_error *error = NULL;
  gj_facts_reset(till->facts);
  if (gj_facts_read_json(till->facts, line, size, NULL) >= 0) add_grants(till);
  if (gj_decide(till->facts, till->decision, &error) != GJ_OK) {
    fprintf(stderr, "till: %s\n", gj_error_message(error, till->language).data);
    gj_error_delete(error);
    return 0;
  }
  print_item(till, number);
  switch (gj_decision_outcome(till->decision)) {
    case GJ_ELIGIBLE: print_granted(till); break;
    case GJ_INELIGIBLE: print_refused(till); break;
    case GJ_UNDETERMINED: print_open(till); break;
    case GJ_REFERRED: print_referred(till); break;
    case GJ_NOT_IN_FORCE: print_not_in_force(till); break;
    default: print_invalid(till); break;
  }
  keep(till);
  return 1;
}

/* ---- the basket ------------------------------------------------------------------------------------------------------------- */

static int sell_basket(Till *till) {
  char *line = (char *)malloc(LONGEST_LINE);
  int number = 0;
  int good = line != NULL;
  while (good && fgets(line, LONGEST_LINE, stdin) != NULL) {
    const size_t size = strlen(line);
    if (line[0] == '#' || strspn(line, " \t\r\n") == size) continue;
    good = sell(till, ++number, line, size);
  }
  free(line);
  printf("%s ", pick(till, "补贴合计", "subsidy in all"));
  print_fen(till->total_fen);
  printf("%s\n", pick(till, " 元", " yuan"));
  if (till->record != NULL) printf(pick(till, "凭证 %d 份已存\n", "%d receipts kept\n"), till->recorded);
  return good;
}

/* The rules, or NULL with the findings on standard error. */
static gj_rulebook *load_rules(const char *folder, gj_language language) {
  gj_rulebook *rules = NULL;
  gj_diagnostics *findings = NULL;
  gj_error *error = NULL;
  const gj_status status = gj_compile_directory(folder, strlen(folder), NULL, &rules, &findings, &error);
  size_t i;
  if (status < 0) fprintf(stderr, "till: %s\n", gj_error_message(error, language).data);
  for (i = 0; status == GJ_MISTAKES && i < gj_diagnostics_count(findings); ++i) {
    gj_diagnostic finding;
    finding.size = sizeof finding;
    if (gj_diagnostics_get(findings, i, language, &finding) == GJ_OK) fprintf(stderr, "%s\n", finding.rendered.data);
  }
  gj_error_delete(error);
  gj_diagnostics_delete(findings);
  return rules;
}

static int open_till(Till *till, const gj_rulebook *rules, const char *name) {
  till->program = gj_rulebook_find_program(rules, name, strlen(name));
  if (till->program == NULL) {
    fprintf(stderr, "till: %s: %s\n", pick(till, "没有这个项目", "no such programme"), name);
    return 0;
  }
  resolve_fields(till);
  if (gj_facts_new(till->program, &till->facts, NULL) != GJ_OK) return 0;
  if (gj_decision_new(&till->decision, NULL) != GJ_OK) return 0;
  return gj_decision_set_language(till->decision, till->language) == GJ_OK;
}

int main(int argc, char **argv) {
  static Till till;
  gj_rulebook *rules;
  int good;
  if (argc < 4 || argc > 5 || (strcmp(argv[3], "zh") != 0 && strcmp(argv[3], "en") != 0)) {
    fprintf(stderr, "usage: till RULES PROGRAM zh|en [RECORD] < basket.jsonl\n");
    return 2;
  }
  till.language = strcmp(argv[3], "en") == 0 ? GJ_EN : GJ_ZH;
  rules = load_rules(argv[1], till.language);
  if (rules == NULL) return 1;
  good = open_till(&till, rules, argv[2]);
  gj_rulebook_release(rules); /* facts and decision keep it alive */
  if (good && argc == 5) {
    till.record = fopen(argv[4], "ab");
    good = till.record != NULL;
    if (!good) perror(argv[4]);
  }
  if (good) good = sell_basket(&till);
  if (till.record != NULL && fclose(till.record) != 0) good = 0;
  gj_decision_delete(till.decision);
  gj_facts_delete(till.facts);
  return good ? 0 : 1;
}
