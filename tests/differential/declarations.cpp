// Generated declarations: enums, scales, records, tables, standards.
#include <algorithm>

#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

void Generator::declare_enum(std::vector<Piece>& out, bool scale) {
  GenEnum e;
  e.name = scale ? "S" + std::to_string(++counter_) : "E" + std::to_string(++counter_);
  e.scale = scale;
  std::string text = word(scale ? Keyword::scale : Keyword::enum_) + " " + e.name;
  if (random_.chance(40)) {
    e.alias = "种类" + std::to_string(counter_);
    text += " / zh " + e.alias;
  }
  text += " \"label\"";
  if (scale) {
    e.best_first = random_.chance(50);
    text += " " + word(Keyword::from) + " " + word(e.best_first ? Keyword::best : Keyword::worst);
  }
  text += " {";
  const int count = random_.between(scale ? 3 : 2, 5);
  for (int i = 0; i < count; ++i) {
    std::string name = "m" + std::to_string(counter_) + "_" + std::to_string(i + 2);
    e.floor = scale && i + 1 == count && random_.chance(50);
    text += (i > 0 && random_.chance(50) ? ", " : " ") + (e.floor ? word(Keyword::floor) + " " : "") + name;
    if (random_.chance(30)) {
      const std::string alias = "项" + std::to_string(counter_) + "之" + std::to_string(i + 2);
      text += " / zh " + alias;
      if (random_.chance(50)) name = alias;
    }
    text += " \"label " + std::to_string(i + 2) + "\"";
    e.members.push_back(name);
  }
  enums_.push_back(e);
  out.emplace_back(droppable({text + " }\n"}));
}

void Generator::variables_of(const GenRecord& record, const std::string& path, GenScope& scope) const {
  for (const GenField& f : record.fields) {
    GenVariable v;
    v.text = path + "." + f.name;
    v.type = f.type;
    v.type.optional = f.type.optional || !f.when.empty();
    v.positive = f.positive;
    // The condition names fields of the record by themselves; outside they are reached through the path.
    if (!f.when.empty() && !f.type.optional) v.guard = path + "." + f.when;
    scope.variables.push_back(v);
  }
}

void Generator::declare_record(std::vector<Piece>& out, bool with_date) {
  static const std::vector<std::string> odd{"from", "limit", "amount", "when", "at", "is", "补贴", "自", "first"};
  GenRecord r;
  const std::string number = std::to_string(++counter_);
  r.name = "R" + number;
  r.element = "r" + number;
  std::vector<Piece> text{word(Keyword::record) + " " + r.name + " {\n"};
  std::vector<GenType> types;
  if (with_date) types.push_back(plain(GenType::date));
  types.push_back(plain(GenType::member, static_cast<int>(random_.below(enums_.size()))));
  types.push_back(plain(GenType::number, kMoneyDimension));
  const int more = random_.between(3, 7);
  for (int i = 0; i < more; ++i) {
    switch (random_.between(0, 9)) {
      case 0:
        types.push_back(plain(GenType::truth));
        break;
      case 1:
        types.push_back(plain(GenType::date));
        break;
      case 2:
        types.push_back(plain(GenType::text));
        break;
      case 3:
        types.push_back(plain(GenType::region));
        break;
      case 4:
      case 5:
        types.push_back(plain(GenType::member, static_cast<int>(random_.below(enums_.size()))));
        break;
      case 6:
        types.push_back(plain(GenType::number, kMoneyDimension));
        break;
      default:
        types.push_back(plain(GenType::number, random_.between(0, kDimensions - 1)));
        break;
    }
  }
  std::vector<std::string> used;
  for (std::size_t i = 0; i < types.size(); ++i) {
    GenField f;
    f.type = types[i];
    f.name = fresh("f");
    if (random_.chance(10)) {
      const std::string name = random_.pick(odd);
      if (std::find(used.begin(), used.end(), name) == used.end()) f.name = name;
    }
    used.push_back(f.name);
    f.type.optional = i > 2 && random_.chance(18);
    f.type.integer = f.type.kind == GenType::number && f.type.of == kNumber && random_.chance(40);
    std::string line = "  " + f.name + (random_.chance(20) ? " : " : ": ") + type_text(f.type);
    if (f.type.kind == GenType::number && random_.chance(75)) {
      const bool negative = random_.chance(15);
      f.positive = !negative && random_.chance(25);
      const std::string unit = f.type.of == kNumber ? "" : " " + declared_unit(f.type.of);
      const std::string top = f.type.of == kMoneyDimension ? "50_000" : f.type.integer ? "30" : "500";
      line += " " + word(Keyword::from) + " " +
              (negative     ? "-20"
               : f.positive ? "1"
                            : "0") +
              unit + " " + word(Keyword::to) + " " + top + unit;
      if (!f.type.integer && random_.chance(60)) {
        static const std::vector<std::string> steps{"0.01", "0.1", "1", "0.5"};
        line +=
            " " + word(random_.chance(70) ? Keyword::step : Keyword::declared_to) + " " + random_.pick(steps) + unit;
      }
    } else if (f.type.kind == GenType::date && random_.chance(60)) {
      line += " " + word(Keyword::from) + " 2010-01-01 " + word(Keyword::to) + " 2030-12-31";
    }
    if (random_.chance(20)) line += " " + word(Keyword::ask) + " \"what is it?\"";
    // Asked only for some kinds.
    if (i > 2 && !f.type.optional && random_.chance(15)) {
      const GenField& kind = r.fields[with_date ? 1 : 0];
      if (kind.type.kind == GenType::member && std::find(odd.begin(), odd.end(), kind.name) == odd.end()) {
        f.when = kind.name + " is " + member(kind.type.of);
        line += " " + word(Keyword::when) + " " + f.when;
      }
    }
    if (random_.chance(10)) line += " " + word(Keyword::or_unknowable);
    if (random_.chance(30)) line += " " + word(Keyword::changeable);
    f.key = f.type.kind != GenType::truth && random_.chance(15);
    if (f.key) line += " " + word(Keyword::key);
    r.fields.push_back(f);
    text.emplace_back(line + (random_.chance(20) ? ",\n" : "\n"));
  }
  text.emplace_back("}\n");
  records_.push_back(r);
  out.emplace_back(droppable(std::move(text)));
}

// ---- tables
// ------------------------------------------------------------------------------------------------------------------

// Cells of one key column that do not overlap: members in groups, numbers and days in intervals.
std::vector<std::string> Generator::partition(const GenType& type, bool unit_in_header) {
  std::vector<std::string> out;
  switch (type.kind) {
    case GenType::truth:
      return {word(Keyword::yes), word(Keyword::no)};
    case GenType::text:
      return {"\"甲\"", "\"乙\", \"A-1\"", "\"x y\""};
    case GenType::region:
      return {"630000", "110000"};
    case GenType::member: {
      std::vector<std::string> members = enums_.at(static_cast<std::size_t>(type.of)).members;
      while (!members.empty()) {
        std::string cell = members.back();
        members.pop_back();
        while (!members.empty() && random_.chance(30)) {
          cell += (chinese() ? "\u3001" : ", ") + members.back();
          members.pop_back();
        }
        out.push_back(cell);
      }
      if (out.size() == 2 && random_.chance(30)) out[1] = word(Keyword::not_) + " " + out[0];
      return out;
    }
    default:
      break;
  }
  const bool day = type.kind == GenType::date;
  const std::string unit = day || unit_in_header || type.of == kNumber ? "" : " " + declared_unit(type.of);
  std::vector<std::string> edges;
  int at = 0;
  const int count = random_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    at += random_.between(1, type.of == kMoneyDimension ? 6000 : 40);
    edges.push_back(day ? std::to_string(2017 + 3 * i) + "-0" + std::to_string(random_.between(1, 9)) + "-15"
                        : std::to_string(at));
  }
  bool closed_below = random_.chance(50);  // does the edge belong to the interval below it?
  if (day) {
    out.push_back(word(closed_below ? Keyword::on_or_before : Keyword::before) + " " + edges[0]);
  } else if (closed_below && random_.chance(30)) {
    out.push_back(edges[0] + unit + (chinese() ? " 以下" : " or less"));
  } else {
    out.push_back((closed_below ? "<= " : "< ") + edges[0] + unit);
  }
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const bool next = random_.chance(50);
    out.push_back((closed_below ? "(" : "[") + edges[i] + ".." + edges[i + 1] + (next ? "]" : ")") + unit);
    closed_below = next;
  }
  if (day)
    out.push_back(word(closed_below ? Keyword::after : Keyword::on_or_after) + " " + edges.back());
  else
    out.push_back((closed_below ? "> " : ">= ") + edges.back() + unit);
  return out;
}

NodePtr Generator::grid(const std::vector<GenColumn>& keys, const std::vector<GenColumn>& results, GenScope& scope,
                        bool unit_in_header, bool not_entitled, bool formulas) {
  std::vector<Piece> out;
  const auto unit = [&](const GenColumn& c) {
    return unit_in_header && c.type.kind == GenType::number && c.type.of != kNumber
               ? " [" + declared_unit(c.type.of) + "]"
               : std::string();
  };
  std::string header = "    |";
  for (std::size_t i = 0; i < keys.size(); ++i)
    header += " " + keys[i].name + unit(keys[i]) + (i + 1 == keys.size() ? " ||" : " |");
  for (const GenColumn& c : results) header += " " + c.name + unit(c) + " |";
  out.emplace_back(header + "\n");
  std::vector<std::vector<std::string>> cells;
  for (const GenColumn& k : keys) cells.push_back(partition(k.type, unit_in_header));
  const auto row = [&](const std::string& key_cells) {
    std::vector<Piece> line{"    | " + key_cells + " ||"};
    for (const GenColumn& c : results) {
      line.emplace_back(" ");
      const bool typed = out.size() == 1;  // the first row says what kind of value the column gives
      if (not_entitled && !typed && random_.chance(8)) {
        line.emplace_back(word(Keyword::not_entitled) + " \"nothing here\"");
      } else if (formulas && random_.chance(12)) {
        line.emplace_back("= ");
        line.emplace_back(expression(c.type, 1, scope), kIf);
      } else if (scope.open_texts && !typed && random_.chance(2)) {
        line.emplace_back(word(Keyword::not_found) + " \"nobody has it\"");
      } else if (unit_in_header && c.type.kind == GenType::number) {
        line.emplace_back(c.type.of == kNumber ? number_literal(kNumber, true) : plain_number(c.type.of));
      } else {
        line.emplace_back(literal(c.type));
      }
      line.emplace_back(random_.chance(4) ? "? |" : " |");
    }
    line.emplace_back("\n");
    out.emplace_back(droppable(std::move(line)));
  };
  for (const std::string& first : cells[0]) {
    if (keys.size() == 1) {
      if (random_.chance(88)) row(first);
    } else if (random_.chance(20)) {
      row(first + " | " + word(Keyword::any));
    } else {
      for (const std::string& second : cells[1])
        if (random_.chance(88)) row(first + " | " + second);
    }
  }
  if (out.size() == 1) row(cells[0][0] + (keys.size() > 1 ? " | " + word(Keyword::any) : ""));
  return node(std::move(out));
}

void Generator::declare_table(std::vector<Piece>& out, GenScope& scope, bool with_given) {
  GenTable t;
  t.name = fresh("t");
  const auto random_key = [&]() -> GenType {
    switch (random_.between(0, 6)) {
      case 0:
        return plain(GenType::truth);
      case 1:
        return plain(GenType::date);
      case 2:
        return plain(GenType::text);
      case 3:
        return plain(GenType::number, random_.between(0, kDimensions - 1));
      default:
        return plain(GenType::member, static_cast<int>(random_.below(enums_.size())));
    }
  };
  std::vector<GenColumn> keys;
  if (with_given) {
    for (int i = random_.between(1, 2); i > 0; --i) keys.push_back({fresh("k"), random_key()});
    t.keys = keys;
  } else {
    for (int i = random_.between(1, 2); i > 0; --i) {
      if (scope.variables.empty()) return;
      const GenVariable& v = random_.pick(scope.variables);
      if (v.type.optional || v.type.kind == GenType::region || (i == 1 && !keys.empty() && keys[0].name == v.text))
        continue;
      keys.push_back({v.text, v.type});
    }
    if (keys.empty()) return;
  }
  const int count = random_.between(1, 2);
  for (int i = 0; i < count; ++i) {
    const int kind = random_.between(0, 5);
    GenType type = plain(GenType::number, kMoneyDimension);
    if (kind == 0) type = plain(GenType::truth);
    if (kind == 1) type = plain(GenType::date);
    if (kind == 2) type = plain(GenType::member, static_cast<int>(random_.below(enums_.size())));
    if (kind == 3) type = plain(GenType::number, random_.between(0, kDimensions - 1));
    t.results.push_back({fresh("c"), type});
  }
  std::vector<Piece> text{"  " + word(Keyword::table) + " " + t.name + " {\n"};
  const bool units = random_.chance(50);
  if (with_given) {
    std::string given = "    " + word(Keyword::given) + " ";
    for (std::size_t i = 0; i < keys.size(); ++i)
      given += (i > 0 ? ", " : "") + keys[i].name + ": " + type_text(keys[i].type);
    std::string gives = "\n    " + word(Keyword::gives) + " ";
    for (std::size_t i = 0; i < t.results.size(); ++i)
      gives += (i > 0 ? ", " : "") + t.results[i].name + ": " + type_text(t.results[i].type);
    text.emplace_back(given + gives + "\n    " + word(Keyword::hit_unique) + "\n");
  }
  // Without `gives` the cells themselves say what the results are.
  text.emplace_back(grid(keys, t.results, scope, units, true, with_given));
  if (t.results.size() == 1 && random_.chance(45)) {
    text.emplace_back("    " + word(Keyword::otherwise) + " ");
    text.emplace_back(leaf(t.results[0].type, scope), kIf);
    text.emplace_back("\n");
  } else if (!scope.open_texts || random_.chance(60)) {
    text.emplace_back("    " + word(Keyword::otherwise) + " " + word(Keyword::not_entitled) +
                      (random_.chance(50) ? " \"not in the table\"\n" : "\n"));
  }
  text.emplace_back("  }\n");
  out.emplace_back(droppable(std::move(text)));
  scope.tables.push_back(t);
}

// ---- standards
// ---------------------------------------------------------------------------------------------------------------

void Generator::declare_standard(std::vector<Piece>& out) {
  std::vector<int> records;
  std::vector<int> scales;
  for (std::size_t i = 0; i < records_.size(); ++i)
    if (records_[i].fields[0].type.kind == GenType::date) records.push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < enums_.size(); ++i)
    if (enums_[i].scale) scales.push_back(static_cast<int>(i));
  if (records.empty() || scales.empty()) return;
  GenStandard s;
  s.name = "std" + std::to_string(++counter_);
  s.record = random_.pick(records);
  s.scale = random_.pick(scales);
  for (int i = random_.between(0, 2); i > 0; --i) {
    const GenType type =
        random_.chance(50) ? plain(GenType::truth) : plain(GenType::number, random_.between(0, kDimensions - 1));
    s.results.push_back({"res" + std::to_string(++counter_), type});
  }
  const GenRecord& record = records_[static_cast<std::size_t>(s.record)];
  GenScope scope;
  scope.open_texts = false;
  scope.aggregates = false;
  variables_of(record, "x", scope);
  std::vector<Piece> text{word(Keyword::standard) + " " + s.name + " \"a standard\" {\n  " + word(Keyword::given) +
                          " x: " + record.name + "\n"};
  const std::string by = "x." + record.fields[0].name;
  text.emplace_back(chinese() ? "  按 " + by + " 施行\n" : "  in force by " + by + "\n");
  int year = random_.between(2012, 2018);
  bool parallel = false;  // two editions hold on the same days
  const int count = random_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    const std::string name = "ed" + std::to_string(++counter_);
    const int next = year + random_.between(2, 4);
    std::string when = " " + word(Keyword::from) + " " + std::to_string(year) + "-01-01";
    if (i + 1 < count || random_.chance(40))
      when += " " + word(Keyword::to) + " " + std::to_string(next - 1) + "-12-31";
    const bool reaches_back = i > 0 && !parallel && random_.chance(15);
    parallel = !reaches_back && random_.chance(20);
    if (reaches_back)
      when = " " + word(Keyword::from) + " " + std::to_string(year - 1) + "-07-01" +
             when.substr(when.find("-01-01") + 6) + " " + word(Keyword::supersedes) + " " + s.editions.back();
    if (parallel) {
      // Two side by side, each for its own cases.
      const NodePtr condition = member_test(0, scope);
      const std::string for_ = " " + word(Keyword::for_) + " ";
      const std::string other = "ed" + std::to_string(++counter_);
      text.emplace_back(edition(s, name, {when + for_, {condition, kIf}}, year, scope));
      text.emplace_back(
          edition(s, other, {when + for_ + word(Keyword::not_) + " ", {condition, kCompare}}, year, scope));
      s.editions.push_back(other);
    } else {
      text.emplace_back(edition(s, name, {when}, year, scope));
    }
    s.editions.push_back(name);
    year = next + (random_.chance(20) ? 1 : 0);
  }
  text.emplace_back("}\n");
  std::erase_if(s.results, [](const GenStandard::Result& r) { return !r.given; });
  standards_.push_back(s);
  out.emplace_back(droppable(std::move(text)));
}

NodePtr Generator::edition(GenStandard& standard, const std::string& name, std::vector<Piece> when, int year,
                           GenScope& outer) {
  GenScope scope = outer;
  const GenEnum& scale = enums_.at(static_cast<std::size_t>(standard.scale));
  std::vector<Piece> out = std::move(when);
  out.insert(out.begin(), Piece("  " + word(Keyword::edition) + " " + name));
  if (random_.chance(20))
    out.emplace_back(" " + word(Keyword::published) + " " + std::to_string(year - random_.between(0, 1)) + "-07-01");
  out.emplace_back(" {\n    " + word(Keyword::cite) + " \"GB\" \"1\"\n");
  if (random_.chance(10)) out.emplace_back(suspension(year));
  if (random_.chance(30)) {
    const std::string let = fresh("q");
    const GenType type = plain(GenType::number, random_.between(0, kDimensions - 1));
    out.emplace_back(node({"    " + word(Keyword::let) + " " + let + ": " + type_text(type) + " = ",
                           {expression(type, 2, scope), kIf},
                           "\n"}));
    scope.variables.push_back({let, type, "", false});
  }
  const bool applies = random_.chance(30);
  if (applies) {
    out.emplace_back(droppable({"    " + word(Keyword::applies_when) + " ",
                                {truth(2, scope), kIf},
                                " " + word(Keyword::otherwise) + " \"out of scope\"\n"}));
  }
  std::vector<const GenVariable*> measures;
  for (const GenVariable& v : scope.variables)
    if (v.type.kind == GenType::number && !v.type.optional) measures.push_back(&v);
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < scale.members.size(); ++i)
    if (!(scale.floor && i + 1 == scale.members.size())) levels.push_back(scale.members[i]);
  const bool from_worst = !scale.best_first;
  const GenVariable measure =
      measures.empty() ? GenVariable{"1", plain(GenType::number), "", false} : *random_.pick(measures);
  const auto limit_text = [&](const GenType& type, int whole) {
    if (type.of != kNumber) return std::to_string(whole) + " " + declared_unit(type.of);
    return type.integer ? std::to_string(whole) : in_percent(whole);
  };
  const int span = measure.type.of == kMoneyDimension ? 4000 : measure.type.integer ? 4 : 40;
  const bool at_least = random_.chance(50);
  static const std::vector<Keyword> up{Keyword::at_least, Keyword::above};
  static const std::vector<Keyword> down{Keyword::at_most, Keyword::below};
  // Limits get stricter toward the better levels.
  const auto limits = [&](int start) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const std::size_t strictness = from_worst ? i : levels.size() - 1 - i;
      const int steps = static_cast<int>(at_least ? strictness : levels.size() - 1 - strictness);
      values.push_back(limit_text(measure.type, start + span * steps / 2));
    }
    return values;
  };
  const int gradings = random_.chance(25) ? 2 : 1;
  for (int g = 0; g < gradings; ++g) {
    const std::string scale_name = " " + word(Keyword::on) + " " + scale.name + " ";
    const std::string direction = word(random_.pick(at_least ? up : down));
    std::vector<Piece> head;
    if (gradings == 2 || random_.chance(15)) {
      head.emplace_back(" " + word(Keyword::when) + " ");
      head.emplace_back(truth(1, scope), kIf);
    }
    if (random_.chance(65)) {
      const bool formula = random_.chance(20);
      std::vector<Piece> text{"    " + word(Keyword::grade) + " " + measure.text + scale_name + direction};
      if (formula) text.emplace_back(" = 1.1 * " + word(Keyword::it));
      for (Piece& p : head) text.push_back(std::move(p));
      std::vector<GenVariable> keys;
      for (const GenVariable& v : scope.variables)
        if (!v.type.optional && v.type.kind != GenType::region && v.text.starts_with("x.")) keys.push_back(v);
      const GenVariable key = random_.pick(keys);
      text.emplace_back(" {\n      | " + key.text + " ||");
      for (const std::string& level : levels) text.emplace_back(" " + level + " |");
      text.emplace_back("\n");
      bool any = false;
      for (const std::string& cell : partition(key.type, false)) {
        if (any && !random_.chance(88)) continue;
        any = true;
        std::string row = "      | " + cell + " ||";
        for (const std::string& limit : limits(random_.between(1, span)))
          row += " " + (random_.chance(4) ? word(Keyword::no_limit) : limit) + " |";
        text.emplace_back(droppable({row + "\n"}));
      }
      text.emplace_back("    }\n");
      out.emplace_back(node(std::move(text)));
    } else {
      std::vector<Piece> text{"    " + word(Keyword::grade) + scale_name};
      for (Piece& p : head) text.push_back(std::move(p));
      const GenVariable* second = nullptr;
      for (const GenVariable& v : scope.variables)
        if (v.type.kind == GenType::number && v.text != measure.text && random_.chance(40)) second = &v;
      text.emplace_back("{\n      | level | " + measure.text + " " + direction +
                        (second != nullptr ? " | " + second->text + " " + word(Keyword::at_most) : "") + " |\n");
      const std::vector<std::string> values = limits(random_.between(1, span));
      for (std::size_t i = 0; i < levels.size(); ++i) {
        std::string row = "      | " + levels[i] + " | " + values[i] + " |";
        if (second != nullptr) {
          const std::size_t slack = from_worst ? levels.size() - 1 - i : i;
          row += " " +
                 (random_.chance(10) ? word(Keyword::no_limit)
                                     : limit_text(second->type, 20 + 50 * static_cast<int>(slack))) +
                 " |";
        }
        text.emplace_back(row + "\n");
      }
      text.emplace_back("    }\n");
      out.emplace_back(node(std::move(text)));
    }
  }
  if (random_.chance(60)) {
    out.emplace_back(droppable({"    " + word(Keyword::comply) + " grade " + word(Keyword::is) + " " +
                                levels[random_.below(levels.size())] + " " + word(Keyword::or_better) + "\n"}));
  }
  if (random_.chance(40)) {
    const std::string check = fresh("w");
    out.emplace_back(droppable({"    " + word(Keyword::check) + " " + check + ": ",
                                {truth(2, scope), kIf},
                                " " + word(Keyword::otherwise) + " \"look again\"\n"}));
  }
  for (GenStandard::Result& r : standard.results) {
    r.optional = r.optional || applies;
    if (random_.chance(15)) {
      r.optional = true;  // this edition does not give it
      continue;
    }
    r.given = true;
    const std::string gives = "    " + word(Keyword::gives) + " " + r.name + " = ";
    if (r.type.kind == GenType::truth && random_.chance(30)) {
      out.emplace_back(gives + "grade " + word(Keyword::is) + " " + levels[random_.below(levels.size())] + "\n");
      continue;
    }
    const std::string let = fresh("q");
    out.emplace_back(node({"    " + word(Keyword::let) + " " + let + ": " + type_text(r.type) + " = ",
                           {expression(r.type, 2, scope), kIf},
                           "\n" + gives + let + "\n"}));
  }
  out.emplace_back("  }\n");
  return node(std::move(out));
}

}  // namespace guiju::reference
