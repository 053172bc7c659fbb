// A record of CSV as the facts of one case: the header names facts by their paths ("purchase.date", "购买.日期"), and
// a record becomes the JSON object that says the same, so that there is one reader of facts.
//
//   empty       nothing is known of the fact
//   null        there is none
//   [… or {…    of a list: its JSON
//   other       a text as the fact is written: "3999.00", "fridge", "2026-03-01", "true"
//
// A record of facts of which every cell is empty is not mentioned; an optional one of which every cell is null does not
// exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/fact_names.hpp"
#include "plan/plan.hpp"

namespace guiju::cli {

class CsvCase {
 public:
  // What is wrong with the header is said in `fault`: a name that is no fact, or stands twice.
  CsvCase(const plan::Layout& layout, const json::FactNames& names, const std::vector<std::string>& header,
          plan::LocalText& fault);

  [[nodiscard]] std::size_t width() const { return width_; }
  // As JSON text; as many cells as the header has.
  [[nodiscard]] std::string json(const std::vector<std::string>& cells) const;

 private:
  struct Node {
    std::string key;  // with its quotes and colon
    std::optional<std::size_t> cell;
    bool is_list = false, is_optional = false;
    std::vector<Node> children;
  };
  enum class Filled { nothing, absent, something };

  void add(const plan::Layout& layout, const json::FactNames& names, const std::string& path, std::size_t cell,
           plan::LocalText& fault);
  static Filled filled(const Node& node, const std::vector<std::string>& cells);
  static void append(std::string& out, const Node& node, const std::vector<std::string>& cells);

  Node root_;
  std::size_t width_ = 0;
};

}  // namespace guiju::cli
