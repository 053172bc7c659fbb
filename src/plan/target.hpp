// What one row of the targets asks of its plan: the figure, what it has to reach, by when, and how far it should have
// come if it went the same way every day.
#pragma once

#include "plan/plan.hpp"

namespace guiju::plan {

struct TargetInfo {
  enum Kind : std::uint8_t { level, change, total, each, judged } kind = level;
  SharedText indicator;
  std::vector<SharedText> leads;
  bool about = false;             // shown, never judged by the rules
  std::uint8_t relation = 0;      // of the figure to what is to be reached: model::Relation
  SlotId figure = kNone;          // number, absent where nothing was observed; kNone: judged
  SlotId seen = kNone;            // truth: there is an observation to tell it by; kNone: none is needed
  SlotId base_on = kNone;         // day of the observation that a change starts from; kNone: its figure is written
  SlotId reached = kNone;         // truth; kNone: about, judged
  SlotId past = kNone;            // truth: the host's day lies after the last day; kNone: there is none
  SlotId on_track = kNone;        // truth: as far as an even pace would have come; kNone: no path can be drawn
  SlotId path_holds = kNone;      // truth: the host's day lies between the first and the last day of the path
  std::vector<SharedText> texts;  // each: what has to be there · judged: what the plan says
  std::vector<SlotId> found;      // each: truths
  Index enum_member = 0;          // in the `target` field of the observations
  Index observed = kNone;         // field of the layout; kNone: the figure is a value of the rules
  std::string measure;            // how the figures are measured (values/unit.hpp, measure_of)
  bool any_measure = false;       // change: whatever they are measured in, the same for all
};

// Section::told of a row; kNone among them is told as absent.
enum TargetTold : Index {
  kToldFigure,
  kToldReach,
  kToldBaseline,
  kToldToGo,
  kToldExpected,
  kToldAhead,
  kToldDue,
  kToldStart,
  kToldOn
};

}  // namespace guiju::plan
