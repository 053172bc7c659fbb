// The facts of test blocks, set as a host would set them.
#pragma once

#include <string>

#include "model/rulebook.hpp"
#include "run/facts.hpp"

namespace guiju::compiler {

// All that the block gives; whatever stood there is gone.
void set_base(run::Facts& facts, const model::Test& test);
// What one case of it changes.
void change(run::Facts& facts, const model::TestChange& c);
// One given, in facts that may not have all of its fields.
void set_given(run::Facts& facts, const std::string& name, const model::TestFact& fact);

}  // namespace guiju::compiler
