// Builds the tree from what the grammar reports: nodes open and close, attempts are taken back, mistakes keep what was
// read. Knows nothing of the parser library, so that the grammar file alone pays for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "syntax/limits.hpp"
#include "syntax/tree.hpp"

namespace guiju::syntax {

// Where reading goes on after a mistake, always at the bracket depth at which the failed rule began.
enum class Resume : std::uint8_t {
  declaration,  // the next declaration keyword first on its line
  statement,    // the next statement keyword first on its line, or the closing bracket
  item,         // the next word first on its line, past a comma, or the closing bracket
  row,          // the next `|` first on its line
  branch,       // `;` or the closing bracket
};

// Thrown after a mistake was reported where the rule cannot go on; the nearest recovering rule catches it.
struct Abandoned {
  const Token* where;
};
// Thrown when no more messages are wanted; only parse() catches it.
struct Stopped {};

class Builder {
 public:
  Builder(const TokenStream& stream, const Limits& limits, Diagnostics& diagnostics);

  // ---- nodes ----
  struct Mark {
    std::size_t open, done;
    BlockStack<Node>::Mark nodes;
    BlockStack<const Node*>::Mark children;
  };
  [[nodiscard]] Mark mark() const { return {open_.size(), done_.size(), store_.nodes.mark(), store_.children.mark()}; }
  void take_back(const Mark& mark);
  void open(NodeKind kind, const Token* at);
  void open_around(NodeKind kind);  // the node completed last becomes the first child
  void close(const Token* end);
  void leaf(NodeKind kind, const Token* at, std::uint32_t tokens);
  [[nodiscard]] Node& current() { return *open_.back().node; }
  [[nodiscard]] std::size_t child_count() const { return done_.size() - open_.back().first_child; }
  [[nodiscard]] Node& last() { return *done_.back(); }
  [[nodiscard]] bool inside(NodeKind kind) const;  // is a node of that kind open?
  void flag(NodeFlag bit) { current().flags = static_cast<std::uint16_t>(current().flags | bit); }
  void swap_last_two();  // written in Chinese order, kept in English order
  void full_frame();  // `full years from A to B >= 8`, read as a comparison, becomes the frame that Chinese writes `A
                      // 至 B 满 8年`

  [[nodiscard]] bool quantity_before_last() const;

  // ---- places ----
  [[nodiscard]] std::uint32_t index(const Token* t) const;
  [[nodiscard]] std::string_view text(const Token& t) const { return stream_.text(t); }
  [[nodiscard]] const TokenStream& stream() const { return stream_; }

  // ---- depth ----
  void enter(const Token* at);  // reports and abandons past the limit
  [[nodiscard]] std::uint32_t depth() const { return depth_; }
  void set_depth(std::uint32_t depth) { depth_ = depth; }

  // ---- mistakes ----
  void report(Code code, const Token* first, const Token* end, std::vector<std::string> arguments = {},
              std::vector<RelatedPlace> related = {});
  void complain(Code code, const Token* at, std::vector<std::string> arguments = {});  // and go on
  void report_unexpected(const Token* found, const std::string& expected);
  void report_stray(const Token* found, const std::string& expected);  // nothing that may stand here begins so
  void report_mixed();                   // `and` and `or` side by side; the node done last holds all operands
  void report_chained(const Token* at);  // a second comparison
  void mark_error();                     // on the nodes being built, up to the statement
  void flag_open_nodes();                // when no more is read at all
  // Closes what was open above the mark as it is, flags it, skips to where reading goes on, and returns that token.
  const Token* resume(const Mark& mark, const Token* start, const Token* failed, Resume where);

  // Closes all that is open; the outermost node is the root. Then the nodes are the caller's.
  const Node* finish_root(const Token* end);
  [[nodiscard]] NodeStore take_nodes() { return std::move(store_); }

 private:
  struct Open {
    Node* node;
    std::size_t first_child;
  };

  // How many levels of the tree one level of nesting may take: every level of precedence can add a node.
  static constexpr std::uint32_t kHeightPerNesting = 8;

  [[nodiscard]] const Token* find_resumption(const Token* from, std::uint16_t depth, Resume where);
  [[nodiscard]] bool is_misspelt_first_word(const Token* t, bool in_file);
  [[nodiscard]] bool already_told(const Token* found) const;
  [[nodiscard]] std::optional<Code> known_mistake(const Token* found) const;
  [[nodiscard]] std::string quoted(const Token& t) const;
  // ---- told by the words at which reading failed: builder_words.cpp ----
  [[nodiscard]] std::vector<std::string> plain_names() const;
  [[nodiscard]] std::vector<RelatedPlace> glued_words(const Token* at) const;
  bool tell_words(const Token* found);
  bool tell_everyday(const Token* found);
  void spoil_before(const Token* first);
  bool tell_spoken_number(const Token* found);
  bool tell_behind_value(const Token* found);
  bool tell_missing_comparison(const Token* found);
  bool tell_missing_subject(const Token* found);
  [[nodiscard]] const Node* operand_before(const Token* found);
  [[nodiscard]] bool told_on_line(const Token* found) const;
  [[nodiscard]] bool is_unknown_declaration(const Token* t) const;
  [[nodiscard]] bool told_at(const Token* found) const;
  bool tell_glued(const Token* found);
  bool cut_and_tell(const Token* word);
  bool tell_equals(const Token* found);
  bool tell_swallowed(const Token* found);
  bool tell_before(const Token* found);
  void tell_unexpected(const Token* found, const std::string& expected);
  // ---- what is written in another form: builder_forms.cpp; empty where nothing better is known ----
  [[nodiscard]] std::string written(const Token* from, const Token* end) const;
  [[nodiscard]] std::string form_meant(const Token* found) const;
  [[nodiscard]] std::string split_form(const Token* found) const;
  [[nodiscard]] std::string bound_form(const Token* found) const;
  [[nodiscard]] std::string days_form(const Token* found) const;
  [[nodiscard]] std::string other_form(const Token* found) const;
  [[nodiscard]] std::string one_name_form(const Token* found) const;
  [[nodiscard]] std::string first_day_form(const Token* found) const;
  [[nodiscard]] std::string sign_form(const Token* found) const;
  [[nodiscard]] std::string set_form(const Token* found) const;
  [[nodiscard]] std::string amount_form(const Token* found) const;
  [[nodiscard]] std::string named_form(const Token* found) const;
  [[nodiscard]] std::string joined_form(const Token* found) const;
  [[nodiscard]] std::string cap_form(const Token* found) const;
  [[nodiscard]] std::string source_of(const Node& node) const;
  [[nodiscard]] Node* fresh(NodeKind kind, std::uint32_t first_token);
  void finish(const Token* end);
  [[noreturn]] void too_deep(const Token* at);

  const TokenStream& stream_;
  Diagnostics& diagnostics_;
  std::uint32_t most_nesting_, most_messages_;
  bool said_too_deep_;
  NodeStore store_;
  std::vector<Open> open_;
  std::vector<Node*> done_;
  std::uint32_t depth_ = 0;
  std::size_t messages_ = 0;
  std::uint32_t looked_up_ = 0;  // words that may be misspelt
};

}  // namespace guiju::syntax
