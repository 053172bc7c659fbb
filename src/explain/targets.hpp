// Targets in words and figures: where each stands, by how much, and whether it keeps the even pace from its first day
// to its last.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// In the unit of the target: "72%", "3 艘". Open: both ends, `most` empty where it is unbounded.
struct FigureText {
  std::string exact, least, most;
};
// What every row says beside its figures.
struct RowWords {
  std::vector<CitationText> cites;
  std::vector<Need> needs, stuck_on;
  std::vector<Referral> referred;
  std::vector<ByReading> by_reading;
  std::vector<Warning> warnings;
  std::vector<Invalid> invalid;
};
struct TargetText {
  std::string name, indicator;
  std::string kind;     // level, change, total, each, judged
  std::string outcome;  // attained, open, missed, undetermined, referred, invalid
  // Of an open target between its first and its last day: on_track, behind; empty where no path can be drawn. The plan
  // gives no path: an even step every day from the first day to the last is supposed.
  std::string pace;
  FigureText figure;        // what was reached
  std::string observed_on;  // ISO: the day of the last observation, of a level or a change
  std::string relation;     // >=, >, <=, <, about; empty: in words
  FigureText reach;
  std::vector<std::string> texts;    // each: what has to be there · judged: what the plan says
  std::vector<std::string> missing;  // each: of these what is not there · level, change: what was never observed
  FigureText baseline;
  FigureText to_go;
  std::string pace_from;  // ISO
  FigureText expected;    // at an even pace
  FigureText ahead;       // figure - expected
  std::string due;        // ISO; empty where there is none or it is open
  std::vector<std::string> leads;
  RowWords words;
};
struct TargetsText {
  // Defaulted once, in explanation.cpp: inline they would be compiled anew in every file that holds one.
  TargetsText();
  TargetsText(const TargetsText& other);
  TargetsText(TargetsText&& other) noexcept;
  TargetsText& operator=(const TargetsText& other);
  TargetsText& operator=(TargetsText&& other) noexcept;
  ~TargetsText();

  // The first that some row has: invalid, missed, undetermined, open, referred; else attained.
  std::string outcome;
  std::string name, label;
  std::string as_at;  // ISO; empty where the host set no day
  std::vector<TargetText> rows;
  std::vector<Invalid> invalid;  // of the facts as a whole
};

[[nodiscard]] RowWords explain_row(const run::Facts& facts, const run::Decision& decision, bool english);
[[nodiscard]] TargetsText explain_targets(const run::Facts& facts, const std::vector<run::Decision>& rows,
                                          bool english);

}  // namespace guiju::explain
