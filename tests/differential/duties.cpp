// Generated duties: what must or must not be done and what is advised, a deadline, what counts as done; amended by
// later versions.
#include <algorithm>

#include "body.hpp"
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

NodePtr Generator::obligation(const std::string& kind, const std::string& name, const GenScope& facts) {
  GenScope scope = facts;
  NodePtr condition = random_.chance(10) ? node({word(Keyword::yes)}) : truth(random_.between(0, 3), scope);
  return droppable({"    " + kind + " " + name + ": ",
                    {condition, kIf},
                    random_.chance(30) ? " " + word(Keyword::otherwise) + " \"so it says\"\n" : "\n"});
}

// Until when it has to be done. Without a deadline a truth may say that it is.
void Generator::deadline(DutyBody& duty, std::vector<Piece>& out) {
  GenScope scope = duty.body.scope;
  const bool dated = random_.chance(75);
  if (dated)
    out.emplace_back(droppable({"    " + word(Keyword::deadline) + " ",
                                {expression(plain(GenType::date), random_.between(0, 2), scope), kRounded},
                                "\n"}));
  const std::string head = "    " + word(Keyword::done) + " " + word(Keyword::when) + " ";
  if (!dated && random_.chance(50))
    out.emplace_back(
        droppable({head + word(Keyword::yes) + " " + word(Keyword::and_) + " ", {truth(1, scope), kNot}, "\n"}));
  else if (random_.chance(85))
    out.emplace_back(droppable({head + duty.done_on + "\n"}));
}

void Generator::obligations(DutyBody& duty, std::vector<Piece>& out) {
  static const std::vector<Keyword> kinds{Keyword::must, Keyword::must, Keyword::must_not, Keyword::advised};
  for (int i = random_.between(1, 4); i > 0; --i) {
    const Keyword kind = random_.pick(kinds);
    duty.grounds.emplace_back(kind, fresh("q"));
    out.emplace_back(obligation(word(kind), duty.grounds.back().second, duty.body.scope));
  }
}

NodePtr Generator::duty_version(DutyBody& duty, bool amends) {
  const std::string name = "y" + std::to_string(++counter_);
  const int years = random_.between(1, 3);
  const std::string before = amends ? " " + word(Keyword::amends) + " " + duty.body.versions.back() : "";
  std::vector<Piece> out{"  " + word(Keyword::version) + " " + name + period(duty.body.year, years) + before +
                         " {\n    " + word(Keyword::cite) + " \"notice\" \"1\"\n"};
  if (random_.chance(15)) out.emplace_back(suspension(duty.body.year));
  duty.body.year += years + (random_.chance(15) ? 1 : 0);
  if (!amends) {
    lets(duty.body, out);
    obligations(duty, out);
    deadline(duty, out);
  } else {
    for (std::size_t i = 0; i < duty.grounds.size(); ++i) {
      const auto& [kind, ground] = duty.grounds[i];
      if (random_.chance(30)) {
        out.emplace_back(obligation(word(kind), ground, duty.body.facts));
      } else if (kind != Keyword::advised && duty.grounds.size() > 1 && random_.chance(15)) {
        out.emplace_back(droppable({"    " + word(Keyword::drop) + " " + word(kind) + " " + ground + "\n"}));
        duty.grounds.erase(duty.grounds.begin() + static_cast<std::ptrdiff_t>(i--));
      }
    }
    if (random_.chance(30)) obligations(duty, out);
    if (random_.chance(30)) deadline(duty, out);
  }
  out.emplace_back("  }\n");
  duty.body.versions.push_back(name);
  return droppable(std::move(out));
}

void Generator::declare_duty(std::vector<Piece>& out) {
  const GenGivens givens = random_.pick(givens_);
  DutyBody duty;
  duty.body.scope = givens.scope;
  duty.body.scope.open_texts = random_.chance(30);
  duty.done_on = fresh("o");
  GenType day = plain(GenType::date);
  day.optional = true;
  duty.body.scope.variables.push_back({duty.done_on, day, "", false});
  duty.body.facts = duty.body.scope;
  std::vector<Piece> text{word(Keyword::duty) + " duty" + std::to_string(++counter_) + " \"a duty\" {\n  " +
                          word(Keyword::bearer) + " \"somebody\"\n" + givens.text + "\n  " + word(Keyword::given) +
                          " " + duty.done_on + ": " + word(Keyword::optional) + " " + type_text(plain(GenType::date)) +
                          (chinese() ? "\n  按 " + givens.by + " 施行\n" : "\n  in force by " + givens.by + "\n")};
  for (int i = random_.between(1, 3), versions = i; i > 0; --i) text.emplace_back(duty_version(duty, i < versions));
  text.emplace_back("}\n");
  out.emplace_back(droppable(std::move(text)));
}

}  // namespace guiju::reference
