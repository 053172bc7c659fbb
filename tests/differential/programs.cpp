// Generated programmes: versions with lets, requirements, limits, amounts, amended by later versions; and whole files.
#include <algorithm>
#include <array>
#include <memory>

#include "body.hpp"
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

std::string left_figure(int n, bool money) {
  return money ? std::to_string(n * 100) + " yuan" : std::to_string(n) + "%";
}

}  // namespace

std::string Generator::period(int year, int years) {
  const std::string last = years > 0 ? " " + word(Keyword::to) + " " + std::to_string(year + years - 1) + "-12-31" : "";
  return " " + word(Keyword::from) + " " + std::to_string(year) + "-01-01" + last;
}

// `suspended from A to B "text"`, within that year.
NodePtr Generator::suspension(int year) {
  const std::string in = std::to_string(year);
  const std::string last = random_.chance(80) ? " " + word(Keyword::to) + " " + in + "-09-30" : "";
  return droppable({"    " + word(Keyword::suspended) + " " + word(Keyword::from) + " " + in + "-03-01" + last +
                    (random_.chance(50) ? " \"out of order\"\n" : "\n")});
}

void Generator::lets(Body& body, std::vector<Piece>& out) {
  GenScope& scope = body.scope;
  const std::string let = "    " + word(Keyword::let) + " ";
  for (int i = random_.between(0, 4); i > 0; --i) {
    const std::string name = fresh("v");
    switch (random_.between(0, 9)) {
      case 0: {  // a named set
        const int e = static_cast<int>(random_.below(enums_.size()));
        const GenType type = plain(GenType::member, e);
        const auto& members = enums_[static_cast<std::size_t>(e)].members;
        std::string set = "{" + members[0];
        for (std::size_t m = 1; m < members.size(); ++m)
          if (random_.chance(40)) set += ", " + members[m];
        out.emplace_back(droppable({let + name + " = " + set + "}\n"}));
        scope.sets.push_back({name, type});
        body.sets.push_back({name, type});
        break;
      }
      case 1: {  // a function
        GenFunction f;
        f.name = name;
        GenScope inner = scope;
        inner.named_texts = false;
        std::string parameters;
        for (int p = random_.between(1, 2); p > 0; --p) {
          const GenType type = random_.chance(50)
                                   ? plain(GenType::number, random_.between(0, kDimensions - 1))
                                   : plain(GenType::member, static_cast<int>(random_.below(enums_.size())));
          const std::string parameter = fresh("a");
          parameters += (parameters.empty() ? "" : ", ") + parameter + ": " + type_text(type);
          f.parameters.push_back(type);
          inner.variables.push_back({parameter, type, "", false});
          inner.variables.push_back({parameter, type, "", false});
        }
        f.result = random_.chance(60) ? plain(GenType::number, kMoneyDimension) : plain(GenType::truth);
        out.emplace_back(droppable({let + name + "(" + parameters + "): " + type_text(f.result) + " = ",
                                    {expression(f.result, 2, inner), kIf},
                                    "\n"}));
        scope.functions.push_back(f);
        break;
      }
      case 2: {  // a row of a table
        std::vector<const GenTable*> tables;
        for (const GenTable& t : scope.tables)
          if (!t.keys.empty() && t.results.size() > 1) tables.push_back(&t);
        if (tables.empty()) break;
        const GenTable t = *random_.pick(tables);
        std::vector<Piece> line{let + name + " = " + t.name + "("};
        for (std::size_t k = 0; k < t.keys.size(); ++k) {
          if (k > 0) line.emplace_back(", ");
          line.emplace_back(leaf(t.keys[k].type, scope), kIf);
        }
        line.emplace_back(")\n");
        out.emplace_back(droppable(std::move(line)));
        for (const GenColumn& c : t.results) scope.variables.push_back({name + "." + c.name, c.type, "", false});
        break;
      }
      default: {
        GenType type = plain(GenType::number, random_.chance(50) ? static_cast<int>(kMoneyDimension)
                                                                 : random_.between(0, kDimensions - 1));
        if (random_.chance(25)) type = plain(GenType::truth);
        if (random_.chance(10)) type = plain(GenType::date);
        if (random_.chance(10)) type = plain(GenType::member, static_cast<int>(random_.below(enums_.size())));
        out.emplace_back(droppable({let + name + ": " + type_text(type) + " = ",
                                    {expression(type, random_.between(1, 3), scope), kIf},
                                    "\n"}));
        scope.variables.push_back({name, type, "", false});
        body.lets.emplace_back(name, type);
        break;
      }
    }
  }
}

void Generator::requirements(Body& body, std::vector<Piece>& out) {
  GenScope& scope = body.scope;
  const auto tail = [&] {
    std::string text;
    if (random_.chance(30)) text += " " + word(Keyword::otherwise) + " \"does not fit\" / en \"no\"";
    if (random_.chance(20))
      text += "\n      " + word(Keyword::cite) + " \"notice\" \"2\"" +
              (random_.chance(50) ? " " + word(Keyword::unverified) : "");
    return text + comment() + "\n";
  };
  for (int i = random_.between(1, 4); i > 0; --i) {
    const std::string name = fresh("q");
    // Most cases should pass most requirements, or little is learnt about amounts.
    NodePtr condition = truth(random_.between(1, 3), scope);
    if (random_.chance(55)) {
      const NodePtr easy = random_.chance(50) ? comparison(0, scope) : member_test(0, scope);
      condition = node({{condition, kNot},
                        " " + word(Keyword::or_) + " ",
                        {easy, kNot},
                        " " + word(Keyword::or_) + " ",
                        {truth(0, scope), kNot}},
                       kAndOr, "0:0", "yes");
    }
    std::string declared = name;
    if (random_.chance(20)) {
      body.second_names[name] = "条件" + name;
      declared += " / zh " + body.second_names[name];
    }
    out.emplace_back(droppable({"    " + word(Keyword::require) + " " + declared + ": ", {condition, kIf}, tail()}));
    body.requires_.push_back(name);
    body.requirements.push_back(name);
  }
  std::vector<std::size_t> optionals;
  for (std::size_t i = 0; i < scope.variables.size(); ++i)
    if (scope.variables[i].type.optional && scope.variables[i].guard.empty()) optionals.push_back(i);
  // In an amended version it would stand behind the amount.
  if (!optionals.empty() && body.versions.empty() && random_.chance(12)) {
    GenVariable& v = scope.variables[random_.pick(optionals)];
    body.requirements.push_back(fresh("q"));
    out.emplace_back(droppable({"    " + word(Keyword::require) + " " + body.requirements.back() + ": " + v.text + " " +
                                word(Keyword::exists) + "\n"}));
    v.type.optional = false;  // known from here on
    body.narrowed.push_back(static_cast<std::size_t>(&v - scope.variables.data()));
  }
  if (!scope.lists.empty() && random_.chance(45)) {
    const GenList list = random_.pick(scope.lists);
    body.limit = fresh("l");
    body.has_limit = true;
    body.requirements.push_back(body.limit);
    const std::string entry = fresh("e");
    GenScope inner = with_entry(scope, list, entry);
    GenType whole = plain(GenType::number);
    whole.integer = true;
    NodePtr bound = random_.chance(60) ? node({std::to_string(random_.between(1, 3))}) : branches(whole, 1, scope);
    out.emplace_back(droppable({"    " + word(Keyword::limit) + " " + body.limit + ": ",
                                {bound, kRounded},
                                " " + word(Keyword::counting) + " " + maybe_other(body, list) + list.text + " " +
                                    word(Keyword::as) + " " + entry + " " + word(Keyword::where) + " ",
                                {truth(1, inner), kAndOr},
                                tail()}));
  }
  each(body, out, false);
  summing_limit(body, out);
  if (random_.chance(15))
    out.emplace_back(droppable({"    " + word(Keyword::quota) + " " + fresh("z") + " \"until the money is spent\"\n"}));
}

// `each e in list where … { let … require … }` of a version, or of one of its blocks: then further in.
void Generator::each(Body& body, std::vector<Piece>& out, bool in_block) {
  if (body.scope.lists.empty() || !random_.chance(25)) return;
  const std::string indent = in_block ? "      " : "    ";
  const GenList list = random_.pick(body.scope.lists);
  const std::string entry = fresh("e");
  GenScope inner = with_entry(body.scope, list, entry);
  std::vector<Piece> text{indent + word(Keyword::each) + " " + entry + " " + word(Keyword::in) + " " + list.text};
  if (random_.chance(40)) {
    text.emplace_back(" " + word(Keyword::where) + " ");
    text.emplace_back(truth(1, inner), kIf);
  }
  text.emplace_back(" {\n");
  if (random_.chance(50)) {
    const std::string name = fresh("v");
    const GenType type = plain(GenType::number, kMoneyDimension);
    text.emplace_back(droppable({indent + "  " + word(Keyword::let) + " " + name + ": " + type_text(type) + " = ",
                                 {expression(type, 2, inner), kIf},
                                 "\n"}));
    inner.variables.push_back({name, type, "", false});
  }
  for (int i = random_.between(1, 2); i > 0; --i) {
    const std::string name = fresh("q");
    if (!in_block) body.requirements.push_back(name);
    text.emplace_back(droppable({indent + "  " + word(Keyword::require) + " " + name + ": ",
                                 {truth(random_.between(1, 2), inner), kIf},
                                 "\n"}));
  }
  text.emplace_back(indent + "}\n");
  out.emplace_back(droppable(std::move(text)));
}

// The entries and the case each have a key, and it is clear which of the case's it is.
bool Generator::told_apart(const GenScope& facts, const GenList& list) const {
  const auto keys = [&](int record) {
    std::vector<const GenField*> out;
    for (const GenField& f : records_.at(static_cast<std::size_t>(record)).fields)
      if (f.key) out.push_back(&f);
    return out;
  };
  const auto own = keys(list.record);
  if (own.size() != 1) return false;
  int of_type = 0;
  int of_name = 0;
  for (const auto& [name, record] : facts.records) {
    for (const GenField* key : keys(record)) {
      if (key->type.kind != own[0]->type.kind || key->type.of != own[0]->type.of) continue;
      ++of_type;
      if (key->name == own[0]->name) ++of_name;
    }
  }
  return of_type == 1 || of_name == 1;
}

std::string Generator::maybe_other(const Body& body, const GenList& list) {
  return told_apart(body.facts, list) && random_.chance(60) ? word(Keyword::other) + " " : "";
}

// `limit l: 3000 yuan summing e.paid for e in list where …`, the rest paid or not.
void Generator::summing_limit(Body& body, std::vector<Piece>& out) {
  GenScope& scope = body.scope;
  if (scope.lists.empty() || !body.versions.empty() || !random_.chance(20)) return;
  const GenList list = random_.pick(scope.lists);
  const GenType money = plain(GenType::number, kMoneyDimension);
  std::vector<std::string> terms;
  for (const GenField& f : records_.at(static_cast<std::size_t>(list.record)).fields)
    if (f.type == money && !f.type.optional && f.when.empty()) terms.push_back(f.name);
  if (terms.empty()) return;
  const std::string entry = fresh("e");
  GenScope inner = with_entry(scope, list, entry);
  const std::string name = fresh("l");
  body.requirements.push_back(name);
  // A rest is an amount: no fraction of a fen may come in with it.
  const bool rest = random_.chance(50);
  body.pays_rest = rest;
  body.sums = !rest;
  const NodePtr bound =
      rest ? node({std::to_string(random_.between(1, 60) * 100) + (chinese() ? "元" : " yuan")}) : leaf(money, scope);
  out.emplace_back(droppable({"    " + word(Keyword::limit) + " " + name + ": ",
                              {bound, kRounded},
                              " " + word(Keyword::summing) + " " + maybe_other(body, list) + entry + "." +
                                  random_.pick(terms) + " " + word(Keyword::for_) + " " + entry + " " +
                                  word(Keyword::in) + " " + list.text + " " + word(Keyword::where) + " ",
                              {truth(1, inner), kAndOr},
                              rest ? " " + word(Keyword::paying_the_rest) + "\n" : "\n"}));
}

// A condition of a part, or of a group of conditions.
NodePtr Generator::part_condition(const Body& body, const std::string& name) {
  GenScope scope = body.scope;
  return droppable({"      " + word(Keyword::require) + " " + name + ": ",
                    {truth(random_.between(0, 2), scope), kIf},
                    random_.chance(20) ? " " + word(Keyword::otherwise) + " \"no\"\n" : "\n"});
}

NodePtr Generator::pay(const Body& body) {
  GenScope scope = body.scope;
  NodePtr value = expression(plain(GenType::number, kMoneyDimension), random_.between(0, 2), scope);
  const bool ceiling = !body.sums && random_.chance(10);
  std::vector<Piece> line{"      " + word(Keyword::pay) + (ceiling ? " " + word(Keyword::ceiling) : "") +
                              (chinese() ? " 较大(0元, " : " max(0 yuan, "),
                          {value, kIf},
                          "), " + rounding(kMoneyDimension) + "\n"};
  return node(std::move(line));
}

// `conditions k { … } part p { meets k require … pay … } amount { ... }, at most …`
void Generator::part_blocks(Body& body, std::vector<Piece>& out) {
  body.by_parts = true;
  body.parts_stay = true;
  body.parts.clear();
  const std::string group = random_.chance(50) ? fresh("k") : "";
  if (!group.empty()) {
    std::vector<Piece> text{"    " + word(Keyword::conditions) + " " + group + " {\n"};
    for (int i = random_.between(1, 2); i > 0; --i) text.emplace_back(part_condition(body, fresh("q")));
    each(body, text, true);
    text.emplace_back("    }\n");
    out.emplace_back(node(std::move(text)));
  }
  for (int i = random_.between(1, 3); i > 0; --i) {
    body.parts.push_back(fresh("p"));
    std::vector<Piece> text{"    " + word(Keyword::part) + " " + body.parts.back() + " \"a part\" {\n"};
    if (!group.empty() && (i == 1 || random_.chance(50)))
      text.emplace_back("      " + word(Keyword::meets) + " " + group + "\n");
    if (random_.chance(70)) text.emplace_back(part_condition(body, "r1"));
    each(body, text, true);
    text.emplace_back(pay(body));
    text.emplace_back("    }\n");
    out.emplace_back(node(std::move(text)));
  }
  if (!random_.chance(50)) return;
  const std::string cap = std::to_string(random_.between(1, 60) * 50) + (chinese() ? "元" : " yuan");
  out.emplace_back(node({"    " + word(Keyword::amount) + " { ... }, " + word(Keyword::at_most) + " " + cap + " " +
                         word(Keyword::reducing) + " " + random_.pick(body.parts) + shares(body, out) + "\n"}));
}

// One of the parts asks or pays something else.
void Generator::amend_part(const Body& body, std::vector<Piece>& out) {
  std::vector<Piece> text{"    " + word(Keyword::part) + " " + random_.pick(body.parts) + " {\n"};
  if (random_.chance(60)) text.emplace_back(part_condition(body, random_.chance(70) ? "r1" : "r2"));
  text.emplace_back(pay(body));
  text.emplace_back("    }\n");
  out.emplace_back(droppable(std::move(text)));
}

// `amount`, with `ceiling`, `average`, or `exact` of a local file in the place of those; or what is paid to nobody.
std::string Generator::amount_head(Body& body) {
  const bool elsewhere = body.kind == Keyword::ceiling || body.kind == Keyword::average;
  const auto say = [&](Keyword kind) {
    const bool beside = kind != Keyword::ceiling && kind != Keyword::average && kind != Keyword::exact;
    return (beside ? "" : word(Keyword::amount) + " ") + word(kind);
  };
  if (body.local && body.kind != Keyword::none) {
    if (random_.chance(60)) return elsewhere && random_.chance(60) ? say(Keyword::exact) : word(Keyword::amount);
    return say(body.kind);
  }
  body.kind = Keyword::none;
  if (body.sums || !random_.chance(20)) return word(Keyword::amount);
  if (!body.pays_rest && random_.chance(30)) {
    constexpr std::array beside{Keyword::charge, Keyword::deduction, Keyword::credit};
    body.kind = beside[static_cast<std::size_t>(random_.between(0, 2))];
  } else {
    body.kind = body.pays_rest || random_.chance(70) ? Keyword::ceiling : Keyword::average;
  }
  return say(body.kind);
}

void Generator::amount(Body& body, std::vector<Piece>& out, bool rest) {
  GenScope scope = body.scope;
  const GenType money = plain(GenType::number, kMoneyDimension);
  const auto value = [&](int depth) {
    NodePtr e = expression(money, depth, scope);
    if (random_.chance(80))
      e = node({chinese() ? "较大(0元, " : "max(0 yuan, ", {e, kIf}, ")"}, kPrimary, "1:1", "100 yuan");
    return e;
  };
  const auto bound = [&]() -> NodePtr {
    if (random_.chance(75)) return node({std::to_string(random_.between(1, 60) * 50) + (chinese() ? "元" : " yuan")});
    return node({chinese() ? "较大(0元, " : "max(0 yuan, ", {leaf(money, scope), kIf}, ")"});
  };
  if (!rest && random_.chance(30)) {
    std::vector<Piece> line{"    " + amount_head(body) + " = ", {value(3), kIf}};
    if (random_.chance(50)) {
      line.emplace_back(", " + word(Keyword::at_most) + " ");
      line.emplace_back(bound(), kRounded);
    }
    if (random_.chance(20)) {
      line.emplace_back(", " + word(Keyword::at_least) + " ");
      line.emplace_back(bound(), kRounded);
    }
    line.emplace_back(", " + rounding(kMoneyDimension) + shares(body, out) + "\n");
    out.emplace_back(node(std::move(line)));
    body.parts.clear();
    return;
  }
  std::vector<Piece> text{"    " + amount_head(body) + " {\n"};
  if (rest)
    text.emplace_back("      ...\n");
  else
    body.parts.clear();
  for (int i = rest ? 1 : random_.between(1, 4); i > 0; --i) {
    const std::string name = fresh("p");
    std::vector<Piece> line{"      " + name + ": ", {value(random_.between(1, 3)), kIf}};
    if (random_.chance(45)) {
      line.emplace_back(" " + word(Keyword::when) + " ");
      line.emplace_back(truth(random_.between(0, 2), scope), kIf);
    }
    if (random_.chance(20)) {
      line.emplace_back(", " + word(random_.chance(80) ? Keyword::at_most : Keyword::at_least) + " ");
      line.emplace_back(bound(), kRounded);
    }
    if (random_.chance(20)) line.emplace_back(", " + rounding(kMoneyDimension));
    line.emplace_back("\n");
    text.emplace_back(droppable(std::move(line)));
    body.parts.push_back(name);
  }
  text.emplace_back("    }");
  const char* separator = " ";
  if (random_.chance(55)) {
    text.emplace_back(separator + word(Keyword::at_most) + " ");
    text.emplace_back(bound(), kRounded);
    if (random_.chance(20)) {
      text.emplace_back(" " + word(Keyword::in_proportion));
    } else if (body.parts.size() > 1 || random_.chance(50)) {
      text.emplace_back(" " + word(Keyword::reducing) + " " + random_.pick(body.parts));
      if (random_.chance(30) && body.parts.size() > 1) {
        const std::string first = body.parts.front();
        text.back() =
            Piece(" " + word(Keyword::reducing) + " " + body.parts.back() + " " + word(Keyword::then) + " " + first);
      }
      if (random_.chance(50)) text.emplace_back(" first");
    }
    separator = ", ";
  }
  if (random_.chance(15)) {
    text.emplace_back(separator + word(Keyword::at_least) + " ");
    text.emplace_back(bound(), kRounded);
    separator = ", ";
  }
  text.emplace_back(separator + rounding(kMoneyDimension));
  if (random_.chance(10))
    text.emplace_back(", " + word(Keyword::at_most) + " " + std::to_string(random_.between(1, 20) * 100) +
                      " yuan reducing " + body.parts.front());
  text.emplace_back(shares(body, out) + "\n");
  out.emplace_back(node(std::move(text)));
}

// `, shared 90 : 5 : 5 between s1, s2, s3 remainder to s1`. What is left of a limit could be finer than the rounding.
// Or named: then what says who bears what is added to `out`.
std::string Generator::shares(const Body& body, std::vector<Piece>& out) {
  if (body.pays_rest || !random_.chance(30)) return "";
  std::vector<std::string> bearers;
  std::string weights;
  std::string names;
  for (int i = random_.between(1, 4); i > 0; --i) {
    const char* const digits = random_.chance(20) ? ".5" : "";
    weights += (bearers.empty() ? "" : " : ") + std::to_string(random_.between(bearers.empty() ? 1 : 0, 40)) + digits;
    bearers.push_back(fresh("s"));
    names += (bearers.size() == 1 ? "" : ", ") + bearers.back() + (random_.chance(20) ? " \"somebody\"" : "");
  }
  std::string split = weights + " " + word(Keyword::between) + " " + names + " " + word(Keyword::remainder_to) + " " +
                      random_.pick(bearers);
  if (random_.chance(40)) {
    const std::string name = fresh("split");
    out.emplace_back("    " + word(Keyword::let) + " " + name + " = " + word(Keyword::shared) + " " + split + "\n");
    split = name;
  }
  return ", " + word(Keyword::shared) + " " + split;
}

void Generator::rest_of_version(Body& body, std::vector<Piece>& out) {
  if (random_.chance(40)) out.emplace_back(droppable({"    " + word(Keyword::payout) + " bank \"by transfer\"\n"}));
  if (random_.chance(40)) {
    std::vector<Piece> text{"    " + word(Keyword::documents) + " {"};
    body.documents.clear();
    for (int i = random_.between(1, 3); i > 0; --i) {
      const std::string name = fresh("d");
      text.emplace_back(" " + name + " \"paper\"");
      if (random_.chance(40)) {
        text.emplace_back(" " + word(Keyword::when) + " ");
        text.emplace_back(truth(1, body.scope), kIf);
      }
      if (i > 1) text.emplace_back(",");
      body.documents.push_back(name);
    }
    text.emplace_back(" }\n");
    out.emplace_back(droppable(std::move(text)));
  }
  if (random_.chance(40)) {
    const std::string name = random_.chance(50) ? " " + fresh("n") + ":" : "";
    std::vector<Piece> text{"    " + word(Keyword::ensure) + name + " "};
    const bool part = body.parts.size() > 1 && random_.chance(30);
    body.parts_stay = body.parts_stay || part;
    const std::string what = part ? body.parts.front() : "amount";
    text.emplace_back(what + " <= " + std::to_string(random_.chance(60) ? random_.between(1, 20) * 100 : 5000000) +
                      " yuan");
    if (random_.chance(30)) {
      text.emplace_back(" " + word(Keyword::when) + " ");
      text.emplace_back(truth(1, body.scope), kIf);
    }
    text.emplace_back("\n");
    out.emplace_back(droppable(std::move(text)));
  }
}

// What a version changes of the one that it starts from.
void Generator::amendments(Body& body, std::vector<Piece>& out) {
  // What is made of a figure that was left may neither be written anew without it nor dropped.
  const bool is_bound = body.local && !body.left.empty();
  for (const auto& [let, type] : body.lets) {
    if (is_bound || !random_.chance(35)) continue;
    GenScope narrow = body.facts;  // a let must not come to name itself
    out.emplace_back(droppable({"    " + word(Keyword::let) + " " + let + ": " + type_text(type) + " = ",
                                {expression(type, 2, narrow), kIf},
                                "\n"}));
  }
  for (const GenSet& s : body.sets)
    if (random_.chance(40))
      out.emplace_back(
          droppable({"    " + word(Keyword::let) + " " + s.name + " = {" + (random_.chance(60) ? "..., " : "") +
                     enums_[static_cast<std::size_t>(s.type.of)].members.back() + "}\n"}));
  for (std::size_t i = 0; i < body.requires_.size(); ++i) {
    const auto second = body.second_names.find(body.requires_[i]);
    const std::string name =
        second != body.second_names.end() && random_.chance(60) ? second->second : body.requires_[i];
    if (!is_bound && random_.chance(15)) {
      out.emplace_back(droppable({"    " + word(Keyword::drop) + " " + word(Keyword::require) + " " + name + "\n"}));
      std::erase(body.requirements, body.requires_[i]);
      body.requires_.erase(body.requires_.begin() + static_cast<std::ptrdiff_t>(i));
    } else if (!is_bound && random_.chance(25)) {
      // It takes the place of the old one, before those that say what exists.
      GenScope unnarrowed = body.scope;
      for (const std::size_t v : body.narrowed) unnarrowed.variables.at(v).type.optional = true;
      out.emplace_back(
          droppable({"    " + word(Keyword::require) + " " + name + ": ", {truth(2, unnarrowed), kIf}, "\n"}));
    }
  }
  if (!is_bound && body.has_limit && random_.chance(20)) {
    out.emplace_back(droppable({"    " + word(Keyword::drop) + " " + word(Keyword::limit) + " " + body.limit + "\n"}));
    body.has_limit = false;
    std::erase(body.requirements, body.limit);
  }
  if (random_.chance(40)) requirements(body, out);
  if (body.by_parts) {
    if (!is_bound && random_.chance(50)) amend_part(body, out);
  } else if (!is_bound && random_.chance(60)) {
    amount(body, out, !body.parts.empty() && (body.parts_stay || random_.chance(60)));
  }
  if (!body.documents.empty() && random_.chance(30)) {
    const std::string document = fresh("d");
    out.emplace_back(droppable({"    " + word(Keyword::documents) + " { ..., " + document + " \"another\" }\n"}));
    body.documents.push_back(document);
  }
}

// `leave w1 to region, at least 10%, at most 30%`.
void Generator::left(Body& body, std::vector<Piece>& out) {
  if (!random_.chance(25)) return;
  Body::Left left;
  left.name = fresh("w");
  left.type = plain(GenType::number, random_.chance(50) ? static_cast<int>(kMoneyDimension) : 0);
  left.least = random_.between(0, 40);
  left.most = left.least + random_.between(0, 40);
  std::string line = "    " + word(Keyword::leave) + " " + left.name + " " + word(Keyword::to_region);
  const bool floor = random_.chance(70);
  if (floor) line += ", " + word(Keyword::at_least) + " " + left_figure(left.least, left.type.of == kMoneyDimension);
  if (!floor || random_.chance(90))
    line += ", " + word(Keyword::at_most) + " " + left_figure(left.most, left.type.of == kMoneyDimension);
  out.emplace_back(droppable({line + "\n"}));
  body.scope.variables.push_back({left.name, left.type, "", false});
  body.left.push_back(left);
}

// A programme that carries another one out, from one or more of its versions.
void Generator::declare_local(const Body& body, const std::string& national, std::vector<Piece>& out) {
  const std::string name = "prog" + std::to_string(++counter_);
  std::vector<Piece> text{word(Keyword::program) + " " + name + " \"local\" " + word(Keyword::implements) + " " +
                          national + " " + word(Keyword::in) + " 630000 {\n"};
  if (random_.chance(60)) text.emplace_back("  " + word(Keyword::authority) + " \"the province\"\n");
  programs_.push_back(name);
  std::vector<std::string> versions;
  for (const Body::Stand& stand : body.stands) {
    if (!versions.empty() && (body.supersedes || random_.chance(30))) continue;
    Body local = *stand.body;
    local.local = true;
    const std::string version = "y" + std::to_string(++counter_);
    const bool named = body.supersedes || random_.chance(40);
    const bool same_days = named && random_.chance(50);  // then they need not be written
    std::vector<Piece> inside{
        "  " + word(Keyword::version) + " " + version + (same_days ? std::string() : stand.period) +
        (named ? " " + word(Keyword::amends) + " " + national + "." + stand.version : std::string()) + " {\n    " +
        word(Keyword::cite) + " \"local notice\" \"1\"\n"};
    for (const Body::Left& left : local.left) {
      if (!random_.chance(60)) continue;
      const bool money = left.type.of == kMoneyDimension;
      const std::string within = left_figure(random_.between(left.least, left.most), money);
      std::vector<Piece> value{within};
      // A figure that depends on facts is held against the bounds in each case.
      if (random_.chance(40))
        value = {word(Keyword::if_) + " ",
                 {truth(1, local.facts), kIf},
                 " " + word(Keyword::then) + " " + within + " " + word(Keyword::otherwise) + " " +
                     left_figure(left.most + random_.between(-2, 2), money)};
      std::vector<Piece> line{"    " + word(Keyword::let) + " " + left.name + ": " + type_text(left.type) + " = "};
      line.emplace_back(node(std::move(value)), kIf);
      line.emplace_back("\n");
      inside.emplace_back(droppable(std::move(line)));
    }
    amendments(local, inside);
    inside.emplace_back("  }\n");
    versions_.push_back({name, version, local.requirements, local.parts, local.documents});
    versions.push_back(version);
    text.emplace_back(node(std::move(inside)));
  }
  text.emplace_back("}\n");
  out.emplace_back(droppable(std::move(text)));
}

NodePtr Generator::version(Body& body, bool amends) {
  const std::string name = "y" + std::to_string(++counter_);
  const int years = random_.between(1, 3);
  std::string head = "  " + word(Keyword::version) + " " + name;
  const std::string before = body.versions.empty() ? "" : body.versions.back();
  const bool supersedes = amends && random_.chance(25);
  const int first_year = supersedes ? body.year - 1 : body.year;
  const bool same_days = supersedes && random_.chance(40);  // those of the version before, not written again
  const std::string days = same_days ? body.stands.back().period : period(first_year, years);
  if (supersedes) {
    head += (same_days ? std::string() : days) + " " + word(Keyword::amends) + " " + before + " " +
            word(Keyword::supersedes) + " " + before;
    for (std::size_t i = 0; i + 1 < body.versions.size(); ++i) head += ", " + body.versions[i];
    if (random_.chance(50)) head += " " + word(Keyword::published) + " " + std::to_string(body.year) + "-06-01";
    if (!same_days) body.year = std::max(body.year, body.year - 1 + years);
  } else {
    head += days + (amends ? " " + word(Keyword::amends) + " " + before : "");
    body.year += years + (random_.chance(15) ? 1 : 0);
  }
  std::vector<Piece> out{head + " {\n    " + word(Keyword::cite) + " \"notice\" \"1\"" +
                         (random_.chance(30)
                              ? " " + word(Keyword::verified) + " 2026-11-22 " + word(Keyword::until) + " 2027-03-31"
                              : "") +
                         "\n"};
  if (random_.chance(15) && !same_days) out.emplace_back(suspension(first_year));
  if (!amends) {
    if (random_.chance(35)) declare_table(out, body.scope, random_.chance(50));
    left(body, out);
    lets(body, out);
    requirements(body, out);
    random_.chance(20) ? part_blocks(body, out) : amount(body, out, false);
    rest_of_version(body, out);
  } else {
    amendments(body, out);
  }
  out.emplace_back("  }\n");
  body.versions.push_back(name);
  body.supersedes = body.supersedes || supersedes;
  body.stands.push_back({name, days, std::make_shared<const Body>(body)});
  versions_.push_back({programs_.back(), name, body.requirements, body.parts, body.documents});
  return droppable(std::move(out));
}

void Generator::declare_program(std::vector<Piece>& out) {
  Body body;
  body.scope.open_texts = random_.chance(30);
  body.scope.version = true;
  body.scope.tables = file_tables_;
  body.scope.sets = file_sets_;
  const std::string name = "prog" + std::to_string(++counter_);
  std::vector<Piece> text{word(Keyword::program) + " " + name + " \"a programme\"" +
                          (random_.chance(30) ? " / en \"A\"" : "") + " {\n  " + word(Keyword::authority) +
                          " \"somebody\"\n"};
  std::vector<int> dated;
  for (std::size_t i = 0; i < records_.size(); ++i)
    if (records_[i].fields[0].type.kind == GenType::date) dated.push_back(static_cast<int>(i));
  const int main_record = random_.pick(dated);
  const GenRecord& main = records_[static_cast<std::size_t>(main_record)];
  const std::string case_name = "c" + std::to_string(++counter_);
  std::string given = "  " + word(Keyword::given) + " " + case_name + ": " + main.name;
  variables_of(main, case_name, body.scope);
  body.scope.records.emplace_back(case_name, main_record);
  if (random_.chance(50)) {
    const int second = static_cast<int>(random_.below(records_.size()));
    const std::string second_name = "g" + std::to_string(++counter_);
    given += ", " + second_name + ": " + records_[static_cast<std::size_t>(second)].name;
    variables_of(records_[static_cast<std::size_t>(second)], second_name, body.scope);
    body.scope.records.emplace_back(second_name, second);
  }
  if (random_.chance(20)) {
    const std::string scalar = "g" + std::to_string(++counter_);
    const GenType type = random_.chance(50) ? plain(GenType::number, kMoneyDimension) : plain(GenType::truth);
    given += "\n  " + word(Keyword::given) + " " + scalar + ": " + type_text(type);
    body.scope.variables.push_back({scalar, type, "", false});
  }
  if (random_.chance(65)) {
    const int entry = static_cast<int>(random_.below(records_.size()));
    const std::string list = "h" + std::to_string(++counter_);
    const bool history = random_.chance(80);
    given += "\n  " + word(Keyword::given) + " " + list + ": " +
             word(history ? Keyword::history_of : Keyword::list_of) + " " +
             records_[static_cast<std::size_t>(entry)].name;
    body.scope.lists.push_back({list, entry, history});
  }
  std::string by = case_name + "." + main.fields[0].name;
  // An exchange is decided by the rules of the first purchase.
  for (const GenField& f : main.fields) {
    const bool may_be_absent = f.type.kind == GenType::date && f.type.optional && f.when.empty();
    if (!may_be_absent || !random_.chance(50)) continue;
    by = case_name + "." + f.name + " " + word(Keyword::if_absent) + " " + by;
    break;
  }
  text.emplace_back(given + (chinese() ? "\n  按 " + by + " 施行\n" : "\n  in force by " + by + "\n"));
  programs_.push_back(name);
  body.facts = body.scope;
  body.facts.tables = file_tables_;
  givens_.push_back({name, given, by, body.scope});
  const int versions = random_.between(1, 3);
  for (int i = 0; i < versions; ++i) text.emplace_back(version(body, i > 0));
  text.emplace_back("}\n");
  out.emplace_back(droppable(std::move(text)));
  if (!random_.chance(35)) return;
  const std::string national = programs_.back();
  declare_local(body, national, out);
  if (random_.chance(25)) declare_local(body, national, out);  // of two the first that grants stands in its place
}

GeneratedFile Generator::file(int programs) {
  language_ = random_.between(0, 2);
  std::vector<Piece> out;
  declare_enum(out, true);
  for (int i = random_.between(1, 3); i > 0; --i) declare_enum(out, random_.chance(35));
  declare_record(out, true);
  for (int i = random_.between(1, 3); i > 0; --i) declare_record(out, random_.chance(50));
  for (int i = random_.between(0, 2); i > 0; --i) {
    GenScope scope;
    scope.open_texts = false;
    scope.aggregates = false;
    declare_table(out, scope, true);
    file_tables_.insert(file_tables_.end(), scope.tables.begin(), scope.tables.end());
  }
  if (random_.chance(30)) declare_csv_table(out);
  if (random_.chance(30)) declare_catalogue(out);
  for (int i = random_.between(0, 2); i > 0; --i) declare_standard(out);
  for (int i = 0; i < programs; ++i) declare_program(out);
  if (random_.chance(50)) declare_group(out);
  for (int i = random_.between(0, 2); i > 0; --i) declare_duty(out);
  if (random_.chance(50)) declare_targets(out);
  GeneratedFile file;
  file.root = node(std::move(out));
  file.programs = programs_;
  file.versions = versions_;
  file.files = files_;
  for (const GenStandard& s : standards_) file.standards.push_back(s.name);
  return file;
}

}  // namespace guiju::reference
