// See asking.hpp.
#include "asking.hpp"

namespace guiju::reference {

namespace {

bool is_open(const Fact& fact) {
  return fact.state == Fact::unknown || !fact.complete;
}

// Where the answer stands, and where it is to go.
struct Place {
  Fact* asked = nullptr;
  const Fact* known = nullptr;
};

Place find(Case& asked, const Case& known, const std::string& path) {
  for (auto& [given, row] : asked.givens) {
    const Row& truth = known.givens.at(given);
    for (auto& [fields, fact] : row) {
      const std::string at = path_text(*given, fields);
      if (at == path) return {&fact, &truth.at(fields)};
      for (std::size_t e = 0; e < fact.entries.size(); ++e) {
        for (auto& [inner, value] : fact.entries[e]) {
          const std::string name = path_text(inner);
          const std::string whole = at + "[" + std::to_string(e) + "]" + (name.empty() ? "" : "." + name);
          if (whole == path) return {&value, &truth.at(fields).entries.at(e).at(inner)};
        }
      }
    }
  }
  return {};
}

}  // namespace

std::string answer(Case& asked, const Case& known, const std::string& path) {
  if (path == "as at" && !asked.as_at) {
    asked.as_at = known.as_at;
    return "";
  }
  const Place place = find(asked, known, path);
  if (place.asked == nullptr) return "asks for " + path + ", which is nowhere";
  if (!is_open(*place.asked)) return "asks for " + path + ", which is known";
  if (place.asked->state == Fact::unknown) {
    *place.asked = *place.known;
    return "";
  }
  place.asked->complete = true;  // the entries were given; those of which nothing is known are asked by themselves
  return "";
}

}  // namespace guiju::reference
