// Random well-typed rule files as text, so that lexer, parser, checker and lowering all take part. Type-directed:
// whatever is asked for (a truth, so many yuan, a day) is put together from the facts, tables, standards and named
// values in scope.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "random.hpp"
#include "syntax/token.hpp"
#include "text_tree.hpp"

namespace guiju::reference {

// A type as the generator thinks of it. `of` is a dimension for numbers and an enum for members.
struct GenType {
  enum Kind : std::uint8_t { truth, number, date, months, days, text, region, member } kind = truth;
  int of = 0;
  bool optional = false;
  bool integer = false;
  friend bool operator==(const GenType& a, const GenType& b) { return a.kind == b.kind && a.of == b.of; }
  [[nodiscard]] GenType required() const {
    GenType t = *this;
    t.optional = false;
    return t;
  }
};
[[nodiscard]] inline GenType plain(GenType::Kind kind, int of = 0) {
  GenType type;
  type.kind = kind;
  type.of = of;
  return type;
}
enum Dimension : int { kNumber, kMoneyDimension, kPower, kVolume, kMass, kLength, kEnergy, kDimensions };

struct GenEnum {
  std::string name;
  std::string alias;                 // Chinese; empty: none
  std::vector<std::string> members;  // any of their names, as they may be written
  bool scale = false, best_first = false, floor = false;
};
struct GenField {
  std::string name;
  GenType type;
  std::string when;       // bare condition; empty: always
  bool positive = false;  // its range lies above zero
  bool key = false;
};
struct GenRecord {
  std::string name, element;  // element: how an entry is called where `as` is not written
  std::vector<GenField> fields;
};
struct GenColumn {
  std::string name;
  GenType type;
};
struct GenTable {
  std::string name;
  std::vector<GenColumn> keys;  // empty: the header's paths are the keys
  std::vector<GenColumn> results;
};
struct GenStandard {
  std::string name;
  int record = 0;  // of its one given
  int scale = 0;
  std::vector<std::string> editions;
  bool open = false;  // some limit is not found
  struct Result {
    std::string name;
    GenType type;
    bool given = false;     // by some edition
    bool optional = false;  // some edition may give none
  };
  std::vector<Result> results = {};
};
struct GenFunction {
  std::string name;
  std::vector<GenType> parameters;
  GenType result;
};
// What can be named at one place.
struct GenVariable {
  std::string text;
  GenType type;
  std::string guard;  // exists where this condition holds; only for optional ones
  bool positive = false;
};
struct GenList {
  std::string text;
  int record = 0;
  bool history = false;
};
struct GenSet {
  std::string name;
  GenType type;
};
struct GenScope {
  std::vector<GenVariable> variables;
  std::vector<GenList> lists;
  std::vector<GenSet> sets;
  std::vector<GenTable> tables;
  std::vector<GenFunction> functions;
  std::vector<std::pair<std::string, int>> records;  // path of a record, which record: arguments of standards
  bool open_texts = true;                            // undecided, discretion, not found may be written
  bool aggregates = true;                            // false inside another one, and where a fold makes no sense
  bool version = false;                              // `this version` may be written
  bool named_texts = true;                           // false in a function: each call of it has a text of its own
};

// What a programme is given, so that a group can be given the same.
struct GenGivens {
  std::string program;
  std::string text, by;  // its lines; the date that selects the version
  GenScope scope;
};

// What a version must consist of once amendments are merged.
struct GenVersion {
  std::string program, name;
  std::vector<std::string> requirements, parts, documents;
};

struct GeneratedFile {
  NodePtr root;
  std::vector<GenVersion> versions;
  std::vector<std::string> programs;
  std::vector<std::string> standards;
  std::map<std::string, std::string> files;  // beside it, by path
};

class Generator {
 public:
  explicit Generator(Random& random) : random_(random) {}
  [[nodiscard]] GeneratedFile file(int programs);

 private:
  // words.cpp: keywords in either language, names, literals
  [[nodiscard]] std::string word(syntax::Keyword keyword);
  [[nodiscard]] bool chinese();  // for the next construct whose word order differs
  [[nodiscard]] std::string fresh(const char* latin);
  [[nodiscard]] std::string literal(const GenType& type);
  [[nodiscard]] static std::string in_percent(long whole);
  [[nodiscard]] std::string number_literal(int dimension, bool positive = false, bool integer = false);
  [[nodiscard]] std::string plain_number(int dimension);  // in the dimension's declared unit, without it
  [[nodiscard]] std::string rounding(int dimension);      // `rounded down to 0.01 yuan`
  [[nodiscard]] std::string member(int enumeration);
  [[nodiscard]] std::string type_text(const GenType& type);
  [[nodiscard]] std::string declared_unit(int dimension) const;
  [[nodiscard]] std::string comment();

  // expressions.cpp, truths.cpp
  [[nodiscard]] NodePtr expression(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr leaf(const GenType& type, GenScope& scope);
  [[nodiscard]] NodePtr optional_leaf(const GenType& type, GenScope& scope);
  [[nodiscard]] NodePtr common(const GenType& type, int depth,
                               GenScope& scope);  // if, choose, first of, undecided, if absent
  [[nodiscard]] NodePtr undecided(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr branches(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr number(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr arithmetic(int dimension, int depth, GenScope& scope);
  [[nodiscard]] NodePtr division(int depth, GenScope& scope);
  [[nodiscard]] NodePtr share(int dimension, int depth, GenScope& scope);
  [[nodiscard]] NodePtr bands(int dimension, int depth, GenScope& scope);
  [[nodiscard]] NodePtr steps(int dimension, int depth, GenScope& scope);
  [[nodiscard]] NodePtr irrational(GenScope& scope);
  [[nodiscard]] NodePtr aggregate(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr date_number(int depth, GenScope& scope);
  [[nodiscard]] NodePtr table_call(const GenTable& table, const std::string& column, const GenType& type, int depth,
                                   GenScope& scope);
  [[nodiscard]] NodePtr function_call(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr date(int depth, GenScope& scope);
  [[nodiscard]] NodePtr duration(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr member_value(const GenType& type, int depth, GenScope& scope);
  [[nodiscard]] NodePtr truth(int depth, GenScope& scope);
  [[nodiscard]] NodePtr comparison(int depth, GenScope& scope);
  [[nodiscard]] NodePtr date_comparison(int depth, GenScope& scope);
  [[nodiscard]] NodePtr window(int depth, GenScope& scope);
  [[nodiscard]] NodePtr member_test(int depth, GenScope& scope);
  [[nodiscard]] NodePtr text_test(GenScope& scope);
  [[nodiscard]] NodePtr connective(int depth, GenScope& scope);
  [[nodiscard]] NodePtr guarded(int depth, GenScope& scope);
  [[nodiscard]] NodePtr quantifier(int depth, GenScope& scope);
  [[nodiscard]] NodePtr grade_test(GenScope& scope);
  [[nodiscard]] NodePtr result_test(const GenStandard& standard, const std::string& path, GenScope& scope);
  [[nodiscard]] NodePtr table_test(int depth, GenScope& scope);
  [[nodiscard]] GenScope with_entry(const GenScope& scope, const GenList& list, const std::string& name) const;
  [[nodiscard]] const GenVariable* variable(GenScope& scope, const GenType& type, bool optional = false);

  // declarations.cpp
  void declare_enum(std::vector<Piece>& out, bool scale);
  void declare_record(std::vector<Piece>& out, bool with_date);
  void declare_table(std::vector<Piece>& out, GenScope& scope, bool with_given);
  void declare_standard(std::vector<Piece>& out);
  [[nodiscard]] NodePtr edition(GenStandard& standard, const std::string& name, std::vector<Piece> period, int year,
                                GenScope& scope);
  [[nodiscard]] std::vector<std::string> partition(const GenType& type, bool unit_in_header);
  [[nodiscard]] NodePtr grid(const std::vector<GenColumn>& keys, const std::vector<GenColumn>& results, GenScope& scope,
                             bool unit_in_header, bool not_entitled, bool formulas);
  void variables_of(const GenRecord& record, const std::string& path, GenScope& scope) const;

  // data_files.cpp
  void declare_csv_table(std::vector<Piece>& out);
  void declare_catalogue(std::vector<Piece>& out);
  [[nodiscard]] NodePtr catalogue_test(GenScope& scope);

  // papers.cpp
  [[nodiscard]] std::string papers(const GenType& type, GenScope& scope);  // empty where there are none
  [[nodiscard]] NodePtr said_by_papers(const GenType& type, GenScope& scope);
  [[nodiscard]] NodePtr bounded(const GenType& type, GenScope& scope);

  // programs.cpp
  void declare_program(std::vector<Piece>& out);
  struct Body;
  [[nodiscard]] NodePtr version(Body& body, bool amends);
  void lets(Body& body, std::vector<Piece>& out);
  void requirements(Body& body, std::vector<Piece>& out);
  void summing_limit(Body& body, std::vector<Piece>& out);
  [[nodiscard]] std::string maybe_other(const Body& body, const GenList& list);
  void each(Body& body, std::vector<Piece>& out, bool in_block);
  [[nodiscard]] NodePtr part_condition(const Body& body, const std::string& name);
  [[nodiscard]] NodePtr pay(const Body& body);
  void part_blocks(Body& body, std::vector<Piece>& out);
  void amend_part(const Body& body, std::vector<Piece>& out);
  [[nodiscard]] std::string amount_head(Body& body);
  void amount(Body& body, std::vector<Piece>& out, bool rest);
  [[nodiscard]] std::string shares(const Body& body, std::vector<Piece>& out);
  void left(Body& body, std::vector<Piece>& out);
  void amendments(Body& body, std::vector<Piece>& out);
  void declare_local(const Body& body, const std::string& national, std::vector<Piece>& out);
  void rest_of_version(Body& body, std::vector<Piece>& out);
  [[nodiscard]] std::string period(int year, int years);
  [[nodiscard]] NodePtr suspension(int year);
  [[nodiscard]] bool told_apart(const GenScope& facts, const GenList& list) const;

  // duties.cpp
  struct DutyBody;
  void declare_duty(std::vector<Piece>& out);
  [[nodiscard]] NodePtr duty_version(DutyBody& duty, bool amends);
  [[nodiscard]] NodePtr obligation(const std::string& kind, const std::string& name, const GenScope& facts);
  void obligations(DutyBody& duty, std::vector<Piece>& out);
  void deadline(DutyBody& duty, std::vector<Piece>& out);

  // targets.cpp
  void declare_targets(std::vector<Piece>& out);
  [[nodiscard]] NodePtr target_row(const std::string& name, syntax::Keyword kind, bool by_let);
  [[nodiscard]] std::string target_day();
  [[nodiscard]] std::string target_figure(int dimension, bool percent);

  // groups.cpp
  void declare_group(std::vector<Piece>& out);
  void group_statements(const std::vector<std::string>& members, const GenGivens& givens, const std::string& indent,
                        std::vector<Piece>& out);
  [[nodiscard]] NodePtr exclusion(const std::string& one, const std::string& other, const GenGivens& givens,
                                  const std::string& indent);

  Random& random_;
  int language_ = 0;  // 0 English, 1 Chinese, 2 both
  int counter_ = 0;
  std::vector<GenEnum> enums_;
  std::vector<GenRecord> records_;
  std::vector<GenStandard> standards_;
  std::vector<std::string> programs_;
  std::vector<GenVersion> versions_;
  std::vector<GenGivens> givens_;  // of programmes that implement no other
  std::vector<GenTable> file_tables_;
  std::vector<std::string> catalogues_;
  std::map<std::string, std::string> files_;
  std::vector<GenSet> file_sets_;
};

}  // namespace guiju::reference
