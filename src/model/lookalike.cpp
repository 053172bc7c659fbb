// One skeleton a name; the first name of each skeleton stands.
#include "model/lookalike.hpp"

#include <unicode/uspoof.h>

#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using SpoofChecker = std::unique_ptr<USpoofChecker, CloseChecker>;

namespace {

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

}  // namespace

struct NamePlace {
  const std::string* name = nullptr;
  Span span;
};
using Skeleton = const std::string*;  // each in memory once; nullptr: ICU cannot say
using BySkeleton = std::unordered_map<Skeleton, NamePlace>;

// Remembers skeletons, as the same names are compared in many scopes.
class Skeletons {
 public:
  explicit Skeletons(Diagnostics& diagnostics) : checker_(open_checker()), diagnostics_(diagnostics) {}

  // Keeps the name under its skeleton, unless another has that already. Gives the skeleton.
  Skeleton add(BySkeleton& names, const std::string& name, const Span& span) {
    const auto& [known, key] = *known_name(name);
    if (key == nullptr) return key;
    const auto [earlier, added] = names.try_emplace(key, NamePlace{&known, span});
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

  void compare(const std::string& name, const Span& span, const NamePlace& earlier) {
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

namespace {

void check_names(Skeletons& skeletons, BySkeleton& names, const Name& name) {
  for (const std::string& spelling : spellings(name)) skeletons.add(names, spelling, name.span);
}

}  // namespace

void check_lookalikes(const std::vector<std::pair<std::string, Span>>& names, Diagnostics& diagnostics) {
  Skeletons skeletons(diagnostics);
  BySkeleton by_skeleton;
  for (const auto& [name, span] : names) skeletons.add(by_skeleton, name, span);
}

struct Lookalikes::State {
  const Context& context;
  Skeletons skeletons;
  std::vector<BySkeleton> by_scope;  // of the scopes that were checked
};

Lookalikes::Lookalikes(const Context& context) : state_(new State{context, Skeletons(context.diagnostics), {}}) {}
Lookalikes::~Lookalikes() = default;

void Lookalikes::check_new_scopes() {
  auto& [context, skeletons, by_scope] = *state_;
  const std::size_t first = by_scope.size();
  std::vector<Skeleton> keys;  // of all names of these scopes, in their order
  for (std::size_t i = first; i < context.scopes.size(); ++i) {
    const Scope& scope = context.scopes[i];
    BySkeleton& own = by_scope.emplace_back();
    for (const auto& [name, symbol] : scope.symbols) keys.push_back(skeletons.add(own, name, symbol.span));
  }
  auto first_key = keys.cbegin();
  for (std::size_t i = first; i < context.scopes.size(); ++i) {
    const Scope& scope = context.scopes[i];
    for (const Scope* around = scope.parent; around != nullptr; around = around->parent) {
      if (around->symbols.empty()) continue;
      const BySkeleton& outer = by_scope[around->number];
      auto key = first_key;
      for (const auto& [name, symbol] : scope.symbols) skeletons.look_up(outer, *key++, name, symbol.span);
    }
    first_key += static_cast<std::ptrdiff_t>(scope.symbols.size());
  }
}

void Lookalikes::scopes_given_back() {
  state_->by_scope.resize(state_->context.scopes.size());
}

void Lookalikes::check_declarations() {
  Skeletons& skeletons = state_->skeletons;
  for (const Enum& enumeration : state_->context.rulebook.enums) {
    BySkeleton members;
    for (const Member& member : enumeration.members) check_names(skeletons, members, member.name);
  }
  for (const Record& record : state_->context.rulebook.records) {
    BySkeleton fields;
    for (const Field& field : record.fields) check_names(skeletons, fields, field.name);
  }
}

}  // namespace guiju::model
