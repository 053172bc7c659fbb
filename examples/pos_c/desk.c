/*
 * The desk behind the till: decisions on record. C99.
 *
 *   desk record RULES PROGRAM DAY FACT < cases.jsonl > receipts.jsonl
 *                                                                    decides by the rules as known on DAY and writes receipts,
 *                                                                    which do not show the text FACT, such as buyer.id
 *   desk verify RULES zh|en < receipts.jsonl                         decides them again: the same?
 *   desk topup RULES DAY zh|en < receipts.jsonl                      what the notices published up to DAY add to them
 *
 * A line of standard input is a case, or a receipt; lines that begin with # are skipped.
 */
#include <guiju.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 1 << 20 };

typedef struct Desk {
  gj_rulebook *rules;
  gj_language language;
  gj_date day;
  /* record */
  gj_facts *facts;
  gj_decision *decision;
  gj_text mask;
  /* counts */
  int number, good;
  int64_t total_fen;
} Desk;

static const char *pick(const Desk *desk, const char *zh, const char *en) {
  return desk->language == GJ_EN ? en : zh;
}

static int complain(const Desk *desk, gj_error *error) {
  fprintf(stderr, "desk: %d: %s\n", desk->number, gj_error_message(error, desk->language).data);
  gj_error_delete(error);
  return 0;
}

static void print_fen(int64_t fen) {
  printf("%" PRId64 ".%02d", fen / 100, (int)(fen % 100));
}

/* "10000.00" of a receipt; what was not granted is 0. */
static int64_t granted_fen(gj_text amount) {
  int64_t fen = 0;
  size_t i;
  for (i = 0; i < amount.size; ++i) {
    if (amount.data[i] != '.') fen = fen * 10 + (amount.data[i] - '0');
  }
  return fen;
}

/* ---- one line each ------------------------------------------------------------------------------------------------------ */

static int record(Desk *desk, const char *line, size_t size) {
  gj_receipt_options options;
  gj_text receipt;
  gj_error *error = NULL;
  options.size = sizeof options;
  options.masks = &desk->mask;
  options.mask_count = 1;
  gj_facts_reset(desk->facts);
  if (gj_facts_read_json(desk->facts, line, size, &error) < 0) return complain(desk, error);
  if (gj_decide(desk->facts, desk->decision, &error) != GJ_OK) return complain(desk, error);
  if (gj_decision_receipt(desk->decision, desk->facts, &options, &receipt, &error) != GJ_OK) return complain(desk, error);
  printf("%s\n", receipt.data);
  return 1;
}

static int verify(Desk *desk, const char *line, size_t size) {
  gj_receipt *receipt = NULL;
  gj_verification found;
  gj_error *error = NULL;
  if (gj_receipt_read(line, size, &receipt, &error) != GJ_OK) return complain(desk, error);
  found.size = sizeof found;
  if (gj_receipt_verify(receipt, desk->rules, &found, &error) < 0) {
    gj_receipt_delete(receipt);
    return complain(desk, error);
  }
  if (found.is_same) {
    ++desk->good;
  } else if (found.path.size != 0) {
    printf("%2d  %s: %s → %s\n", desk->number, found.path.data, found.was.data, found.now.data);
  } else {
    printf("%2d  %s\n", desk->number,
           found.is_intact ? pick(desk, "规则已不是当时的规则", "the rules are others now")
                           : pick(desk, "凭证有过改动", "the receipt was changed"));
  }
  gj_receipt_delete(receipt);
  return 1;
}

static int was_granted(const gj_receipt_info *receipt) {
  return strcmp(receipt->outcome.data, "eligible") == 0;
}

static void print_top_up(Desk *desk, const gj_receipt_info *receipt, const gj_top_up *top_up) {
  const gj_program *program = gj_rulebook_find_program(desk->rules, receipt->program.data, receipt->program.size);
  const int64_t was = granted_fen(receipt->amount);
  const int64_t least = top_up->least.coefficient, most = top_up->most.coefficient;
  gj_program_info info;
  info.size = sizeof info;
  if (gj_program_describe(program, desk->language, &info) != GJ_OK) return;
  printf("%2d  %s  ", desk->number, info.label.size != 0 ? info.label.data : info.name.data);
  print_fen(was);
  if (top_up->outcome == GJ_ELIGIBLE) {
    printf(" → ");
    print_fen(was + least);
    printf("%s", pick(desk, "  补差 ", "  top-up "));
    print_fen(least);
    desk->total_fen += least;
    ++desk->good;
  } else if (top_up->has_amount) {
    printf("%s", pick(desk, "  待定,若符合,补差 ", "  open, the top-up if it qualifies: "));
    print_fen(least);
    if (most != least) {
      printf("%s", pick(desk, " 至 ", " to "));
      print_fen(most);
    }
  } else {
    printf("%s", pick(desk, "  现不符合,不补也不追回", "  not eligible now: nothing added, nothing claimed back"));
  }
  printf("\n");
}

static int top_up(Desk *desk, const char *line, size_t size) {
  gj_receipt *receipt = NULL;
  gj_receipt_info info;
  gj_top_up found;
  gj_error *error = NULL;
  gj_status status = gj_receipt_read(line, size, &receipt, &error);
  info.size = sizeof info;
  found.size = sizeof found;
  if (status == GJ_OK) status = gj_receipt_top_up(receipt, desk->rules, desk->day, &found, &error);
  if (status == GJ_OK) status = gj_receipt_describe(receipt, &info);
  /* Nothing to say of what gets no more, and of what never was granted and is not now. */
  if (status == GJ_OK && (found.most.coefficient > 0 || (!found.has_amount && was_granted(&info)))) {
    print_top_up(desk, &info, &found);
  }
  gj_receipt_delete(receipt);
  return status == GJ_OK ? 1 : complain(desk, error);
}

/* ---- the work ----------------------------------------------------------------------------------------------------------- */

static int each_line(Desk *desk, int (*work)(Desk *, const char *, size_t)) {
  char *line = (char *)malloc(LONGEST_LINE);
  int good = line != NULL;
  while (line != NULL && fgets(line, LONGEST_LINE, stdin) != NULL) {
    const size_t size = strlen(line);
    if (line[0] == '#' || strspn(line, " \t\r\n") == size) continue;
    ++desk->number;
    if (!work(desk, line, size)) good = 0;
  }
  free(line);
  return good;
}

static int record_all(Desk *desk, const char *name) {
  const gj_program *program = gj_rulebook_find_program(desk->rules, name, strlen(name));
  int good = 0;
  if (gj_facts_new(program, &desk->facts, NULL) == GJ_OK && gj_decision_new(&desk->decision, NULL) == GJ_OK &&
      gj_decision_set_known_on(desk->decision, desk->day) == GJ_OK) {
    good = each_line(desk, record);
  }
  gj_decision_delete(desk->decision);
  gj_facts_delete(desk->facts);
  return good;
}

static int verify_all(Desk *desk) {
  const int good = each_line(desk, verify);
  if (desk->good == desk->number) {
    printf(pick(desk, "%d 份凭证,判定全部一致\n", "%d receipts: all decided the same\n"), desk->number);
  } else {
    printf(pick(desk, "%d 份凭证,%d 份不一致\n", "%d receipts, %d not the same\n"), desk->number, desk->number - desk->good);
  }
  return good && desk->good == desk->number;
}

static int top_up_all(Desk *desk) {
  const int good = each_line(desk, top_up);
  printf(pick(desk, "%d 份凭证,补差 %d 份,合计 ", "%d receipts, %d raised, in all "), desk->number, desk->good);
  print_fen(desk->total_fen);
  printf("%s\n", pick(desk, " 元", " yuan"));
  return good;
}

static int is_language(const char *word) {
  return strcmp(word, "zh") == 0 || strcmp(word, "en") == 0;
}

static int is_day(const char *word, gj_date *day) {
  return sscanf(word, "%" SCNd32 "-%" SCNd32 "-%" SCNd32, &day->year, &day->month, &day->day) == 3;
}

int main(int argc, char **argv) {
  static Desk desk;
  gj_diagnostics *findings = NULL;
  gj_error *error = NULL;
  const int records = argc == 6 && strcmp(argv[1], "record") == 0 && is_day(argv[4], &desk.day);
  const int verifies = argc == 4 && strcmp(argv[1], "verify") == 0 && is_language(argv[3]);
  const int tops_up = argc == 5 && strcmp(argv[1], "topup") == 0 && is_day(argv[3], &desk.day) && is_language(argv[4]);
  int good;
  if (!records && !verifies && !tops_up) {
    fprintf(stderr,
            "usage: desk record RULES PROGRAM 2024-06-30 buyer.id | desk verify RULES zh|en | desk topup RULES 2024-09-01 zh|en\n");
    return 2;
  }
  if (records) {
    desk.mask.data = argv[5];
    desk.mask.size = strlen(argv[5]);
  }
  if (verifies || tops_up) desk.language = strcmp(argv[argc - 1], "en") == 0 ? GJ_EN : GJ_ZH;
  if (gj_compile_directory(argv[2], strlen(argv[2]), NULL, &desk.rules, &findings, &error) != GJ_OK) {
    fprintf(stderr, "desk: %s\n", error != NULL ? gj_error_message(error, GJ_EN).data : "mistakes in the rules: see guiju check");
    gj_error_delete(error);
    gj_diagnostics_delete(findings);
    return 1;
  }
  good = records ? record_all(&desk, argv[3]) : verifies ? verify_all(&desk) : top_up_all(&desk);
  gj_diagnostics_delete(findings);
  gj_rulebook_release(desk.rules);
  return good ? 0 : 1;
}
