// Findings as text. The excerpt is laid out in terminal columns, so that the caret stands under the character that is
// meant; what could move the cursor or reorder the line is shown as U+FFFD.
#include "diagnostics/render.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "values/utf8.hpp"

namespace guiju {
namespace {

constexpr std::size_t kMaxColumns = 160;
constexpr std::size_t kColumnsBeforeCaret = 60;  // of a line that is cut
constexpr std::size_t kTabStop = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

struct Words {
  std::string_view error, warning, note, help;
};
constexpr Words kWords[] = {{"错误", "警告", "说明", "建议"}, {"error", "warning", "note", "help"}};

const Words& words(Language language) {
  return kWords[language == Language::en ? 1 : 0];
}

std::string_view severity_word(Severity severity, Language language) {
  switch (severity) {
    case Severity::error:
      return words(language).error;
    case Severity::warning:
      return words(language).warning;
    case Severity::note:
      return words(language).note;
  }
  return {};
}

// One character as the terminal shows it.
struct Glyph {
  std::string_view shown;
  std::size_t width = 0;
  std::size_t bytes = 0;  // in the source
};

bool is_safe(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

Glyph glyph_at(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  const std::size_t length = std::min(decode(rest, 0).length, rest.size());
  const std::string_view bytes = rest.substr(0, length);
  if (find_invalid_utf8(bytes)) return {kReplacement, 1, 1};
  const char32_t c = decode(bytes, 0).value;
  if (!is_safe(c)) return {kReplacement, 1, length};
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return {bytes, static_cast<std::size_t>(std::max(width, 0)), length};
}

// For messages, which quote the writer's words.
std::string sanitized(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    if (text[i] == '\n' || text[i] == '\t') {
      result.push_back(' ');
    } else {
      result += glyph.shown;
    }
    i += glyph.bytes;
  }
  return result;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// `offset` moved by at most `count` bytes towards `bound`, to where a character begins. Keeps lines of megabytes cheap.
std::size_t step_back(std::string_view text, std::size_t offset, std::size_t count) {
  std::size_t at = offset - std::min(offset, count);
  while (at > 0 && at < text.size() && continues_character(text[at])) --at;
  return at;
}

std::size_t step_forward(std::string_view text, std::size_t offset, std::size_t count) {
  std::size_t at = offset + std::min(text.size() - offset, count);
  while (at < text.size() && continues_character(text[at])) ++at;
  return at;
}

struct Excerpt {
  std::string text;
  std::size_t caret_column = 0;  // from 0
  std::size_t caret_width = 1;
};

struct Cell {
  std::string shown;
  std::size_t width = 0;
  std::size_t begin = 0;  // byte offset in the line
};

std::vector<Cell> lay_out(std::string_view line, std::size_t from, std::size_t to) {
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t i = from; i < to;) {
    if (line[i] == '\t') {
      const std::size_t width = kTabStop - column % kTabStop;
      cells.push_back({std::string(width, ' '), width, i++});
      column += width;
      continue;
    }
    const Glyph glyph = glyph_at(line, i);
    cells.push_back({std::string(glyph.shown), glyph.width, i});
    column += glyph.width;
    i += glyph.bytes;
  }
  return cells;
}

std::size_t total_width(const std::vector<Cell>& cells) {
  std::size_t width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

// The part of the line around bytes [begin, end) that fits, and where the carets go.
Excerpt cut_line(std::string_view line, std::size_t begin, std::size_t end) {
  constexpr std::size_t most_bytes = kMaxColumns * 8;
  const std::size_t from = step_back(line, begin, most_bytes);
  const std::size_t to = step_forward(line, begin, most_bytes);
  std::vector<Cell> cells = lay_out(line, from, to);

  bool cut_left = from > 0;
  bool cut_right = to < line.size();
  const std::size_t columns = kMaxColumns - 2;  // room for two ellipses
  if (cut_left || cut_right || total_width(cells) > kMaxColumns) {
    const auto caret = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.begin >= begin; });
    auto first = caret;
    for (std::size_t width = 0; first != cells.begin(); --first) {
      width += (first - 1)->width;
      if (width > kColumnsBeforeCaret) break;
    }
    auto last = first;
    for (std::size_t width = 0; last != cells.end() && width + last->width <= columns; ++last) width += last->width;
    cut_left = cut_left || first != cells.begin();
    cut_right = cut_right || last != cells.end();
    cells = std::vector<Cell>(first, last);
  }

  Excerpt excerpt;
  std::size_t column = 0;
  if (cut_left) {
    excerpt.text += kEllipsis;
    column = 1;
  }
  std::size_t covered = 0;
  excerpt.caret_column = column;
  for (const Cell& cell : cells) {
    if (cell.begin < begin) excerpt.caret_column = column + cell.width;
    if (cell.begin >= begin && cell.begin < end) covered += cell.width;
    excerpt.text += cell.shown;
    column += cell.width;
  }
  if (cut_right) excerpt.text += kEllipsis;
  excerpt.caret_width = std::max<std::size_t>(covered, 1);
  return excerpt;
}

std::string excerpt_lines(const SourceFile& file, const Span& span, std::uint32_t line_number) {
  const std::string_view line = file.line(line_number);
  const std::size_t line_begin = file.line_begin(line_number);
  const std::size_t begin = std::min(span.begin - std::min<std::size_t>(span.begin, line_begin), line.size());
  const std::size_t end = std::clamp(span.end - std::min<std::size_t>(span.end, line_begin), begin, line.size());
  const Excerpt excerpt = cut_line(line, begin, end);
  const std::string number = std::to_string(line_number);
  const std::string margin(std::max<std::size_t>(number.size(), 4), ' ');
  return margin.substr(number.size()) + number + " | " + excerpt.text + "\n" + margin + " | " +
         std::string(excerpt.caret_column, ' ') + std::string(excerpt.caret_width, '^') + "\n";
}

// Place, the words in `what`, and the excerpt.
std::string placed(const Span& span, const SourceSet& sources, const std::string& what) {
  if (span.file >= sources.size()) return what + "\n";
  const SourceFile& file = sources.file(span.file);
  const LineColumn place = file.locate(span.begin);
  return sanitized(file.path()) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + what +
         "\n" + excerpt_lines(file, span, place.line);
}

}  // namespace

std::string render(const Diagnostic& d, const SourceSet& sources, Language language) {
  const std::string headline = std::string(severity_word(info(d.code).severity, language)) + " " + code_name(d.code) +
                               ": " + sanitized(message(d, language));
  std::string text = placed(d.span, sources, headline);
  if (const std::string advice = help(d, language); !advice.empty()) {
    text += "     = " + std::string(words(language).help) + ": " + sanitized(advice) + "\n";
  }
  for (const RelatedPlace& place : d.related) {
    const std::string& what = language == Language::en ? place.en : place.zh;
    text += placed(place.span, sources, std::string(words(language).note) + ": " + sanitized(what));
  }
  return text;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    width += glyph.width;
    i += glyph.bytes;
  }
  return width;
}

}  // namespace guiju
