// Files of rows, as whoever loaded the rules found them.
#include "model/data_files.hpp"

#include <algorithm>

#include "diagnostics/codes.hpp"

namespace guiju::model {

std::optional<FileId> data_file(Context& context, const syntax::Tree& tree, const syntax::Node& text) {
  const std::string path = tree.literal(text).text;
  if (context.modules != nullptr) {
    for (const Module& module : *context.modules) {
      if (module.tree != &tree) continue;
      const auto found = module.data_files.find(path);
      if (found != module.data_files.end()) return found->second;
    }
  }
  const Span place = tree.span(text);
  const auto& told = context.diagnostics.all();
  const bool said_already = std::any_of(told.begin(), told.end(), [&](const Diagnostic& d) {
    return d.span.file == place.file && d.span.begin == place.begin;
  });
  if (!said_already) context.diagnostics.add(Code::data_file_missing, place, {path});
  return std::nullopt;
}

}  // namespace guiju::model
