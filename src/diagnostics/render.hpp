// Findings as people read them: place, message, excerpt with a caret that stands right under wide characters, help.
#pragma once

#include <string>

#include "diagnostics/diagnostic.hpp"

namespace guiju {

// `rules/cars.gj:12:5: error GJ1203: …`, the excerpt, the caret line, help, related places. Ends with a line end.
[[nodiscard]] std::string render(const Diagnostic& d, const SourceSet& sources, Language language);

// How many terminal columns the text takes (wide characters count two, combining marks none).
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace guiju
