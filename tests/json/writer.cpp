// JSON text, and the members of an answer that hosts rely on.
#include "json/writer.hpp"

#include <doctest/doctest.h>

#include "json/write_answer.hpp"

using namespace guiju;

TEST_CASE("commas, escapes, indentation") {
  json::Writer out;
  out.begin_object();
  out.member("a", "quote \" slash \\ line \n bell \x07 汉");
  out.key("b");
  out.begin_array();
  out.number(-5);
  out.truth(true);
  out.null();
  out.begin_object();
  out.end_object();
  out.end_array();
  out.member("c", false);
  out.end_object();
  CHECK(out.take() ==
        "{\n  \"a\": \"quote \\\" slash \\\\ line \\n bell \\u0007 汉\",\n  \"b\": [\n    -5,\n    true,\n    null,\n  "
        "  {}\n  ],\n"
        "  \"c\": false\n}");
  json::Writer line(false);
  line.begin_array();
  line.number(1);
  line.number(2);
  line.end_array();
  CHECK(line.take() == "[1, 2]");
}

TEST_CASE("a decision") {
  explain::Explanation answer;
  answer.outcome = "undetermined";
  answer.program = "p";
  answer.amount_kind = "payment";
  answer.amount_least = "0.00";
  answer.parts = {{"base", "基础", "1800.00", "1800.00", "1800.00", "", "payment"},
                  {"bonus", "", "", "0.00", "", "", "payment"}};
  answer.failed = {{"consumer", "", 7, "只限个人", {{"通知", {"第一条"}, "verified"}}, {}, "", ""}};
  answer.needs = {{"buyer.kind", "类别", "个人还是单位?", "申请表"}};
  json::Writer out(false);
  json::write_decision(out, answer);
  CHECK(
      out.take() ==
      R"({"outcome": "undetermined", "program": "p", "program_label": "", "implements": null, "region": null, )"
      R"("region_label": null, "version": null, "version_label": null, "reference_date": null, "known_on": null, )"
      R"("amount_kind": "payment", "amount": null, "amount_between": ["0.00", null], )"
      R"("parts": {"base": "1800.00", "bonus": ["0.00", null]}, "part_labels": {"base": "基础", "bonus": ""}, )"
      R"("part_kinds": {"base": "payment", "bonus": "payment"}, )"
      R"("shares": {}, "share_labels": {}, "before": {}, "adjustments": [], "may_be_refused": false, )"
      R"("failed": [{"name": "consumer", "id": 7, "text": "只限个人", "text_zh": "", "text_en": "", "part": null, "entries": [], "compared": [], )"
      R"("cite": [{"title": "通知", "articles": ["第一条"], "check": "verified"}]}], "refused": [], "failed_one_of": [], "needs": ["buyer.kind"], )"
      R"("questions": [{"path": "buyer.kind", "label": "类别", "ask": "个人还是单位?", "at": "申请表"}], "stuck_on": [], "referred": [], "by_reading": [], )"
      R"("conditions": [], "nearest_version": null, "suspended": null, "payout": null, "payout_label": null, "documents": [], "open_documents": [], "warnings": [], )"
      R"("invalid": []})");
}

TEST_CASE("a grade") {
  explain::GradeExplanation answer;
  answer.outcome = "graded";
  answer.standard = "pump";
  answer.edition = "e2025";
  answer.grade = "level2";
  answer.grade_label = "2级";
  answer.why = "…";
  json::Writer out(false);
  json::write_grade(out, answer);
  const std::string text = out.take();
  CHECK(
      text.find(
          R"("standard": "pump", "standard_label": "", "edition": "e2025", "known_on": null, "suspended": null, "grade": "level2", "grade_label": "2级")") !=
      std::string::npos);
}

TEST_CASE("a ceiling and an average are no amount") {
  explain::Explanation answer;
  answer.outcome = "eligible";
  answer.amount_kind = "ceiling";
  answer.amount = answer.amount_least = answer.amount_most = "15.00";
  json::Writer ceiling(false);
  json::write_decision(ceiling, answer);
  CHECK(ceiling.take().find(R"("amount_kind": "ceiling", "amount": null, "ceiling": "15.00", "parts")") !=
        std::string::npos);
  answer.amount_kind = "average";
  answer.amount.clear();
  answer.amount_most = "20.00";
  json::Writer average(false);
  json::write_decision(average, answer);
  CHECK(average.take().find(
            R"("amount_kind": "average", "amount": null, "average": null, "average_between": ["15.00", "20.00"])") !=
        std::string::npos);
}

TEST_CASE("what is never paid stands under its own name") {
  for (const std::string kind : {"charge", "deduction", "credit"}) {
    explain::Explanation answer;
    answer.outcome = "eligible";
    answer.amount_kind = kind;
    answer.amount = answer.amount_least = answer.amount_most = "15.00";
    json::Writer out(false);
    json::write_decision(out, answer);
    CHECK(out.take().find("\"amount_kind\": \"" + kind + "\", \"amount\": null, \"" + kind +
                          "\": \"15.00\", \"parts\"") != std::string::npos);
  }
}
