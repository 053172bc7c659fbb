// Names that a reader cannot tell apart: `l1` and `ll`, Latin `a` and Cyrillic `а`. Found with ICU's spoof checker when
// rules are compiled; nothing that runs at the till needs it. (One name mixing such scripts is refused by the lexer
// already.)
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.hpp"

namespace guiju::model {

struct Context;

// Reports each name whose skeleton (UTS 39) is that of an earlier, different name of the list. Equal names, and names
// at the same place (a name and its aliases), are somebody else's business.
void check_lookalikes(const std::vector<std::pair<std::string, Span>>& names, Diagnostics& diagnostics);

// All names of the rulebook that are visible together: those of each scope and of the scopes around it, the members of
// each enum or scale, the fields of each record.
class Lookalikes {
 public:
  explicit Lookalikes(const Context& context);
  ~Lookalikes();
  void check_new_scopes();   // those made since the last time, once they are filled
  void scopes_given_back();  // the last ones of those that were checked
  void check_declarations();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace guiju::model
