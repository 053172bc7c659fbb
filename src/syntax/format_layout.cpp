// The layout table and its one walk over the tree.
#include "syntax/format_layout.hpp"

#include <algorithm>
#include <array>

namespace guiju::syntax {
namespace {

// What the braces (or square brackets) of a node hold.
enum class LaidOutAs : std::uint8_t {
  statements,
  clear_items,  // { a  b }, or one below the other, clear of the braces
  items,        // { a: 1, b: 2 }
  tight_items,  // {a, b}
};

struct KindLayout {
  NodeKind kind;
  LaidOutAs holds;
};

constexpr std::array kLayouts{
    KindLayout{NodeKind::program_decl, LaidOutAs::statements},
    KindLayout{NodeKind::duty_decl, LaidOutAs::statements},
    KindLayout{NodeKind::version, LaidOutAs::statements},
    KindLayout{NodeKind::standard_decl, LaidOutAs::statements},
    KindLayout{NodeKind::edition, LaidOutAs::statements},
    KindLayout{NodeKind::group_decl, LaidOutAs::statements},
    KindLayout{NodeKind::group_version, LaidOutAs::statements},
    KindLayout{NodeKind::table_decl, LaidOutAs::statements},
    KindLayout{NodeKind::catalogue_decl, LaidOutAs::statements},
    KindLayout{NodeKind::grading, LaidOutAs::statements},
    KindLayout{NodeKind::conditions, LaidOutAs::statements},
    KindLayout{NodeKind::each, LaidOutAs::statements},
    KindLayout{NodeKind::part_block, LaidOutAs::statements},
    KindLayout{NodeKind::target_decl, LaidOutAs::statements},
    KindLayout{NodeKind::targets_decl, LaidOutAs::statements},
    KindLayout{NodeKind::test_decl, LaidOutAs::statements},
    KindLayout{NodeKind::enum_decl, LaidOutAs::clear_items},
    KindLayout{NodeKind::scale_decl, LaidOutAs::clear_items},
    KindLayout{NodeKind::record_decl, LaidOutAs::clear_items},
    KindLayout{NodeKind::documents, LaidOutAs::clear_items},
    KindLayout{NodeKind::amount, LaidOutAs::clear_items},
    KindLayout{NodeKind::choose, LaidOutAs::clear_items},
    KindLayout{NodeKind::first_of, LaidOutAs::clear_items},
    KindLayout{NodeKind::first_present, LaidOutAs::clear_items},
    KindLayout{NodeKind::agreed, LaidOutAs::clear_items},
    KindLayout{NodeKind::bands, LaidOutAs::clear_items},
    KindLayout{NodeKind::undecided, LaidOutAs::clear_items},
    KindLayout{NodeKind::fact_record, LaidOutAs::items},
    KindLayout{NodeKind::fact_list, LaidOutAs::tight_items},
    KindLayout{NodeKind::set, LaidOutAs::tight_items},
    KindLayout{NodeKind::reasons, LaidOutAs::tight_items},
};

const KindLayout* find_layout(NodeKind kind) {
  const auto* found =
      std::find_if(kLayouts.begin(), kLayouts.end(), [kind](const KindLayout& l) { return l.kind == kind; });
  return found == kLayouts.end() ? nullptr : found;
}

class Walk {
 public:
  Walk(const Tree& tree, const std::vector<std::uint32_t>& printed)
      : tree_(tree), out_(tree.tokens().tokens.size()), rank_(out_.size(), kNotPrinted) {
    for (std::size_t i = 0; i < printed.size(); ++i) rank_[printed[i]] = i;
  }

  Layout run() {
    for (const Node* declaration : tree_.root().children) begin_statement(*declaration);
    visit(tree_.root());
    return std::move(out_);
  }

 private:
  const Token& token(std::uint32_t index) const { return tree_.tokens().tokens[index]; }
  bool is(std::uint32_t index, Sign sign) const { return token(index).sign == sign; }

  // In the other language an item may begin with another of its operands.
  std::uint32_t first_printed(const Node& node) const {
    const auto begin = rank_.begin() + node.first_token;
    const auto least = std::min_element(begin, rank_.begin() + node.last_token);
    return node.first_token + static_cast<std::uint32_t>(least - begin);
  }

  void begin_statement(const Node& node) {
    out_[node.first_token].begins_line = true;
    out_[node.first_token].begins_item = true;
  }

  void visit(const Node& node) {
    if (node.last_token <= node.first_token) return;
    const std::vector<std::uint32_t> own = own_tokens(node);
    if (const KindLayout* layout = find_layout(node.kind)) lay_out_brackets(node, own, layout->holds);
    lay_out_signs(node, own);
    for (const Node* child : node.children) visit(*child);
  }

  // Those that no child covers.
  static std::vector<std::uint32_t> own_tokens(const Node& node) {
    std::vector<const Node*> children(node.children.begin(), node.children.end());
    std::stable_sort(children.begin(), children.end(),
                     [](const Node* a, const Node* b) { return a->first_token < b->first_token; });
    std::vector<std::uint32_t> own;
    std::uint32_t at = node.first_token;
    for (const Node* child : children) {
      if (child->last_token <= child->first_token) continue;
      for (; at < child->first_token; ++at) own.push_back(at);
      at = std::max(at, child->last_token);
    }
    for (; at < node.last_token; ++at) own.push_back(at);
    return own;
  }

  void lay_out_brackets(const Node& node, const std::vector<std::uint32_t>& own, LaidOutAs holds) {
    const auto opens = [this](std::uint32_t t) { return is(t, Sign::lbrace) || is(t, Sign::lbracket); };
    const auto closes = [this](std::uint32_t t) { return is(t, Sign::rbrace) || is(t, Sign::rbracket); };
    const auto open = std::find_if(own.begin(), own.end(), opens);
    const auto close = std::find_if(own.rbegin(), own.rend(), closes);
    if (open == own.end() || close == own.rend()) return;
    const bool statements = holds == LaidOutAs::statements;
    const bool empty = *close == *open + 1;
    out_[*open].bracket = statements                        ? Bracket::statements
                          : holds == LaidOutAs::clear_items ? Bracket::clear_items
                                                            : Bracket::items;
    // `[ { … } ]`: records in a list stand clear of its brackets.
    const bool tight = empty || (holds == LaidOutAs::tight_items && !is(*open + 1, Sign::lbrace));
    out_[*open].tight_after = out_[*close].tight_before = tight;
    if (statements && !empty) out_[*close].begins_line = true;

    for (const Node* child : node.children) {
      if (child->first_token <= *open || child->first_token >= *close || child->last_token <= child->first_token)
        continue;
      TokenLayout& first = out_[first_printed(*child)];
      first.begins_item = true;
      if (statements && !stays_on_line(*child)) first.begins_line = true;
    }
  }

  // What a test expects may stand behind what it changes: `but x 1   expect eligible`.
  bool stays_on_line(const Node& statement) const { return statement.kind == NodeKind::test_expect; }

  void lay_out_signs(const Node& node, const std::vector<std::uint32_t>& own) {
    switch (node.kind) {
      case NodeKind::grid_header:
      case NodeKind::grid_row:
      case NodeKind::targets_header:
      case NodeKind::targets_row:
        begin_statement(node);
        for (const std::uint32_t t : own) {
          out_[t].bar = t != node.first_token && (is(t, Sign::bar) || is(t, Sign::double_bar));
        }
        return;
      case NodeKind::call:
      case NodeKind::let:
        for (const std::uint32_t t : own) out_[t].tight_before = out_[t].tight_before || is(t, Sign::lparen);
        return;
      case NodeKind::unit_expr:
        for (const std::uint32_t t : own) {
          if (is(t, Sign::slash) || is(t, Sign::star)) out_[t].tight_before = out_[t].tight_after = true;
        }
        return;
      case NodeKind::pattern_interval:
        for (const std::uint32_t t : own) {
          if (is(t, Sign::dot_dot)) out_[t].tight_before = out_[t].tight_after = true;
        }
        return;
      case NodeKind::change_entry:
        for (const std::uint32_t t : own) out_[t].tight_before = true;
        return;
      case NodeKind::negate:
      case NodeKind::sign_literal:
        out_[node.first_token].tight_after = true;
        return;
      case NodeKind::and_:
      case NodeKind::or_:
        for (const std::uint32_t t : own) out_[t].deeper = true;
        return;
      case NodeKind::adjust_shared:
        for (const std::uint32_t t : own) out_[t].spaced = is(t, Sign::colon);
        return;
      default:
        return;
    }
  }

  static constexpr std::size_t kNotPrinted = static_cast<std::size_t>(-1);

  const Tree& tree_;
  Layout out_;
  std::vector<std::size_t> rank_;  // by token, in printing order
};

}  // namespace

Layout layout_of(const Tree& tree, const std::vector<std::uint32_t>& printed) {
  return Walk(tree, printed).run();
}

}  // namespace guiju::syntax
