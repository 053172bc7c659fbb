// Papers that are owed or not as what nobody said turns out: neither is said before it is known.
#include "explain/trace.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kSale = R"(
use language en
record Sale { on: date  company: bool "a company?"  old: bool "an old one?"  price: money from 0 yuan to 100 yuan }
program p "P" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version first from 2025-01-01 to 2025-06-30 {
    cite "n"
    amount = 1 yuan
    documents {
      invoice "invoice"
      licence "licence" when sale.company
      either "either" when sale.company or sale.old
      told "told" when undecided how "must it be told?" { "always": yes; "of companies": sale.company }
    }
  }
  version second from 2025-07-01 to 2025-12-31 amends first { cite "m"  documents { invoice "invoice", label "label" } }
}
)";

Names named(const std::vector<explain::Named>& documents) {
  Names out;
  for (const auto& d : documents) out.push_back(d.name);
  return out;
}

// "licence: sale.company"
Names open_in(const explain::Explanation& answer) {
  Names out;
  for (const auto& d : answer.open_documents) {
    std::string line = d.name + ":";
    for (const auto& need : d.needs) line += " " + need.path;
    for (const auto& text : d.texts) line += " (" + text + ")";
    out.push_back(line);
  }
  return out;
}

}  // namespace

TEST_CASE("a condition that nobody answered leaves open whether the paper is owed") {
  Case c(kSale, "p");
  c.day("sale.on", "2025-02-01");
  const auto& open = c.decide();
  CHECK(open.outcome == "eligible");
  CHECK(named(open.documents) == Names{"invoice"});
  CHECK(open_in(open) ==
        Names{"licence: sale.company", "either: sale.old sale.company", "told: sale.company (must it be told?)"});
  CHECK(open.open_documents[0].label == "licence");
  CHECK(open.open_documents[0].needs[0].label == "a company?");

  const auto& company = c.truth("sale.company", true).decide();
  CHECK(named(company.documents) == Names{"invoice", "licence", "either", "told"});
  CHECK(company.open_documents.empty());

  const auto& person = c.truth("sale.company", false).decide();
  CHECK(named(person.documents) == Names{"invoice"});
  CHECK(open_in(person) == Names{"either: sale.old", "told: (must it be told?)"});

  const auto& neither = c.truth("sale.old", false).decide();
  CHECK(open_in(neither) == Names{"told: (must it be told?)"});
}

TEST_CASE("what was handed in is not owed, whatever its condition is") {
  Case c(kSale, "p");
  c.day("sale.on", "2025-02-01").truth("sale.old", false);
  for (const char* paper : {"documents.licence", "documents.either", "documents.told"})
    c.facts().set_document(c.field(paper), run::held);
  CHECK(c.decide().open_documents.empty());
  c.facts().set_document(c.field("documents.licence"), run::document_refused);
  CHECK(open_in(c.decide()) == Names{"licence: sale.company"});
}

TEST_CASE("where it is open which version governs, papers of one of them hang on what says which") {
  Case c(kSale, "p");
  c.truth("sale.company", true).truth("sale.old", false);
  c.facts().set_document(c.field("documents.told"), run::held);
  const auto& both = c.decide();
  CHECK(both.outcome == "undetermined");  // or not in force
  CHECK(named(both.documents) == Names{"invoice"});
  CHECK(open_in(both) == Names{"licence: sale.on", "either: sale.on", "label: sale.on"});
}

TEST_CASE("the trace says that it is open") {
  Case c(kSale, "p");
  c.day("sale.on", "2025-02-01");
  run::Decision decision;
  run::decide(c.facts(), {}, decision);
  const auto trace = explain::trace(c.facts(), decision, true);
  const auto& lines = trace.lines;
  const auto state = [&](const std::string& name) {
    for (const auto& line : lines) {
      if (line.kind == "document" && line.name == name) return line.state.str() + " " + line.value.str();
    }
    return std::string("none");
  };
  CHECK(state("invoice") == "known owed");
  CHECK(state("licence") == "open ");
}
