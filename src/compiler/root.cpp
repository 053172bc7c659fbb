// Paths relative to another root.
#include "compiler/root.hpp"

#include <filesystem>

namespace guiju::compiler {

bool widen_root(Found& found, const std::string& root) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path wide = fs::weakly_canonical(root, error);
  if (error) return false;
  const fs::path narrow = fs::weakly_canonical(found.root, error);
  if (error) return false;
  const fs::path between = narrow.lexically_relative(wide);
  if (between.empty() || *between.begin() == "..") return false;
  for (auto& file : found.files) file = (between / file).lexically_normal().generic_string();
  found.root = root;
  return true;
}

}  // namespace guiju::compiler
