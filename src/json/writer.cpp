// JSON text from values in order.
#include "json/writer.hpp"

#include <array>

#include "json/eight_bytes.hpp"

namespace guiju::json {
namespace {

constexpr std::array<bool, 256> kIsEscaped = [] {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) out[byte] = true;
  out[0x7F] = out['"'] = out['\\'] = true;
  return out;
}();

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  static constexpr std::array<char, 16> kHex = {'0', '1', '2', '3', '4', '5', '6', '7',
                                                '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  std::size_t plain = 0;  // where the part begins that stands as it is
  for (std::size_t at = plain_eights(text, 0); at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (!kIsEscaped[byte]) continue;
    out.append(text, plain, at - plain);
    plain = at + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[byte >> 4U];
        out += kHex[byte & 15U];
    }
  }
  out.append(text, plain, text.size() - plain);
}

void Writer::line() {
  if (!indented_) return;
  out_ += '\n';
  out_.append(has_items_.size() * 2, ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) out_ += indented_ ? "," : ", ";
  has_items_.back() = true;
  line();
}

void Writer::open(char bracket) {
  before_value();
  out_ += bracket;
  has_items_.push_back(false);
}

void Writer::close(char bracket) {
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) line();
  out_ += bracket;
}

void Writer::begin_object() {
  open('{');
}
void Writer::end_object() {
  close('}');
}
void Writer::begin_array() {
  open('[');
}
void Writer::end_array() {
  close(']');
}

void Writer::key(std::string_view name) {
  text(name);
  out_ += ": ";
  after_key_ = true;
}

void Writer::text(std::string_view value) {
  before_value();
  out_ += '"';
  append_escaped(out_, value);
  out_ += '"';
}

void Writer::number(std::int64_t value) {
  before_value();
  out_ += std::to_string(value);
}

void Writer::truth(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void Writer::null() {
  before_value();
  out_ += "null";
}

void Writer::member(std::string_view name, std::string_view value) {
  key(name);
  text(value);
}

void Writer::member(std::string_view name, bool value) {
  key(name);
  truth(value);
}

void Writer::member_or_null(std::string_view name, std::string_view value) {
  key(name);
  if (value.empty()) return null();
  text(value);
}

std::string Writer::take() {
  std::string text = std::move(out_);
  *this = Writer(indented_);
  return text;
}

}  // namespace guiju::json
