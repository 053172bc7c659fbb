// Words of generated rule files: keywords in either language, fresh names, literals in every spelling that the lexer
// reads.
#include <array>

#include "generator.hpp"

namespace guiju::reference {

namespace {

struct Spelling {
  const char* english;
  const char* chinese;
};

Spelling spelling(syntax::Keyword keyword) {
  switch (keyword) {
#define GUIJU_KEYWORD(id, en, zh, category) \
  case syntax::Keyword::id:                 \
    return {en, zh};
#include "syntax/keywords.def"
#undef GUIJU_KEYWORD
    default:
      return {"", ""};
  }
}

// A unit and how many of it make a typical figure as large as one of the declared unit.
struct WrittenUnit {
  const char* english;
  const char* chinese;
  int times;     // numbers are multiplied by this …
  int decimals;  // … and have at most so many decimals
};
struct DimensionInfo {
  const char* declared;
  int typical;  // figures lie between 0 and this, in the declared unit
  std::vector<WrittenUnit> units;
};

const DimensionInfo& info_of(int dimension) {
  static const std::array<DimensionInfo, kDimensions> table{{
      {"number", 100, {{"", "", 1, 2}}},
      {"money", 20000, {{" yuan", "元", 1, 2}, {" yuan", " 元", 1, 0}, {" jiao", "角", 10, 0}, {" fen", "分", 100, 0}}},
      {"kW", 200, {{" kW", "千瓦", 1, 1}, {" W", "瓦", 1000, 0}, {" hp", "马力", 1, 0}}},
      {"L", 60, {{" L", "升", 1, 1}, {" mL", "毫升", 1000, 0}}},
      {"kg", 500, {{" kg", "千克", 1, 1}, {" t", "吨", 1, 2}, {" kg", "公斤", 1, 0}}},
      {"km", 900, {{" km", "公里", 1, 1}, {" m", "米", 1000, 0}}},
      {"kWh", 300, {{" kWh", "千瓦时", 1, 1}, {" MJ", " MJ", 4, 0}, {" kWh", "度", 1, 0}}},
  }};
  return table.at(static_cast<std::size_t>(dimension));
}

}  // namespace

bool Generator::chinese() {
  return language_ == 1 || (language_ == 2 && random_.chance(50));
}

std::string Generator::word(syntax::Keyword keyword) {
  const Spelling s = spelling(keyword);
  return chinese() ? s.chinese : s.english;
}

std::string Generator::fresh(const char* latin) {
  static const std::vector<std::string> words{"数值", "名称", "条件", "甲项", "额度", "品名", "基数", "编码"};
  const std::string number = std::to_string(++counter_);
  return language_ != 0 && random_.chance(40) ? random_.pick(words) + number : latin + number;
}

std::string Generator::comment() {
  if (!random_.chance(6)) return "";
  return random_.chance(50) ? " // note\n" : " /* 说明 */";
}

std::string Generator::declared_unit(int dimension) const {
  return dimension == kMoneyDimension ? "yuan" : info_of(dimension).declared;
}

static std::string decimal(Random& random, long whole, int decimals) {
  std::string out = std::to_string(whole);
  if (decimals == 0) return out;
  out += ".";
  for (int i = 0; i < decimals; ++i) out += static_cast<char>('0' + random.between(0, 9));
  return out;
}

// Where a percentage may be wanted, and that is nearly anywhere, what is above one wears its sign.
std::string Generator::in_percent(long whole) {
  return whole > 1 ? std::to_string(whole * 100) + "%" : std::to_string(whole);
}

std::string Generator::plain_number(int dimension) {
  const DimensionInfo& d = info_of(dimension);
  return decimal(random_, random_.between(0, d.typical), random_.chance(30) ? 1 : 0);
}

std::string Generator::number_literal(int dimension, bool positive, bool integer) {
  const DimensionInfo& d = info_of(dimension);
  const std::string sign = !positive && random_.chance(8) ? "-" : "";
  if (integer) return sign + std::to_string(random_.between(positive ? 1 : 0, 12));
  if (dimension == kNumber) {
    switch (random_.between(0, 5)) {
      case 0:
        return sign + std::to_string(random_.between(1, 100)) + "%";
      case 1:
        return sign + decimal(random_, random_.between(0, 40), 1) + (chinese() ? "\uFF05" : "%");
      case 2:
        return sign + (positive || random_.chance(50)
                           ? decimal(random_, random_.between(1, 999), random_.between(1, 2)) + "%"
                           : decimal(random_, 0, random_.between(1, 3)));
      case 3:
        return sign + std::to_string(random_.between(1, 9)) + "\u2030";
      default:
        return sign + in_percent(random_.between(positive ? 1 : 0, 20));
    }
  }
  if (dimension == kMoneyDimension && random_.chance(10))
    return sign +
           (random_.chance(50) ? std::to_string(random_.between(1, 2))
                               : decimal(random_, random_.between(0, 1), 1) + "5") +
           "万元";
  const WrittenUnit& u = random_.pick(d.units);
  long whole = static_cast<long>(random_.between(positive ? 1 : 0, d.typical)) * u.times;
  if (random_.chance(50) && whole > 100) whole -= whole % 100;
  return sign + decimal(random_, whole, random_.chance(30) ? random_.between(0, u.decimals) : 0) +
         (chinese() ? u.chinese : u.english);
}

std::string Generator::rounding(int dimension) {
  static const std::vector<syntax::Keyword> modes{syntax::Keyword::rounded_down_to, syntax::Keyword::rounded_up_to,
                                                  syntax::Keyword::rounded_half_up_to,
                                                  syntax::Keyword::rounded_half_even_to};
  static const std::vector<std::string> money{"0.01", "0.1", "1", "10", "0.05", "100", "0.5"};
  static const std::vector<std::string> other{"0.01", "0.1", "1", "10", "0.5", "0.001", "0.25"};
  const WrittenUnit& u = info_of(dimension).units.front();
  const std::string size = random_.pick(dimension == kMoneyDimension ? money : other);
  return word(random_.pick(modes)) + " " + size + (chinese() ? u.chinese : u.english);
}

std::string Generator::member(int enumeration) {
  const GenEnum& e = enums_.at(static_cast<std::size_t>(enumeration));
  const std::string& name = random_.pick(e.members);
  return random_.chance(8) ? e.name + "." + name : name;
}

std::string Generator::literal(const GenType& type) {
  switch (type.kind) {
    case GenType::truth:
      return word(random_.chance(50) ? syntax::Keyword::yes : syntax::Keyword::no);
    case GenType::number:
      return number_literal(type.of, false, type.integer);
    case GenType::date: {
      const int year = random_.between(2015, 2027);
      const int month = random_.between(1, 12);
      const int day = random_.chance(30) ? random_.between(28, month == 2 ? 28 : 30) : random_.between(1, 28);
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      if (chinese()) return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
      return std::to_string(year) + "-" + two(month) + "-" + two(day);
    }
    case GenType::months:
      return random_.chance(50) ? std::to_string(random_.between(1, 10)) + (chinese() ? "年" : " years")
                                : std::to_string(random_.between(1, 40)) + (chinese() ? "个月" : " months");
    case GenType::days:
      return std::to_string(random_.between(1, 400)) + (chinese() ? "天" : " days");
    case GenType::text: {
      static const std::vector<std::string> texts{"甲", "乙", "A-1", "x y", "丙 号"};
      return "\"" + random_.pick(texts) + "\"";
    }
    case GenType::region: {
      static const std::vector<std::string> regions{"630000", "630100", "630102", "630200", "110000", "110101"};
      return random_.pick(regions);
    }
    case GenType::member:
      return member(type.of);
  }
  return "";
}

std::string Generator::type_text(const GenType& type) {
  const std::string optional = type.optional ? word(syntax::Keyword::optional) + " " : "";
  switch (type.kind) {
    case GenType::truth:
      return optional + (chinese() ? "是否" : "bool");
    case GenType::number:
      if (type.integer) return optional + (chinese() ? "\u6574\u6570" : "integer");
      if (type.of == kNumber) return optional + (chinese() ? "数" : "number");
      if (type.of == kMoneyDimension) return optional + (chinese() ? "金额" : "money");
      return optional + (random_.chance(50) ? declared_unit(type.of) : "number [" + declared_unit(type.of) + "]");
    case GenType::date:
      return optional + (chinese() ? "日期" : "date");
    case GenType::months:
    case GenType::days:
      return optional + (chinese() ? "期间" : "duration");
    case GenType::text:
      return optional + (chinese() ? "文本" : "text");
    case GenType::region:
      return optional + (chinese() ? "地区码" : "region");
    case GenType::member: {
      const GenEnum& e = enums_.at(static_cast<std::size_t>(type.of));
      return optional + (!e.alias.empty() && chinese() ? e.alias : e.name);
    }
  }
  return "";
}

}  // namespace guiju::reference
