// A group binds the programmes that it relates only where its file is read with theirs. Whoever reads a programme alone
// is told of a group that was left out, as far as the reader of the files knows which files there are.
#pragma once

#include "compiler/compile.hpp"

namespace guiju::compiler {

void warn_of_unread_groups(const FileReader& reader, const syntax::Limits& limits, Compiled& compiled);

}  // namespace guiju::compiler
