// Rule files in memory and places in them. Everything that a message, a reason or an editor points at is a Span.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guiju {

using FileId = std::uint32_t;
inline constexpr FileId kNoFile = 0xffffffffU;
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // in UTF-8

struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;  // byte offsets, end exclusive
  std::uint32_t end = 0;
};

struct LineColumn {
  std::uint32_t line = 1;    // from 1
  std::uint32_t column = 1;  // from 1, in characters (code points), as editors count
};

// Copies share the text.
class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return content_->text; }
  // A byte order mark at the start belongs to no column. An offset past the end is the end.
  [[nodiscard]] LineColumn locate(std::uint32_t offset) const;
  [[nodiscard]] std::string_view line(
      std::uint32_t line) const;  // without its line end; empty where there is no such line
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t line) const;

 private:
  struct Content {
    std::string text;
    std::vector<std::uint32_t> line_begins;
  };
  std::string path_;
  std::shared_ptr<const Content> content_;
};

// The files of one compilation, by FileId in the order in which they were added.
class SourceSet {
 public:
  FileId add(std::string path, std::string text);
  FileId add(SourceFile file);
  [[nodiscard]] const SourceFile& file(FileId id) const { return files_.at(id); }
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] std::string_view text(const Span& span) const;  // empty where the span names no file

 private:
  std::deque<SourceFile> files_;  // grows without moving, so that texts may be kept by reference
};

}  // namespace guiju
