// Offsets to lines and columns.
#include "diagnostics/source.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace guiju {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// Eight bytes at a time: of a further byte of a character the first bit is set and the second is not.
std::uint32_t characters_in(std::string_view text) {
  constexpr std::uint64_t kFirstBits = 0x8080808080808080U;
  std::uint32_t further = 0;
  std::uint64_t eight = 0;
  std::size_t i = 0;
  for (; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    further += static_cast<std::uint32_t>(std::popcount(eight & kFirstBits & ~(eight << 1U)));
  }
  for (; i < text.size(); ++i) further += begins_character(text[i]) ? 0U : 1U;
  return static_cast<std::uint32_t>(text.size()) - further;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)) {
  Content content{std::move(text), {}};
  const std::string& all = content.text;
  content.line_begins.push_back(all.starts_with(kByteOrderMark) ? static_cast<std::uint32_t>(kByteOrderMark.size())
                                                                : 0);
  for (std::size_t i = all.find('\n'); i != std::string::npos; i = all.find('\n', i + 1)) {
    content.line_begins.push_back(static_cast<std::uint32_t>(i + 1));
  }
  content_ = std::make_shared<const Content>(std::move(content));
}

LineColumn SourceFile::locate(std::uint32_t offset) const {
  const auto& begins = content_->line_begins;
  const auto end = std::min<std::size_t>(offset, text().size());
  const auto next = std::upper_bound(begins.begin() + 1, begins.end(), end);
  const std::size_t begin = *(next - 1);
  const std::uint32_t before = end > begin ? characters_in(text().substr(begin, end - begin)) : 0;
  return {static_cast<std::uint32_t>(next - begins.begin()), before + 1};
}

std::uint32_t SourceFile::line_begin(std::uint32_t line) const {
  const auto& begins = content_->line_begins;
  return line >= 1 && line <= begins.size() ? begins[line - 1] : static_cast<std::uint32_t>(text().size());
}

std::string_view SourceFile::line(std::uint32_t line) const {
  const std::size_t begin = line_begin(line);
  std::size_t end = std::min(text().find('\n', begin), text().size());
  if (end > begin && text()[end - 1] == '\r') --end;
  return text().substr(begin, end - begin);
}

FileId SourceSet::add(std::string path, std::string text) {
  return add(SourceFile(std::move(path), std::move(text)));
}

FileId SourceSet::add(SourceFile file) {
  files_.push_back(std::move(file));
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
