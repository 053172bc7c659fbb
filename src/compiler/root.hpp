// The root of the rules, where it is to lie above the common folder of the files: rules of one folder `use` those of another.
#pragma once

#include <string>

#include "compiler/compile.hpp"

namespace guiju::compiler {

// Makes `root` the root of what was found and its files relative to it. False, and nothing changed, where the files do not
// lie below `root`.
bool widen_root(Found& found, const std::string& root);

}  // namespace guiju::compiler
