// The tree of a JSON text: order, canonical text, comparison. Reading is simdjson's.
#include "json/value.hpp"

#include <simdjson.h>

#include <algorithm>

#include "json/broken.hpp"
#include "values/utf8.hpp"

namespace guiju::json {
namespace {

constexpr std::int64_t kLargestExact = (std::int64_t{1} << 53U) - 1;
constexpr std::size_t kDeepest = 64;

// By UTF-16 code units: a character beyond the basic plane begins with a surrogate, which stands before U+E000.
std::uint32_t rank(char32_t c) {
  if (c >= 0x10000) return 0xD800U + (static_cast<std::uint32_t>(c) - 0x10000U) / 0x400U;
  return static_cast<std::uint32_t>(c);
}

bool stands_before(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const CodePoint x = decode(a, i), y = decode(b, j);
    if (x.value != y.value) return rank(x.value) != rank(y.value) ? rank(x.value) < rank(y.value) : x.value < y.value;
    i += x.length;
    j += y.length;
  }
  return i == a.size() && j < b.size();
}

template <typename Members>
auto place_of(Members& members, std::string_view name) {
  return std::lower_bound(members.begin(), members.end(), name, [](const Member& member, std::string_view wanted) {
    return stands_before(member.name, wanted);
  });
}

void append_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kShort = "btn\0fr";  // of U+0008 … U+000D; U+000B has none
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x08 && byte <= 0x0D && byte != 0x0B) {
      out += '\\';
      out += kShort[byte - 0x08U];
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append(std::string& out, const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      out += "null";
      return;
    case Value::Kind::truth:
      out += value.truth ? "true" : "false";
      return;
    case Value::Kind::number:
      out += std::to_string(value.number);
      return;
    case Value::Kind::text:
      append_text(out, value.text);
      return;
    case Value::Kind::array:
      out += '[';
      for (const Value& item : value.items) {
        if (&item != &value.items.front()) out += ',';
        append(out, item);
      }
      out += ']';
      return;
    case Value::Kind::object:
      out += '{';
      for (const Member& member : value.members) {
        if (&member != &value.members.front()) out += ',';
        append_text(out, member.name);
        out += ':';
        append(out, member.value);
      }
      out += '}';
      return;
  }
}

// ---- reading

class TreeReader {
 public:
  Parsed read(std::string_view text) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    const simdjson::padded_string padded(text);
    if (const auto error = parser.parse(padded).get(root); error) return {std::nullopt, what_is_broken(error, text)};
    Value value = convert(root, 0);
    if (is_refused_) return {std::nullopt, std::move(fault_)};
    return {std::move(value), {}};
  }

 private:
  Value refuse(plan::LocalText why) {
    if (!is_refused_) fault_ = std::move(why);
    is_refused_ = true;
    return {};
  }

  Value convert(const simdjson::dom::element& element, std::size_t depth) {
    if (depth > kDeepest) {
      const std::string most = std::to_string(kDeepest);
      return refuse({"超过 " + most + " 层", "nested more than " + most + " deep"});
    }
    switch (element.type()) {
      case simdjson::dom::element_type::ARRAY:
        return convert_array(element, depth);
      case simdjson::dom::element_type::OBJECT:
        return convert_object(element, depth);
      case simdjson::dom::element_type::INT64: {
        const std::int64_t number = element.get_int64().value_unsafe();
        if (number > kLargestExact || number < -kLargestExact) {
          return refuse({"有一个数超出 2^53 - 1", "a number beyond 2^53 - 1"});
        }
        return Value(number);
      }
      case simdjson::dom::element_type::STRING:
        return Value(std::string(element.get_string().value_unsafe()));
      case simdjson::dom::element_type::BOOL:
        return Value(element.get_bool().value_unsafe());
      case simdjson::dom::element_type::NULL_VALUE:
        return {};
      default:
        return refuse({"有一个数不是整数", "a number that is not whole"});
    }
  }

  Value convert_array(const simdjson::dom::element& element, std::size_t depth) {
    Value array = Value::array();
    const simdjson::dom::array items = element.get_array().value_unsafe();
    for (const auto item : items) {
      array.items.push_back(convert(item, depth + 1));
      if (is_refused_) break;
    }
    return array;
  }

  Value convert_object(const simdjson::dom::element& element, std::size_t depth) {
    Value object = Value::object();
    const simdjson::dom::object fields = element.get_object().value_unsafe();
    for (const auto field : fields) {
      object.members.push_back({std::string(field.key), convert(field.value, depth + 1)});
      if (is_refused_) return object;
    }
    auto& members = object.members;
    const auto before = [](const Member& a, const Member& b) { return stands_before(a.name, b.name); };
    const auto same = [](const Member& a, const Member& b) { return a.name == b.name; };
    if (!std::is_sorted(members.begin(), members.end(), before)) std::sort(members.begin(), members.end(), before);
    const auto twice = std::adjacent_find(members.begin(), members.end(), same);
    if (twice != members.end())
      return refuse({"同一名称写了两次:" + twice->name, "a name stands twice: " + twice->name});
    return object;
  }

  plan::LocalText fault_;
  bool is_refused_ = false;
};

// ---- comparing

std::optional<Difference> differ(const std::string& path, const Value& was, const Value& now);

std::optional<Difference> differ_in_items(const std::string& path, const Value& was, const Value& now) {
  const std::size_t longest = std::max(was.items.size(), now.items.size());
  for (std::size_t i = 0; i < longest; ++i) {
    const std::string place = path + "[" + std::to_string(i) + "]";
    if (i >= was.items.size()) return Difference{place, {}, canonical(now.items[i])};
    if (i >= now.items.size()) return Difference{place, canonical(was.items[i]), {}};
    if (auto found = differ(place, was.items[i], now.items[i])) return found;
  }
  return std::nullopt;
}

std::optional<Difference> differ_in_members(const std::string& path, const Value& was, const Value& now) {
  const auto place = [&](const Member& member) { return path.empty() ? member.name : path + "." + member.name; };
  auto a = was.members.begin();
  auto b = now.members.begin();
  while (a != was.members.end() || b != now.members.end()) {
    const bool only_was = b == now.members.end() || (a != was.members.end() && stands_before(a->name, b->name));
    if (only_was) return Difference{place(*a), canonical(a->value), {}};
    if (a == was.members.end() || a->name != b->name) return Difference{place(*b), {}, canonical(b->value)};
    if (auto found = differ(place(*a), a->value, b->value)) return found;
    ++a;
    ++b;
  }
  return std::nullopt;
}

std::optional<Difference> differ(const std::string& path, const Value& was, const Value& now) {
  if (was.kind == now.kind && was.kind == Value::Kind::array) return differ_in_items(path, was, now);
  if (was.kind == now.kind && was.kind == Value::Kind::object) return differ_in_members(path, was, now);
  std::string before = canonical(was), after = canonical(now);
  if (before == after) return std::nullopt;
  return Difference{path, std::move(before), std::move(after)};
}

}  // namespace

Value::Value() = default;
Value::Value(bool value) : kind(Kind::truth), truth(value) {}
Value::Value(std::int64_t value) : kind(Kind::number), number(value) {}
Value::Value(std::string value) : kind(Kind::text), text(std::move(value)) {}
Value::Value(const char* value) : Value(std::string(value)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value& Value::set(std::string_view name, Value value) {
  const auto place = place_of(members, name);
  if (place != members.end() && place->name == name) {
    place->value = std::move(value);
  } else {
    members.insert(place, {std::string(name), std::move(value)});
  }
  return *this;
}

const Value* Value::find(std::string_view name) const {
  const auto found = place_of(members, name);
  return found == members.end() || found->name != name ? nullptr : &found->value;
}

void Value::erase(std::string_view name) {
  std::erase_if(members, [&](const Member& m) { return m.name == name; });
}

std::string canonical(const Value& value) {
  std::string out;
  append(out, value);
  return out;
}

Parsed parse(std::string_view text) {
  return TreeReader().read(text);
}

std::optional<Difference> first_difference(const Value& was, const Value& now) {
  return differ({}, was, now);
}

}  // namespace guiju::json
