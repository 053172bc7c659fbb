// What must stay the same when a file is formatted.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "syntax/format.hpp"
#include "syntax/parse_support.hpp"

namespace guiju::syntax {

// The samples, and the rules of the product once there are some.
inline std::vector<std::string> rule_files() {
  std::vector<std::string> files;
  for (const std::string& root : {kSamples, std::string(GUIJU_RULES_DIR)}) {
    if (!std::filesystem::exists(root)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".gj") files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

inline std::string formatted(const std::string& text, KeywordLanguage language = KeywordLanguage::as_written) {
  const auto parsed = parse_text(text);
  const std::string findings = parsed->findings();
  if (!findings.empty()) return findings;
  return format(*parsed->tree, language);
}

// Kinds, keywords and literals, one a line. The word order of the frames and what only one language writes are left
// out, so that the list is the same for a file in either language; spans and spelling of keywords are not part of it.
inline std::vector<std::string> token_list(const std::string& text) {
  const auto parsed = parse_text(text);
  std::vector<std::string> list;
  for (const Token& t : parsed->tree->tokens().tokens) {
    std::string line = std::to_string(static_cast<int>(t.kind)) + "/" + std::to_string(static_cast<int>(t.sign)) + "/" +
                       std::string(info(t.keyword).english);
    const Literal& literal = parsed->tree->tokens().literal(t);
    if (t.keyword == Keyword::none)
      line += "/" + literal.text + "/" + literal.digits + "/" + literal.unit + "/" + to_iso(literal.day);
    list.push_back(std::move(line));
  }
  return list;
}

// Every comment, in order, CR left out.
inline std::vector<std::string> comments_of(const std::string& text) {
  const auto parsed = parse_text(text);
  std::vector<std::string> list;
  const TokenStream& stream = parsed->tree->tokens();
  for (const Token& t : stream.tokens) {
    const std::string_view trivia = stream.source.substr(t.trivia_begin, t.begin - t.trivia_begin);
    for (std::size_t at = 0; at < trivia.size();) {
      const bool line = trivia.substr(at, 2) == "//";
      if (!line && trivia.substr(at, 2) != "/*") {
        ++at;
        continue;
      }
      const std::size_t close = line ? trivia.find('\n', at) : trivia.find("*/", at + 2) + 2;
      const std::size_t end = std::min(close, trivia.size());
      std::string comment(trivia.substr(at, end - at));
      std::erase(comment, '\r');
      list.push_back(std::move(comment));
      at = end;
    }
  }
  return list;
}

}  // namespace guiju::syntax
