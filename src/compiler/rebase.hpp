// Another root for the rules than the one that find_rule_files chose: hosts and people may know better.
#pragma once

#include <string>

#include "compiler/compile.hpp"

namespace guiju::compiler {

// Makes `root` the root of what was found and the files relative to it. False, and nothing changed, where one of the
// files does not lie in it.
bool rebase(Found& found, const std::string& root);

}  // namespace guiju::compiler
