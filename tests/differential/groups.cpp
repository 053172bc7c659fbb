// Generated groups: programmes that exclude each other, by a condition of the pair or by earlier grants, share a
// ceiling, come in an order; with versions or without. A group is given what one of its programmes is given.
#include <algorithm>

#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

constexpr std::size_t kMostMembers = 4;

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : ", ") + n;
  return out;
}

}  // namespace

NodePtr Generator::exclusion(const std::string& one, const std::string& other, const GenGivens& givens,
                             const std::string& indent) {
  GenScope scope = givens.scope;
  scope.open_texts = false;
  const std::string head =
      indent + word(Keyword::exclude) + " " + fresh("x") + ": " + one + " " + word(Keyword::with) + " " + other;
  if (random_.chance(25)) return droppable({head + "\n"});
  const bool by_entry = !scope.lists.empty() && scope.lists.front().history && random_.chance(70);
  if (by_entry) {
    const GenList& list = scope.lists.front();
    const GenRecord& record = records_.at(static_cast<std::size_t>(list.record));
    const bool keyed = std::any_of(record.fields.begin(), record.fields.end(), [](const GenField& f) { return f.key; });
    if (!keyed || told_apart(givens.scope, list)) scope = with_entry(scope, list, record.element);
  }
  return droppable({head + " " + word(Keyword::when) + " ", {truth(2, scope), kAndOr}, "\n"});
}

void Generator::group_statements(const std::vector<std::string>& members, const GenGivens& givens,
                                 const std::string& indent, std::vector<Piece>& out) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (random_.chance(45)) out.emplace_back(exclusion(members[i], members[j], givens, indent));
    }
  }
  const bool total = random_.chance(60);
  const std::size_t ordered = 1 + random_.below(members.size());
  std::string order;
  for (std::size_t i = 0; i < ordered; ++i) {
    order += (i == 0 ? " " : ", " + word(Keyword::then) + " ") + members[members.size() - 1 - i];
    if (total && random_.chance(40)) order += " " + word(Keyword::on_what_remains);
  }
  const bool has_order = total || random_.chance(50);
  if (has_order) out.emplace_back(indent + word(Keyword::order) + order + "\n");
  if (total) {
    GenScope scope = givens.scope;
    scope.open_texts = false;
    GenType money;
    money.kind = GenType::number;
    money.of = kMoneyDimension;
    NodePtr bound = random_.chance(60)
                        ? node({std::to_string(random_.between(0, 60) * 50) + (chinese() ? "元" : " yuan")})
                        : node({chinese() ? "较大(0元, " : "max(0 yuan, ", {leaf(money, scope), kIf}, ")"}, kPrimary,
                               "1:1", "100 yuan");
    out.emplace_back(indent + word(Keyword::total) + " " + word(Keyword::at_most) + " ");
    out.emplace_back(bound, kRounded);
    out.emplace_back(", " + rounding(kMoneyDimension) + "\n");
    if (random_.chance(50)) {
      const std::size_t first = random_.below(members.size());
      std::string names = members[first];
      if (members.size() > 1 && random_.chance(40))
        names += " " + word(Keyword::then) + " " + members[(first + 1) % members.size()];
      out.emplace_back(indent + word(Keyword::trim) + " " + names + " " + word(Keyword::first) + "\n");
    }
  }
  static const std::vector<Keyword> winners{Keyword::highest, Keyword::listed, Keyword::applicant};
  if (random_.chance(80)) out.emplace_back(indent + word(Keyword::winner) + " " + word(random_.pick(winners)) + "\n");
}

void Generator::declare_group(std::vector<Piece>& out) {
  std::vector<std::string> members;
  for (const GenGivens& g : givens_) members.push_back(g.program);
  while (members.size() > kMostMembers || (members.size() > 2 && random_.chance(20)))
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(random_.below(members.size())));
  const std::string giver = random_.pick(members);
  GenGivens givens =
      *std::find_if(givens_.begin(), givens_.end(), [&](const GenGivens& g) { return g.program == giver; });
  givens.scope.version = false;
  const std::string name = "grp" + std::to_string(++counter_);
  std::vector<Piece> text{word(Keyword::group) + " " + name + " \"a group\" {\n  " + word(Keyword::cite) +
                          " \"a paper\"\n" + givens.text + "\n"};
  const bool versions = random_.chance(50);
  if (versions) text.emplace_back(chinese() ? "  按 " + givens.by + " 施行\n" : "  in force by " + givens.by + "\n");
  text.emplace_back("  " + word(Keyword::programs) + " " + listed(members) + "\n");
  if (!versions || random_.chance(40)) group_statements(members, givens, "  ", text);
  for (int i = versions ? random_.between(1, 2) : 0; i > 0; --i) {
    text.emplace_back("  " + word(Keyword::version) + " " + fresh("y") + period(2015 + 3 * i, 3) + " {\n    " +
                      word(Keyword::cite) + " \"a paper\"\n");
    GenGivens inside = givens;
    inside.scope.version = true;
    group_statements(members, inside, "    ", text);
    text.emplace_back("  }\n");
  }
  text.emplace_back("}\n");
  out.emplace_back(droppable(std::move(text)));
}

}  // namespace guiju::reference
