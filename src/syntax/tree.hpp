// The syntax tree of one file: uniform nodes over the token stream. Nothing is lost: tokens keep their trivia, nodes keep the
// range of tokens they cover, so that the formatter prints from tokens and an editor can ask "what is here?".
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "syntax/node_store.hpp"
#include "syntax/token.hpp"

namespace guiju::syntax {

enum class NodeKind : std::uint8_t {
#define GUIJU_NODE(kind) kind,
#include "syntax/node_kinds.def"
#undef GUIJU_NODE
};
// The kind as in the table; `and_`, `or_`, `not_` without their underscore.
[[nodiscard]] std::string_view kind_name(NodeKind kind);
[[nodiscard]] bool is_expression(NodeKind kind);  // number_literal and later, and text

enum NodeFlag : std::uint16_t {
  kZhOrder = 1 << 0,        // written in Chinese word order; children are in English order all the same
  kOptional = 1 << 1,
  kFloor = 1 << 2,
  kDoubtful = 1 << 3,       // a trailing `?`
  kRest = 1 << 4,           // `| ... |`
  kDrop = 1 << 5,
  kNegated = 1 << 6,
  kOpenLow = 1 << 7,        // `(` in an interval
  kOpenHigh = 1 << 8,
  kNoLow = 1 << 9,          // `..b`
  kNoHigh = 1 << 10,
  kByMember = 1 << 11,      // grading with members as rows
  kHasWhere = 1 << 12,
  kRestUnverified = 1 << 12,
  kPayingTheRest = 1 << 12,
  kMany = 1 << 12,          // amount { … }
  kInProportion = 1 << 12,
  kOnWhatRemains = 1 << 12,
  kUnclassified = 1 << 12,
  kToDate = 1 << 12,
  kBelow = 1 << 12,
  kOther = 1 << 12,
  kHasError = 1 << 15,      // recovery happened inside; not checked
};

struct Node {
  NodeKind kind{};
  Keyword op = Keyword::none;       // the keyword that tells variants apart
  Keyword or_what = Keyword::none;  // or better, or worse … ; an edge
  Sign sign = Sign::none;
  std::uint16_t flags = 0;
  std::uint16_t split = 0;          // grids: index of the first child after `||`
  std::uint16_t height = 1;         // 1 for a node without children; bounded by Limits::nesting, so that readers may recurse
  std::uint32_t first_token = 0;    // [first_token, last_token)
  std::uint32_t last_token = 0;
  std::span<const Node* const> children;

  [[nodiscard]] bool has(NodeFlag flag) const { return (flags & flag) != 0; }
  [[nodiscard]] const Node* child(NodeKind k) const;                    // the first of that kind, or nullptr
  [[nodiscard]] std::vector<const Node*> all(NodeKind k) const;         // children of that kind, in order
  [[nodiscard]] const Node* first_expression() const;                   // the first child that is an expression, or nullptr
  [[nodiscard]] std::vector<const Node*> expressions() const;
};

// Nodes and their lists of children.
struct NodeStore {
  BlockStack<Node> nodes;
  BlockStack<const Node*> children;
};

// The nodes and the tokens of one file. Nodes stay where they are for the life of the tree and of all that share them.
class Tree {
 public:
  Tree(TokenStream stream, NodeStore nodes, const Node* root);
  // The tree of another file with the same text; shares the nodes.
  Tree(const Tree& same, FileId file);
  [[nodiscard]] const Node& root() const { return *root_; }
  [[nodiscard]] const TokenStream& tokens() const { return contents_->stream; }
  [[nodiscard]] FileId file() const { return file_; }
  [[nodiscard]] Span span(const Node& n) const;                        // first to last token, without leading trivia
  [[nodiscard]] std::string_view name_text(const Node& name) const;    // of a `name` node: NFC, without back-quotes
  [[nodiscard]] const Literal& literal(const Node& n) const;           // of a literal node or single-token text

 private:
  struct Contents {
    TokenStream stream;
    NodeStore nodes;
  };
  FileId file_;  // tokens().file is the one that was parsed
  std::shared_ptr<const Contents> contents_;
  const Node* root_;
};

}  // namespace guiju::syntax
