// See small_programs.hpp. Everything is put together from a fixed record, so that the values that matter are few and
// known: sums in steps of 10 yuan, days around the middle of 2025.
#include "small_programs.hpp"

#include <vector>

namespace guiju::reference {

namespace {

const char* const kRecords = R"(use language en
enum Kind { fridge, tv, lamp }
scale Tier from best { level1, level2, level3 }
record Claim { kind: Kind  paid: money from 0 yuan to 100 yuan step 10 yuan  mine: bool }
record Sale {
  on: date from 2025-01-01 to 2025-12-31
  first: optional date from 2025-01-01 to 2025-12-31
  kind: Kind
  other: Kind
  tier: optional Tier
  vip: bool
  old: bool
  code: text
  home: region
  net: money from 0 yuan to 100 yuan step 10 yuan
  gross: money from 0 yuan to 100 yuan step 10 yuan
  bought: date from 2025-01-01 to 2025-12-31
  label: optional Tier or unknowable
  paper: optional Tier or unknowable
  stamp: bool or unknowable
  done: optional date from 2025-01-01 to 2025-12-31
}
)";

class Writer {
 public:
  Writer(Random& random, SmallClass which) : random_(random), class_(which) {}

  std::string program() {
    std::string out = kRecords;
    if (class_ == SmallClass::duties) return out + duty();
    // An exchange is decided by the rules of the first purchase.
    const std::string by = random_.chance(30) ? "s.first if absent s.on" : "s.on";
    out += "program p \"p\" {\n  given s: Sale\n  given claims: history of Claim\n  in force by " + by + "\n";
    out += version("first", "2025-01-01", "2025-06-30");
    if (random_.chance(40)) out += version("second", "2025-07-01", "2025-12-31");
    return out + "}\n";
  }

 private:
  static std::string head(const std::string& name, const std::string& from, const std::string& to) {
    return "  version " + name + " from " + from + " to " + to +
           " {\n    cite \"n\"\n    let said = first present of { s.label; s.paper }\n"
           "    let agreed_tier = agreed of { s.label; s.paper }\n"
           "    let kind_found: Kind = not found \"torn off\" within {fridge, tv}\n";
  }

  std::string version(const std::string& name, const std::string& from, const std::string& to) {
    std::string out = head(name, from, to);
    out += "    let common = " + truth(2) + "\n";
    for (int i = random_.between(1, 3); i > 0; --i)
      out += "    require r" + std::to_string(i) + ": " + truth(random_.between(1, 3)) + "\n";
    in_amount_ = true;
    const bool pays = random_.chance(80);
    if (pays) out += amount();
    in_amount_ = false;
    if (random_.chance(50)) out += documents();
    if (pays && class_ >= SmallClass::arithmetic && random_.chance(40)) out += "    ensure amount <= " + yuan() + "\n";
    return out + "  }\n";
  }

  std::string duty() {
    static const std::vector<std::string> kinds{"must", "must", "must not", "advised"};
    std::string out =
        "duty p \"p\" {\n  bearer \"somebody\"\n  given s: Sale\n  given claims: history of Claim\n  in force by "
        "s.on\n" +
        head("only", "2025-01-01", "2025-12-31");
    for (int i = random_.between(1, 3); i > 0; --i)
      out += "    " + random_.pick(kinds) + " r" + std::to_string(i) + ": " + truth(random_.between(0, 2)) + "\n";
    const auto day = [&] { return "2025-0" + std::to_string(random_.between(2, 9)) + "-15"; };
    const bool dated = random_.chance(80);
    if (dated)
      out += "    deadline " +
             (random_.chance(30) ? "(if " + truth(1) + " then " + day() + " otherwise " + day() + ")" : day()) + "\n";
    if (random_.chance(85)) out += "    done when " + std::string(dated ? "s.done" : "s.old") + "\n";
    return out + "  }\n}\n";
  }

  // Of one name in every version, and of another in this one alone.
  std::string documents() {
    std::string out = "    documents { licence \"licence\" when " + truth(random_.between(0, 2));
    if (random_.chance(40)) out += ", invoice \"invoice\"";
    return out + " }\n";
  }

  std::string amount() {
    if (random_.chance(40)) {
      std::string out =
          "    amount {\n      base: " + sum() + "\n      bonus: " + sum() + " when " + truth(2) + "\n    }";
      if (random_.chance(50)) out += " at most " + yuan() + " reducing bonus first";
      return out + "\n";
    }
    return "    amount = " + sum() + "\n";
  }

  std::string sum() {
    if (class_ >= SmallClass::arithmetic && !arithmetic_used_ && random_.chance(60)) {
      arithmetic_used_ = class_ != SmallClass::loose;
      const std::string net = class_ == SmallClass::loose && random_.chance(50) ? "(s.net + s.gross)" : "s.net";
      const std::string share = std::to_string(5 * random_.between(1, 8)) + "% of " + net;
      // Below zero it cannot be paid.
      if (random_.chance(25)) return "(" + net + " - " + yuan() + ")";
      return random_.chance(50) ? "(" + share + ", at most " + std::to_string(random_.between(5, 40)) + " yuan)"
                                : share;
    }
    switch (random_.between(0, 3)) {
      case 0:
        return "(if " + truth(1) + " then " + yuan() + " otherwise " + yuan() + ")";
      case 1:
        return "first of { " + yuan() + " when " + truth(1) + "; " + yuan() + " when " + truth(1) + "; " + yuan() +
               " otherwise }";
      case 2:
        return "(undecided reading \"how much\" { \"a\": " + yuan() + "; \"b\": " + yuan() + " })";
      default:
        return yuan();
    }
  }

  std::string yuan() { return std::to_string(10 * random_.between(0, 10)) + " yuan"; }
  std::string kind() { return random_.pick(std::vector<std::string>{"fridge", "tv", "lamp"}); }
  std::string tier() { return "level" + std::to_string(random_.between(1, 3)); }
  std::string better() {
    return random_.chance(50) ? tier() : tier() + (random_.chance(50) ? " or better" : " or worse");
  }

  std::string truth(int depth) {
    if (depth <= 0) return test();
    switch (random_.between(0, 6)) {
      case 0:
      case 1:
        return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
      case 2:
      case 3:
        return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
      case 4:
        return "(not " + truth(depth - 1) + ")";
      case 5:
        return "(if " + truth(depth - 1) + " then " + truth(depth - 1) + " otherwise " + truth(depth - 1) + ")";
      default:
        return test();
    }
  }

  std::string test() {
    const int most_questions = class_ == SmallClass::questions ? 3 : is_of_histories(class_) ? 1 : 0;
    if (questions_ < most_questions && random_.chance(60)) {
      ++questions_;
      return history();
    }
    const int most = is_of_histories(class_)        ? 12
                     : class_ == SmallClass::finite ? 14
                     : class_ == SmallClass::loose  ? 20
                                                    : 18;
    switch (random_.between(0, most)) {
      case 0:
        return "(s.kind is " + kind() + ")";
      case 1:
        return "(s.kind in {" + kind() + ", " + kind() + "})";
      case 2:
        return "(s.other is " + kind() + ")";
      case 3:
        return random_.chance(50) ? "(s.kind is s.other)" : "(s.other is kind_found)";
      case 4:
        return "(s.tier exists and s.tier is " + better() + ")";
      case 5:
        return random_.chance(50) ? "s.vip" : "(s.tier not exists or s.old)";
      case 6:
        return "s.old";
      case 7:
        return "(s.code in {\"A\", \"B\"})";
      case 8:
        return "(s.code is \"A\")";
      case 9:
        return "(said exists and said is " + better() + ")";
      case 10:
        return "(agreed_tier exists and agreed_tier is " + better() + ")";
      case 11:
        return !in_amount_ && random_.chance(50) ? "(s.label is unknown)" : "(not s.stamp)";
      case 12:
        return "(undecided reading { \"a\": " + fact() + "; \"b\": " + fact() + " })";
      case 13:
        return random_.chance(30) ? "(discretion \"an officer\")"
                                  : "(any of claims as c where c.kind is " + kind() + ")";
      case 14:
        return "((count of claims as c where c.mine or c.kind is " + kind() + ") < " +
               std::to_string(random_.between(1, 3)) + ")";
      case 15:
        return "(s.net " + relation() + " " + yuan() + ")";
      case 16:
        return "(s.gross " + relation() + " " + yuan() + ")";
      case 17:
        return "(s.bought " + std::string(random_.chance(50) ? "before" : "on or after") + " 2025-0" +
               std::to_string(random_.between(2, 9)) + "-15)";
      case 18:
        return "(s.home within " + std::string(random_.chance(50) ? "630000" : "630100") + ")";
      case 19:
        return "(s.net " + relation() + " s.gross)";
      default:
        return "(s.net + s.gross " + relation() + " " + yuan() + ")";
    }
  }
  // Two entries of each sort tell all of these.
  std::string history() {
    const std::string is_kind = "c.kind is " + kind();
    switch (random_.between(0, 7)) {
      case 0:
        return "(any of claims as c where " + is_kind + " and s.vip)";
      case 1:
        return "(none of claims as c where c.mine and c.kind is s.kind)";
      case 2:
        return "(all of claims as c where c.mine or " + is_kind + ")";
      case 3:
        return "((count of claims as c where " + is_kind + ") <= 1)";
      case 4:
        return "((count of claims as c where c.mine and s.old) < 1)";
      case 5:  // no entry can be so
        return "((sum of c.paid for c in claims where c.paid > 100 yuan) <= 10 yuan)";
      case 6:
        return "(((max of c.paid for c in claims where " + is_kind + ") if absent 0 yuan) <= 100 yuan)";
      default:
        return "(any of claims as c where c.mine and " + is_kind + ")";
    }
  }

  std::string fact() { return random_.chance(50) ? "s.vip" : random_.chance(50) ? "s.old" : "s.stamp"; }
  std::string relation() { return random_.pick(std::vector<std::string>{"<", "<=", ">", ">=", "is"}); }

  Random& random_;
  SmallClass class_;
  bool arithmetic_used_ = false;
  int questions_ = 0;       // to the history
  bool in_amount_ = false;  // which may not ask whether something is unknown
};

}  // namespace

const char* name_of(SmallClass which) {
  static const char* const names[] = {"duties", "unbegun",  "questions",  "histories",
                                      "finite", "compared", "arithmetic", "loose"};
  return names[static_cast<int>(which)];
}

bool is_of_histories(SmallClass which) {
  return which >= SmallClass::unbegun && which <= SmallClass::histories;
}

bool is_exact(SmallClass which) {
  return which != SmallClass::unbegun && which != SmallClass::questions && which != SmallClass::loose;
}

std::string small_program(Random& random, SmallClass which) {
  return Writer(random, which).program();
}

}  // namespace guiju::reference
