// Texts are compared, not hashes of them: both read every byte, and one is never wrong.
#include "compiler/cache.hpp"

#include <algorithm>

namespace guiju::compiler {
namespace {

bool same_file(const SourceFile& a, const SourceFile& b) {
  const bool shared = a.text().data() == b.text().data();
  return a.path() == b.path() && (shared || a.text() == b.text());
}

bool same_uses(const model::Module& a, const model::Module& b) {
  return a.requested == b.requested && a.uses == b.uses && a.data_files == b.data_files;
}

}  // namespace

bool Inputs::same(const SourceSet& other, const syntax::Limits& with, const std::vector<model::Module>& loaded) const {
  if (with != limits || other.size() != sources.size()) return false;
  for (FileId file = 0; file < other.size(); ++file) {
    if (!same_file(sources.file(file), other.file(file))) return false;
  }
  return std::equal(modules.begin(), modules.end(), loaded.begin(), loaded.end(), same_uses);
}

std::shared_ptr<const Parsed> Cache::find(const std::string& path, std::string_view text,
                                          const syntax::Limits& limits) const {
  std::shared_ptr<const Parsed> known;
  {
    const std::lock_guard lock(mutex_);
    const auto found = parsed_.find(path);
    if (found == parsed_.end()) return nullptr;
    known = found->second;
  }
  return known->limits == limits && known->source.text() == text ? known : nullptr;
}

void Cache::keep(std::shared_ptr<const Parsed> parsed) {
  const std::lock_guard lock(mutex_);
  parsed_[parsed->source.path()].swap(parsed);
}

std::shared_ptr<const Cache::Outcome> Cache::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

void Cache::keep(std::shared_ptr<const Outcome> outcome) {
  const std::lock_guard lock(mutex_);
  last_.swap(outcome);
}

}  // namespace guiju::compiler
