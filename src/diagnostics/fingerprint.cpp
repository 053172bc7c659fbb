// Paths from their common folder, so that it does not matter what the compiler took for the root of the rules.
#include "diagnostics/fingerprint.hpp"

#include <map>

#include "values/sha256.hpp"

namespace guiju {
namespace {

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    plain += text[i];
  }
  return plain;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::string digest(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text.find('\r') == std::string_view::npos ? sha256(text) : sha256(with_plain_line_ends(text));
}

// How many characters of every path are the folder that holds all files.
std::size_t common_folder(const SourceSet& sources) {
  std::string_view common = folder_of(sources.file(0).path());
  for (FileId id = 1; id < sources.size(); ++id) {
    while (!std::string_view(sources.file(id).path()).starts_with(common)) {
      common = folder_of(common.substr(0, common.size() - 1));
    }
  }
  return common.size();
}

}  // namespace

std::string fingerprint(const SourceSet& sources) {
  if (sources.size() == 0) return sha256("");
  const std::size_t skipped = common_folder(sources);
  std::map<std::string_view, std::string> digests;
  for (FileId id = 0; id < sources.size(); ++id) {
    const SourceFile& file = sources.file(id);
    digests[std::string_view(file.path()).substr(skipped)] = digest(file.text());
  }
  std::string list;
  for (const auto& [path, digest] : digests) {
    list += digest;
    list += "  ";
    list += path;
    list += '\n';
  }
  return sha256(list);
}

}  // namespace guiju
