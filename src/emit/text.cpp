// See text.hpp.
#include "emit/text.hpp"

#include <algorithm>
#include <limits>

namespace guiju::emit {

using plan::kNone;

void Text::line(std::string_view text) {
  out_.append(text).push_back('\n');
  lines_ += 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void Text::at(std::string_view file, std::uint32_t line) {
  this->line("#line " + std::to_string(line) + " " + literal(file));
  away_ = true;
}

void Text::here() {
  if (!away_) return;
  line("#line " + std::to_string(lines_ + 2) + " " + literal(file_));
  away_ = false;
}

std::string literal(std::int64_t value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return "(-9223372036854775807 - 1)";
  return value < 0 ? "(" + std::to_string(value) + ")" : std::to_string(value);
}

// A question mark is escaped so that no two make a trigraph.
std::string literal(std::string_view text) {
  constexpr std::string_view kOctal = "01234567";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7f) {
      out += {'\\', kOctal[byte >> 6U], kOctal[byte >> 3U & 7U], kOctal[byte & 7U]};
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string literal(const plan::LocalText& text, std::string_view otherwise) {
  if (text.zh.empty() && text.en.empty()) return "{" + literal(otherwise) + ", " + literal(otherwise) + "}";
  return "{" + literal(text.in(false)) + ", " + literal(text.in(true)) + "}";
}

std::string in_comment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char before = out.empty() ? ' ' : out.back();
    if ((before == '*' && c == '/') || (before == '/' && c == '*') || (before == '?' && c == '?')) out += ' ';
    const bool blank = c == ' ' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    if (blank && before == ' ') continue;
    out += blank ? ' ' : c;
  }
  return out;
}

std::string in_comment(const plan::LocalText& text) {
  if (text.zh.empty() || text.en.empty() || text.zh == text.en) return in_comment(text.in(true));
  return in_comment(text.zh + " / " + text.en);
}

namespace {

std::string period(const plan::Section& section) {
  const auto day = [](bool has, Day d) { return has ? to_iso(d) : std::string(".."); };
  return day(section.has_from, section.from) + "/" + day(section.has_to, section.to);
}

std::string hole(const plan::Plan& plan, const plan::ProgramInfo& program, const plan::Section& section,
                 plan::SlotId slot) {
  for (const plan::Section::Named& let : section.lets) {
    if (let.slot == slot) return "{" + let.name + "}";
  }
  const plan::Index producer = section.producer[slot];
  if (producer == kNone) return "{…}";
  const plan::Op& op = section.ops[producer];
  if (op.code == plan::Operation::FACT) return "{" + program.layout.fields[op.aux].path + "}";
  if (op.source == kNone || plan.places[op.source].text().empty()) return "{…}";
  return "{" + std::string(plan.places[op.source].text()) + "}";
}

}  // namespace

plan::LocalText shown(const plan::Plan& plan, const plan::ProgramInfo& program, const plan::Section& section,
                      const plan::Template& text) {
  const auto join = [&](const std::vector<plan::TemplatePiece>& pieces) {
    std::string out;
    for (const plan::TemplatePiece& piece : pieces) {
      out += piece.text;
      if (piece.this_version) out += period(section);
      if (piece.hole != kNone) out += hole(plan, program, section, piece.hole);
    }
    return out;
  };
  return {join(text.zh), join(text.en)};
}

}  // namespace guiju::emit
