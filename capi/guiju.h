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
 *            Mistakes in rule files are no errors: they are findings (gj_diagnostics). Bad facts are no errors: where the
 *            version that governs reads them the decision is GJ_INVALID and says what came and what is allowed.
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
 * Headers    This one is all that a program includes. By subject: guiju/base.h, rulebook.h (compiling, programmes, fields), facts.h,
 *            deciding.h, decision.h (what it says), rows.h (structs and columns of the host), receipts.h, combination.h (every programme at once).
 */
#ifndef GUIJU_H
#define GUIJU_H

#include "guiju/base.h"
#include "guiju/rulebook.h"
#include "guiju/facts.h"
#include "guiju/deciding.h"
#include "guiju/decision.h"
#include "guiju/rows.h"
#include "guiju/receipts.h"
#include "guiju/combination.h"

#endif /* GUIJU_H */
