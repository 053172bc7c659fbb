// What is supposed of open facts and texts while a case is split, and what a run tells about the places where its
// values could turn.
#pragma once

#include <string_view>
#include <vector>

#include "run/value.hpp"

namespace guiju::run {

// One part of what an open fact or text could be.
struct Cell {
  Value value;
  std::size_t reading = 0;            // of a text with readings
  plan::SlotId slot = plan::kNone;    // of a text that stands for a number or a day: where
  std::string_view text;              // of a text fact: this one …
  std::vector<std::string_view> but;  // … or (value.any) every other
};

// Papers that contradict each other leave a value open as an open text does, and so do those of which none speaks and
// one that was asked can say nothing at all: this, and the number of their operands in the plan, which no other papers
// of any version have, number it.
inline constexpr plan::Index kPapers = 0x80000000U;

class Assumptions {
 public:
  void suppose(const OpenSource& source, Cell cell);
  void drop() { entries_.pop_back(); }  // the last

  [[nodiscard]] const Cell* of(const FactValue& fact) const;
  [[nodiscard]] const Cell* of(plan::Index choice) const;
  // An open text that is not any of some (Value::any) carries the number of the assumption that says so.
  [[nodiscard]] i128 number_of(const Cell& cell) const;  // from 1
  [[nodiscard]] bool excludes(const Value& v, std::string_view text) const;

 private:
  struct Entry {
    const FactValue* fact;
    plan::Index choice;
    Cell cell;
  };
  std::vector<Entry> entries_;  // few: searched from end to end
};

// Of one run. `signs`: on which side of everything they are held against the values lie; between two points of a fact
// with the same signs no comparison turns. `texts`: what open texts are held against.
struct Trace {
  std::vector<int> signs;
  std::vector<std::string_view> texts;

  void compared(const Value& a, const Value& b);
  void against(const Value& v, const std::vector<i128>& bounds);
  void text(std::string_view t);
};

}  // namespace guiju::run
