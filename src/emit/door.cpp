// See door.hpp.
#include "emit/door.hpp"

#include <algorithm>
#include <limits>

namespace guiju::emit {

namespace {

constexpr std::int64_t kLeastInteger = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMostInteger = std::numeric_limits<std::int64_t>::max();

std::uint64_t word_of(const kernel::FieldSet& set, std::size_t word) {
  return word < set.size() ? set[word] : 0;
}

std::size_t words_of_sets(const Door& door) {
  return words(door.layout.fields.size());
}

// What is wrong with the states of one word, as sets of C.
struct Wrong {
  std::string unknown, unanswered, absent;  // or empty
};

Wrong wrong_states(const Door& door, std::size_t word, const std::set<std::uint32_t>& never_absent) {
  const std::string n = std::to_string(word);
  const std::string known = door.known + n;
  const std::string absent = door.absent + n;
  const std::uint64_t demanded = word_of(door.demands.known, word);
  const std::uint64_t answered = word_of(door.demands.answered, word) & ~demanded;
  std::uint64_t present = 0;
  for (const std::uint32_t field : never_absent) present |= field / 64 == word ? std::uint64_t{1} << (field % 64) : 0;
  Wrong out;
  if (demanded != 0) out.unknown = "(~" + known + " & " + unsigned_literal(demanded) + ")";
  if (answered != 0) out.unanswered = "(~(" + known + " | " + absent + ") & " + unsigned_literal(answered) + ")";
  if (present != 0) out.absent = "(" + absent + " & " + unsigned_literal(present) + ")";
  return out;
}

void add_any_of(Conditions& to, const Conditions& sets) {
  Conditions some;
  std::copy_if(sets.begin(), sets.end(), std::back_inserter(some), [](const std::string& s) { return !s.empty(); });
  if (!some.empty()) to.push_back("(" + joined(some, " | ") + ") != 0");
}

std::set<std::uint32_t> never_absent(const Door& door, const std::set<std::uint32_t>& read) {
  std::set<std::uint32_t> out;
  for (const std::uint32_t field : read) {
    if (!door.layout.fields[field].optional) out.insert(field);
  }
  return out;
}

}  // namespace

std::string unsigned_literal(std::uint64_t value) {
  return "UINT64_C(" + std::to_string(value) + ")";
}

std::string rarely(const std::string& condition) {
  return "GJC_RARELY(" + condition + ")";
}

std::string joined(const Conditions& parts, const std::string& between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
  return out;
}

std::string Door::value(std::size_t field) const {
  if (demanded(field)) return member(field);
  return "(" + member(field) + " & -(int64_t)(" + bit(known, static_cast<std::uint32_t>(field)) + "))";
}

void Door::write_sets(Text& out, const std::set<std::uint32_t>& read, const std::string& indent) const {
  for (std::size_t word = 0; word < words_of_sets(*this); ++word) {
    if (std::none_of(read.begin(), read.end(), [&](std::uint32_t f) { return f / 64 == word; })) continue;
    const std::string n = std::to_string(word);
    out.line(indent + "const uint64_t " + known + n + " = " + pointer + "->known[" + n + "];");
    out.line(indent + "const uint64_t " + absent + n + " = " + pointer + "->absent[" + n + "] & ~" + known + n + ";");
    out.line(indent + "(void)" + known + n + ", (void)" + absent + n + ";");
  }
}

Conditions Door::unmet() const {
  Conditions out;
  for (std::size_t word = 0; word < words_of_sets(*this); ++word) {
    const Wrong wrong = wrong_states(*this, word, {});
    add_any_of(out, {wrong.unknown, wrong.unanswered});
  }
  return out;
}

Conditions Door::wrongly_absent(const std::set<std::uint32_t>& read) const {
  Conditions out;
  for (std::size_t word = 0; word < words_of_sets(*this); ++word)
    add_any_of(out, {wrong_states(*this, word, never_absent(*this, read)).absent});
  return out;
}

Conditions Door::unfit_states(const std::set<std::uint32_t>& read) const {
  std::set<std::uint32_t> asked = never_absent(*this, read);
  std::erase_if(asked, [&](std::uint32_t field) { return demanded(field); });  // what is known is not absent
  Conditions out;
  for (std::size_t word = 0; word < words_of_sets(*this); ++word) {
    const Wrong wrong = wrong_states(*this, word, asked);
    add_any_of(out, {wrong.unknown, wrong.unanswered, wrong.absent});
  }
  return out;
}

// What is not known is 0, which need not lie in the range.
Conditions Door::outside(std::uint32_t field, const std::string& value, const kernel::Range& range) const {
  if (range.least == kLeastInteger && range.most == kMostInteger) return {};
  if (range.least > range.most) return {"1"};
  const auto outside_of = [&](const std::string& of) {
    return "gjc_outside(" + of + ", " + literal(range.least) + ", " + literal(range.most) + ")";
  };
  if (demanded(field) || (range.least <= 0 && range.most >= 0)) return {outside_of(value)};
  return {"((uint64_t)" + outside_of(member(field)) + " & " + bit(known, field) + ") != 0"};
}

}  // namespace guiju::emit
