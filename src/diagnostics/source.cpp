// Offsets to lines and columns.
#include "diagnostics/source.hpp"

#include <algorithm>

namespace guiju {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_begins_.push_back(text_.starts_with(kByteOrderMark) ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0);
  for (std::size_t i = text_.find('\n'); i != std::string::npos; i = text_.find('\n', i + 1)) {
    line_begins_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

LineColumn SourceFile::locate(std::uint32_t offset) const {
  const auto end = std::min<std::size_t>(offset, text_.size());
  const auto next = std::upper_bound(line_begins_.begin() + 1, line_begins_.end(), end);
  const std::size_t begin = *(next - 1);
  LineColumn place{static_cast<std::uint32_t>(next - line_begins_.begin()), 1};
  for (std::size_t i = begin; i < end; ++i) {
    if (begins_character(text_[i])) ++place.column;
  }
  return place;
}

std::uint32_t SourceFile::line_begin(std::uint32_t line) const {
  return line >= 1 && line <= line_begins_.size() ? line_begins_[line - 1] : static_cast<std::uint32_t>(text_.size());
}

std::string_view SourceFile::line(std::uint32_t line) const {
  const std::size_t begin = line_begin(line);
  std::size_t end = std::min(text_.find('\n', begin), text_.size());
  if (end > begin && text_[end - 1] == '\r') --end;
  return text().substr(begin, end - begin);
}

FileId SourceSet::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view SourceSet::text(const Span& span) const {
  if (span.file >= files_.size()) return {};
  const std::string_view whole = files_[span.file].text();
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

}  // namespace guiju
