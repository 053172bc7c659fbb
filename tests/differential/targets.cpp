// Generated targets of a plan, as a grid or one by itself: levels, changes, totals, texts that have to be there, what
// only a person can judge; figures that were observed, or a value of the rules.
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

std::string Generator::target_day() {
  return std::to_string(random_.between(2018, 2026)) + (random_.chance(60) ? "-12-31" : "-06-15");
}

// What is to be reached, in the unit of the target.
std::string Generator::target_figure(int dimension, bool percent) {
  const std::string number = std::to_string(random_.between(0, percent ? 120 : 400));
  return percent ? number + "%" : dimension == kNumber ? number : number + " " + declared_unit(dimension);
}

NodePtr Generator::target_row(const std::string& name, Keyword kind, bool by_let) {
  static const std::vector<std::string> relations{">=", ">", "<=", "<"};
  const int dimension = by_let || random_.chance(60) ? static_cast<int>(kNumber)
                        : random_.chance(50)         ? kMoneyDimension
                                                     : kMass;
  const bool percent = kind == Keyword::change || (dimension == kNumber && random_.chance(40));
  std::string reach = random_.chance(10) ? word(Keyword::about) + " " : random_.pick(relations) + " ";
  reach += target_figure(dimension, percent);
  if (kind == Keyword::each) reach = random_.chance(50) ? "\"甲\", \"A-1\"" : "\"甲\"";
  if (kind == Keyword::judged) reach = "\"better every year\"";
  std::string baseline = word(Keyword::absent);
  if (kind == Keyword::change || (kind == Keyword::level && random_.chance(50)))
    baseline =
        random_.chance(70) || kind == Keyword::level ? target_day() : std::to_string(random_.between(0, 3) * 100);
  std::string due = random_.chance(85) ? target_day() : word(Keyword::absent);
  if (random_.chance(8))
    due = word(Keyword::undecided) + " { \"A\": " + target_day() + "; \"B\": " + target_day() + " }";
  const std::string bar = " | ";
  return droppable({"  | " + name + bar + "\"a figure\"" + bar + word(kind) + bar + baseline + bar + reach + bar + due +
                    bar + "\n"});
}

void Generator::declare_targets(std::vector<Piece>& out) {
  static const std::vector<Keyword> kinds{Keyword::level, Keyword::level, Keyword::change, Keyword::total,
                                          Keyword::total, Keyword::each,  Keyword::judged};
  std::vector<Piece> text{word(Keyword::targets) + " tgt" + std::to_string(++counter_) +
                          " \"what the plan wants\" {\n  " + word(Keyword::cite) + " \"a plan\"\n"};
  if (random_.chance(70)) text.emplace_back("  " + word(Keyword::counted_from) + " " + target_day() + "\n");
  std::vector<Piece> grid{"  | " + word(Keyword::target) + " | " + word(Keyword::indicator) + " | " +
                          word(Keyword::kind) + " | " + word(Keyword::baseline) + " | " + word(Keyword::reach) + " | " +
                          word(Keyword::due) + " |\n"};
  for (int i = random_.between(1, 6); i > 0; --i) grid.emplace_back(target_row(fresh("w"), random_.pick(kinds), false));
  if (random_.chance(50)) {
    const GenGivens givens = random_.pick(givens_);
    GenScope scope = givens.scope;
    scope.version = false;
    text.emplace_back(givens.text + "\n");
    const std::string name = fresh("w");
    text.emplace_back(
        droppable({"  " + word(Keyword::let) + " " + name + ": " + type_text(plain(GenType::number)) + " = ",
                   {expression(plain(GenType::number), 2, scope), kIf},
                   "\n"}));
    grid.emplace_back(target_row(name, Keyword::level, true));
  }
  text.emplace_back(node(std::move(grid)));
  text.emplace_back("}\n");
  out.emplace_back(droppable(std::move(text)));
}

}  // namespace guiju::reference
