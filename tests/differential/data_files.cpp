// Generated files beside the rules: tables with their rows in a CSV file, and catalogues of what was listed when.
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return out + "\n";
}

}  // namespace

// `table t from "t.csv" { given …, gives … }`
void Generator::declare_csv_table(std::vector<Piece>& out) {
  static const std::vector<GenType::Kind> key_kinds{GenType::member, GenType::number, GenType::date, GenType::text};
  GenTable t;
  t.name = fresh("t");
  for (int i = random_.between(1, 2); i > 0; --i) {
    const GenType::Kind kind = random_.pick(key_kinds);
    const int of = kind == GenType::member   ? static_cast<int>(random_.below(enums_.size()))
                   : kind == GenType::number ? random_.between(0, kDimensions - 1)
                                             : 0;
    t.keys.push_back({fresh("k"), plain(kind, of)});
  }
  const GenType money = plain(GenType::number, kMoneyDimension);
  for (int i = random_.between(1, 2); i > 0; --i)
    t.results.push_back({fresh("c"), random_.chance(60) ? money : plain(GenType::truth)});
  const auto cells_of = [&](const GenType& type) {
    return type.kind == GenType::text ? std::vector<std::string>{"甲", "A-1", "x y"} : partition(type, false);
  };
  std::vector<std::string> header;
  for (const GenColumn& c : t.keys) header.push_back(c.name);
  for (const GenColumn& c : t.results) header.push_back(c.name);
  std::string rows = csv_line(header);
  const auto row = [&](std::vector<std::string> cells) {
    for (const GenColumn& c : t.results)
      cells.push_back(random_.chance(8) ? word(Keyword::not_entitled) + " \"nothing here\"" : literal(c.type));
    rows += csv_line(cells);
  };
  const std::vector<std::string> first = cells_of(t.keys[0].type);
  for (const std::string& one : first) {
    if (t.keys.size() == 1) {
      row({one});
    } else if (random_.chance(20)) {
      row({one, word(Keyword::any)});
    } else {
      for (const std::string& two : cells_of(t.keys[1].type))
        if (random_.chance(88)) row({one, two});
    }
  }
  const std::string file = "t" + std::to_string(counter_) + ".csv";
  files_[file] = rows;
  const auto listed = [&](const std::vector<GenColumn>& columns) {
    std::string text;
    for (const GenColumn& c : columns) text += (text.empty() ? "" : ", ") + c.name + ": " + type_text(c.type);
    return text;
  };
  out.emplace_back(droppable({word(Keyword::table) + " " + t.name + " " + word(Keyword::from) + " \"" + file +
                              "\" {\n  " + word(Keyword::cite) + " \"a list\"\n  " + word(Keyword::given) + " " +
                              listed(t.keys) + "\n  " + word(Keyword::gives) + " " + listed(t.results) + "\n  " +
                              word(Keyword::otherwise) + " " + word(Keyword::not_entitled) + "\n}\n"}));
  file_tables_.push_back(t);
}

void Generator::declare_catalogue(std::vector<Piece>& out) {
  const std::string name = "cat" + std::to_string(++counter_);
  const auto day = [&](int from, int to) {
    return std::to_string(random_.between(from, to)) + "-0" + std::to_string(random_.between(1, 9)) + "-1" +
           std::to_string(random_.between(0, 9));
  };
  std::string rows = "no,model,listed,withdrawn\n";
  static const std::vector<std::string> models{"甲", "乙", "A-1", "x y", "Z, 2"};
  for (const std::string& model : models) {
    if (random_.chance(25)) continue;
    const std::string until = random_.chance(50)   ? day(2020, 2023)
                              : random_.chance(50) ? std::string()
                                                   : word(Keyword::absent);
    rows += csv_line({std::to_string(random_.between(1, 9)), model, day(2017, 2019), until});
    if (random_.chance(20)) rows += csv_line({"1", model, day(2024, 2024), ""});  // a second time
  }
  if (rows.ends_with("withdrawn\n")) rows += csv_line({"1", "甲", "2018-03-01", ""});
  files_[name + ".csv"] = rows;
  const std::string complete =
      random_.chance(80) ? "\n  " + word(Keyword::complete_to) + " " + day(2021, 2025) : std::string();
  out.emplace_back(
      droppable({word(Keyword::catalogue) + " " + name + " \"a list of models\" " + word(Keyword::from) + " \"" + name +
                 ".csv\" {\n  " + word(Keyword::cite) + " \"a list\"\n  " + word(Keyword::given) +
                 " model: " + type_text(plain(GenType::text)) + "\n  " + word(Keyword::listed_from) + " listed " +
                 word(Keyword::until) + " withdrawn" + complete + "\n}\n"}));
  catalogues_.push_back(name);
}

// `c.model in cat1 on c.bought`. Past the end of the file nobody can say: only where texts may be open.
NodePtr Generator::catalogue_test(GenScope& scope) {
  const GenVariable* model = variable(scope, plain(GenType::text));
  if (!scope.open_texts || catalogues_.empty() || model == nullptr) return text_test(scope);
  const std::string head =
      model->text + " " + word(random_.chance(85) ? Keyword::in : Keyword::not_in) + " " + random_.pick(catalogues_);
  return node({head + " " + word(Keyword::on) + " ", {leaf(plain(GenType::date), scope), kRounded}}, kCompare, "0:0",
              "yes");
}

}  // namespace guiju::reference
