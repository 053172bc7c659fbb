// Rule files on disk: which there are, and reading them without ever leaving the root.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "compiler/compile.hpp"
#include "compiler/paths.hpp"

namespace guiju::compiler {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 64U << 20U;
constexpr std::string_view kExtension = ".gj";
constexpr std::string_view kRulesFolder = "rules";

// Whether `inner` is `outer` or lies below it; both canonical.
bool lies_within(const fs::path& inner, const fs::path& outer) {
  const auto [end_of_outer, unused] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end_of_outer == outer.end();
}

// Where `path` really leads; `place` is empty where there is no file, or one outside the root.
struct RealPlace {
  fs::path place;
  bool leaves_root = false;
};
RealPlace follow(const fs::path& root, const std::string& path) {
  const ResolvedPath resolved = normalise_path(path);
  if (resolved.fault != ResolvedPath::none) return {};
  std::error_code error;
  const fs::path real_root = fs::canonical(root, error);
  if (error) return {};
  fs::path place = fs::canonical(real_root / resolved.path, error);
  if (error) return {};
  if (!lies_within(place, real_root)) return {{}, true};
  if (!fs::is_regular_file(place, error) || error) return {};
  return {std::move(place), false};
}
fs::path real_place(const fs::path& root, const std::string& path) {
  return follow(root, path).place;
}

std::optional<std::string> read_whole(const fs::path& place) {
  std::error_code error;
  const std::uintmax_t size = std::min(fs::file_size(place, error), kLargestFile + 1);
  if (error) return std::nullopt;
  std::ifstream in(place, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || !in.is_open()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

bool is_hidden(const fs::path& path) {
  return path.filename().native().starts_with('.');
}

void collect(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
    std::error_code ignored;
    const bool folder_entry = entry->is_directory(ignored);
    if (folder_entry && is_hidden(entry->path())) entry.disable_recursion_pending();
    if (!folder_entry && entry->path().extension() == kExtension) files.push_back(entry->path());
  }
}

fs::path common_folder(fs::path a, const fs::path& b) {
  while (!lies_within(b, a) && a.has_relative_path()) a = a.parent_path();
  return a;
}

fs::path choose_root(const fs::path& common) {
  for (fs::path folder = common; folder.has_relative_path(); folder = folder.parent_path()) {
    if (folder.filename() == kRulesFolder) return folder;
  }
  std::error_code error;
  const fs::path current = fs::canonical(fs::current_path(error), error);
  return !error && lies_within(common, current) ? current : common;
}

}  // namespace

FileReader disk_reader(std::string root) {
  FileReader reader;
  const fs::path folder(std::move(root));
  std::error_code unknown;
  reader.root = fs::canonical(folder, unknown).generic_string();
  reader.read = [folder](const std::string& path) -> std::optional<std::string> {
    const fs::path place = real_place(folder, path);
    if (place.empty()) return std::nullopt;
    return read_whole(place);
  };
  reader.identity = [folder](const std::string& path) {
    std::error_code error;
    const fs::path place = real_place(folder, path);
    const fs::path real_root = fs::canonical(folder, error);
    return place.empty() || error ? path : place.lexically_relative(real_root).generic_string();
  };
  reader.leaves_root = [folder](const std::string& path) { return follow(folder, path).leaves_root; };
  reader.list = [folder] {
    std::error_code error;
    const fs::path real_root = fs::canonical(folder, error);
    std::vector<fs::path> files;
    if (!error) collect(real_root, files);
    std::vector<std::string> paths;
    for (const fs::path& file : files) paths.push_back(file.lexically_relative(real_root).generic_string());
    std::sort(paths.begin(), paths.end());
    return paths;
  };
  return reader;
}

Found find_rule_files(const std::vector<std::string>& paths) {
  Found found;
  std::vector<fs::path> files;
  std::optional<fs::path> common;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::path place = fs::canonical(path, error);
    const std::size_t before = files.size();
    const bool folder = !error && fs::is_directory(place, error);
    if (folder) {
      collect(place, files);
    } else if (!error && fs::is_regular_file(place, error)) {
      files.push_back(place);
    }
    if (files.size() == before) {
      found.missing.push_back(path);
      continue;
    }
    const fs::path base = folder ? place : place.parent_path();
    common = common ? common_folder(*common, base) : base;
  }
  if (!common) return found;
  const fs::path root = choose_root(*common);
  found.root = root.generic_string();
  for (const fs::path& file : files) found.files.push_back(file.lexically_relative(root).generic_string());
  std::sort(found.files.begin(), found.files.end());
  found.files.erase(std::unique(found.files.begin(), found.files.end()), found.files.end());
  return found;
}

}  // namespace guiju::compiler
