// One skeleton a name; the first name of each skeleton stands.
#include "model/lookalike.hpp"

#include <unicode/uspoof.h>

#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {
namespace {

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using SpoofChecker = std::unique_ptr<USpoofChecker, CloseChecker>;

SpoofChecker open_checker() {
  UErrorCode status = U_ZERO_ERROR;
  SpoofChecker checker(uspoof_open(&status));
  if (U_FAILURE(status) != 0) checker.reset();
  return checker;
}

// Empty where ICU cannot say.
std::string skeleton(const USpoofChecker* checker, const std::string& name) {
  std::string result(name.size() * 4 + 16, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length =
        uspoof_getSkeletonUTF8(checker, 0, name.data(), static_cast<std::int32_t>(name.size()), result.data(),
                               static_cast<std::int32_t>(result.size()), &status);
    const bool too_small = status == U_BUFFER_OVERFLOW_ERROR;
    if (U_FAILURE(status) != 0 && !too_small) return {};
    result.resize(static_cast<std::size_t>(length));
    if (!too_small) return result;
  }
  return {};
}

struct Place {
  const std::string* name = nullptr;
  Span span;
};
using Skeleton = const std::string*;  // each in memory once; nullptr: ICU cannot say
using BySkeleton = std::unordered_map<Skeleton, Place>;

// Remembers skeletons, as the same names are compared in many scopes.
class Lookalikes {
 public:
  explicit Lookalikes(Diagnostics& diagnostics) : checker_(open_checker()), diagnostics_(diagnostics) {}

  // Keeps the name under its skeleton, unless another has that already. Gives the skeleton.
  Skeleton add(BySkeleton& names, const std::string& name, const Span& span) {
    const auto& [known, key] = *known_name(name);
    if (key == nullptr) return key;
    const auto [earlier, added] = names.try_emplace(key, Place{&known, span});
    if (!added) compare(name, span, earlier->second);
    return key;
  }

  void look_up(const BySkeleton& names, Skeleton key, const std::string& name, const Span& span) {
    const auto found = names.find(key);
    if (found != names.end()) compare(name, span, found->second);
  }

 private:
  using Names = std::unordered_map<std::string, Skeleton>;

  Names::iterator known_name(const std::string& name) {
    const auto [known, added] = names_.try_emplace(name, nullptr);
    if (!added || !checker_) return known;
    const auto bare = skeletons_.insert(skeleton(checker_.get(), name)).first;
    known->second = bare->empty() ? nullptr : &*bare;
    return known;
  }

  void compare(const std::string& name, const Span& span, const Place& earlier) {
    const bool same_place = span.file == earlier.span.file && span.begin == earlier.span.begin;
    if (name == *earlier.name || same_place) return;
    diagnostics_.add(Code::lookalike_names, span, {name, *earlier.name},
                     {{earlier.span, "the other name stands here", "另一个名称在此"}});
  }

  SpoofChecker checker_;
  Diagnostics& diagnostics_;
  Names names_;
  std::unordered_set<std::string> skeletons_;
};

void check_names(Lookalikes& lookalikes, BySkeleton& names, const Name& name) {
  for (const std::string& spelling : spellings(name)) lookalikes.add(names, spelling, name.span);
}

}  // namespace

void check_lookalikes(const std::vector<std::pair<std::string, Span>>& names, Diagnostics& diagnostics) {
  Lookalikes lookalikes(diagnostics);
  BySkeleton by_skeleton;
  for (const auto& [name, span] : names) lookalikes.add(by_skeleton, name, span);
}

void check_lookalikes(const Context& context) {
  Lookalikes lookalikes(context.diagnostics);
  std::unordered_map<const Scope*, BySkeleton> by_scope;
  std::vector<Skeleton> skeletons;  // of all names of all scopes, in their order
  for (const Scope& scope : context.scopes) {
    if (scope.symbols.empty()) continue;
    BySkeleton& own = by_scope[&scope];
    for (const auto& [name, symbol] : scope.symbols) skeletons.push_back(lookalikes.add(own, name, symbol.span));
  }
  auto first = skeletons.cbegin();
  for (const Scope& scope : context.scopes) {
    for (const Scope* around = scope.parent; around != nullptr; around = around->parent) {
      const auto outer = by_scope.find(around);
      if (outer == by_scope.end()) continue;
      auto key = first;
      for (const auto& [name, symbol] : scope.symbols) lookalikes.look_up(outer->second, *key++, name, symbol.span);
    }
    first += static_cast<std::ptrdiff_t>(scope.symbols.size());
  }
  for (const Enum& enumeration : context.rulebook.enums) {
    BySkeleton members;
    for (const Member& member : enumeration.members) check_names(lookalikes, members, member.name);
  }
  for (const Record& record : context.rulebook.records) {
    BySkeleton fields;
    for (const Field& field : record.fields) check_names(lookalikes, fields, field.name);
  }
}

}  // namespace guiju::model
