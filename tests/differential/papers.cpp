// Generated questions that several papers answer, `first present of` and `agreed of`, and figures of which only bounds
// are known, `not found … within`.
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

constexpr std::size_t kMostPapers = 3;

}  // namespace

// Two or three facts that may be absent; one that always speaks may stand at the end.
std::string Generator::papers(const GenType& type, GenScope& scope) {
  std::vector<std::string> said;
  for (const GenVariable& v : scope.variables)
    if (v.type == type && v.type.optional && v.guard.empty()) said.push_back(v.text);
  while (said.size() > kMostPapers) said.erase(said.begin() + static_cast<std::ptrdiff_t>(random_.below(said.size())));
  const GenVariable* const sure = random_.chance(said.size() == 1 ? 100 : 20) ? variable(scope, type) : nullptr;
  if (sure != nullptr) said.push_back(sure->text);
  if (said.size() < 2) return "";
  const bool first = !scope.open_texts || random_.chance(60);  // papers may contradict each other
  std::string out = word(first ? Keyword::first_present_of : Keyword::agreed_of) + " { ";
  for (std::size_t i = 0; i < said.size(); ++i) out += (i == 0 ? "" : "; ") + said[i];
  return out + " }";
}

NodePtr Generator::said_by_papers(const GenType& type, GenScope& scope) {
  const std::string text = papers(type, scope);
  if (text.empty()) return optional_leaf(type, scope);
  NodePtr fallback = leaf(type, scope);
  const std::string key = std::to_string(type.kind) + ":" + std::to_string(type.of);
  return node({text + " " + word(Keyword::if_absent) + " ", {fallback, kPrimary}}, kPost, key, literal(type));
}

NodePtr Generator::bounded(const GenType& type, GenScope& scope) {
  if (!scope.open_texts) return leaf(type, scope);
  const std::string key = std::to_string(type.kind) + ":" + std::to_string(type.of);
  const std::string head = word(Keyword::not_found) + " \"torn off\" " + word(Keyword::within) + " ";
  if (type.kind == GenType::member) {
    const std::vector<std::string>& members = enums_.at(static_cast<std::size_t>(type.of)).members;
    const std::size_t one = random_.below(members.size());
    const std::string other = members.at((one + 1) % members.size());
    return node({head + "{" + members.at(one) + ", " + other + "}"}, kIf, key, literal(type));
  }
  if (type.kind != GenType::number || type.integer) return leaf(type, scope);
  const auto end = [&](int whole) {
    return type.of == kNumber ? in_percent(whole) : std::to_string(whole) + " " + declared_unit(type.of);
  };
  const int low = random_.between(0, 20);
  const int high = low + random_.between(1, 30);
  return node({head + end(low) + " " + word(Keyword::to) + " " + end(high)}, kIf, key, literal(type));
}

}  // namespace guiju::reference
