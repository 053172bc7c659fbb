// One hash for all the rule files of a compilation, by which a receipt says under which rules it was decided.
//
// It is the SHA-256 of a list with a line for each file, "DIGEST  PATH" and a line feed, as `sha256sum` prints it, in
// the order of the bytes of the paths. DIGEST is the file's own SHA-256; PATH is relative to the folder that holds all
// the files. A byte order mark at the start and the carriage return of a line end do not count, so that a file keeps
// its digest whichever system it was checked out on. Data files that tables are read from belong to the list.
#pragma once

#include <string>

#include "diagnostics/source.hpp"

namespace guiju {

[[nodiscard]] std::string fingerprint(const SourceSet& sources);  // 64 hexadecimal digits

}  // namespace guiju
