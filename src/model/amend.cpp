// Amendments: the statements of a version are those of the version that it amends, with those of the same key replaced,
// dropped or added; `...` inside a replaced statement stands for the items of the one literal of the same kind there.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "model/grids.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::TokenKind;
using syntax::Tree;

namespace {

// ---- keys of statements ------------------------------------------------------------------------------------------

// Kinds of statements, the word that `drop` calls them by, and whether a version has only one.
struct StatementKind {
  NodeKind kind;
  Keyword word;
  bool single;
};
constexpr auto kStatements = std::to_array<StatementKind>({
    {NodeKind::let, Keyword::let, false},
    {NodeKind::require, Keyword::require, false},
    {NodeKind::limit, Keyword::limit, false},
    {NodeKind::quota, Keyword::quota, false},
    {NodeKind::ensure, Keyword::ensure, false},
    {NodeKind::table_decl, Keyword::table, false},
    {NodeKind::conditions, Keyword::conditions, false},
    {NodeKind::each, Keyword::each, false},
    {NodeKind::part_block, Keyword::part, false},
    {NodeKind::leave, Keyword::leave, false},
    {NodeKind::must, Keyword::must, false},
    {NodeKind::grading, Keyword::grade, false},
    {NodeKind::comply, Keyword::comply, false},
    {NodeKind::check, Keyword::check, false},
    {NodeKind::gives, Keyword::gives, false},
    {NodeKind::amount, Keyword::amount, true},
    {NodeKind::payout, Keyword::payout, true},
    {NodeKind::documents, Keyword::documents, true},
    {NodeKind::deadline, Keyword::deadline, true},
    {NodeKind::done_when, Keyword::done, true},
    {NodeKind::applies, Keyword::applies_when, true},
    {NodeKind::exclude, Keyword::exclude, false},
    {NodeKind::group_programs, Keyword::programs, true},
    {NodeKind::order, Keyword::order, true},
    {NodeKind::group_total, Keyword::total, true},
    {NodeKind::trim, Keyword::trim, true},
    {NodeKind::winner, Keyword::winner, true},
});

const StatementKind* statement_kind(NodeKind kind) {
  const auto found =
      std::find_if(kStatements.begin(), kStatements.end(), [&](const StatementKind& s) { return s.kind == kind; });
  return found == kStatements.end() ? nullptr : &*found;
}

struct Key {
  const StatementKind* kind = nullptr;
  std::vector<std::string> names;  // a name and its aliases; empty where none is written
};

// What an exclusion without a name is known by: its two programmes, in either order.
std::string pair_of(Context& context, const Tree& tree, const Node& exclusion) {
  std::vector<std::string> names;
  for (const Node* node : exclusion.all(NodeKind::qualified_name)) {
    const std::string written = dotted(tree, *node);
    const Program* program = context.rulebook.find_program(written);
    names.push_back(program == nullptr ? written : program->name.primary);
  }
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

Key key_of(Context& context, const Tree& tree, const Node& statement) {
  Key key{statement_kind(statement.kind), {}};
  if (key.kind == nullptr || key.kind->single) return key;
  if (statement.kind == NodeKind::grading && statement.has(syntax::kByMember))
    return key;  // its name is that of the scale
  if (const Node* name = name_node(statement)) {
    key.names = spellings(make_name(context, tree, *name));
  } else if (statement.kind == NodeKind::exclude) {
    key.names = {pair_of(context, tree, statement)};
  }
  return key;
}

bool same_key(const Key& a, const Key& b) {
  if (a.kind == nullptr || a.kind != b.kind) return false;
  if (a.kind->single || (a.names.empty() && b.names.empty())) return true;
  return std::any_of(a.names.begin(), a.names.end(), [&](const std::string& name) {
    return std::find(b.names.begin(), b.names.end(), name) != b.names.end();
  });
}

// Unnamed gradings and ensures may stand several times. Of compliance lines an answer has one for each name.
bool may_repeat(const Key& key) {
  return !key.kind->single && key.names.empty() && key.kind->kind != NodeKind::comply;
}

std::string shown(const Key& key) {
  const std::string name = key.names.empty() ? "" : " " + key.names[0];
  const syntax::KeywordInfo& word = syntax::info(key.kind->word);
  return bilingual(std::string(word.english) + name, std::string(word.chinese) + name);
}

// ---- merging -----------------------------------------------------------------------------------------------------

class Merge {
 public:
  // `written`: whose children are merged in: the version itself, or a block of it.
  Merge(Context& context, const Tree& tree, const Node& home, const Node& written, const Body& amended,
        const Node* program, std::vector<Drop>* drops, bool reports = true)
      : context_(context),
        tree_(tree),
        home_(home),
        written_(written),
        program_(program),
        drops_(drops),
        reports_(reports) {
    const Node* amends = home.child(NodeKind::amends);
    const bool rest_unverified = amends != nullptr && amends->has(syntax::kRestUnverified);
    for (const Statement* old : amended) {
      Statement kept = *old;
      kept.unverified = kept.unverified || rest_unverified;
      entries_.push_back({keep(kept), key_through(kept), true});
    }
  }

  Body run() {
    for (const Node* child : written_.children) {
      if (child->kind == NodeKind::drop) {
        drop(*child);
      } else if (statement_kind(child->kind) != nullptr) {
        write(*child);
      }
    }
    Body body;
    for (const Entry& entry : entries_) body.push_back(entry.statement);
    return body;
  }

 private:
  struct Entry {
    const Statement* statement;
    Key key;
    bool inherited;
  };

  const Statement* keep(const Statement& statement) { return &context_.statements.emplace_back(statement); }

  static void add_names(Key& key, const Key& earlier) {
    for (const std::string& name : earlier.names) {
      if (std::find(key.names.begin(), key.names.end(), name) == key.names.end()) key.names.push_back(name);
    }
  }

  // With the names of what it replaced, through all the versions.
  Key key_through(const Statement& statement) const {
    Key key = key_of(context_, *statement.tree, *statement.node);
    for (const Statement* earlier = statement.replaced; earlier != nullptr; earlier = earlier->replaced)
      add_names(key, key_of(context_, *earlier->tree, *earlier->node));
    return key;
  }

  void write(const Node& node) {
    Statement statement{&tree_, &node, nullptr, false, &home_};
    Key key = key_of(context_, tree_, node);
    std::vector<std::size_t> old;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!same_key(entries_[i].key, key)) continue;
      if (entries_[i].inherited) {
        old.push_back(i);
      } else if (!may_repeat(key)) {
        if (!reports_ || node.has(syntax::kHasError)) return;  // 要求 购.售价: the name may be none
        const Statement& first = *entries_[i].statement;
        report_twice(context_, tree_.span(node), shown(key), first.tree->span(*first.node));
        return;
      }
    }
    if (old.empty()) {
      entries_.push_back({keep(statement), std::move(key), false});
      return;
    }
    if (node.kind == NodeKind::ensure &&
        key.names.empty()) {  // further promises; those of the amended version hold too
      entries_.push_back({keep(statement), std::move(key), false});
      return;
    }
    if (node.kind == NodeKind::grading && key.names.empty() && reports_) hold_unnamed(node, old.size());
    if (node.kind == NodeKind::grading && key.names.empty()) old = {bring_counterpart(node, old)};
    if (old.size() == 1) statement.replaced = entries_[old[0]].statement;
    add_names(key, entries_[old[0]].key);  // whichever of them a later version writes
    if (node.kind == NodeKind::leave) {
      statement.replaced = left_by_another(statement.replaced);
      statement.narrows = statement.replaced != nullptr;
    }
    entries_[old[0]] = {keep(statement), std::move(key), false};
    for (std::size_t i = old.size(); i-- > 1;) entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(old[i]));
  }

  // Of several gradings without a name the one of the same measure is written anew, else the first. They stay in the
  // order in which they are written.
  std::size_t bring_counterpart(const Node& node, const std::vector<std::size_t>& old) {
    const auto measure = [&](const Tree& tree, const Node& grading) {
      const Node* expression = grading.first_expression();
      return expression == nullptr ? std::string_view() : context_.sources.text(tree.span(*expression));
    };
    const auto same = std::find_if(old.begin(), old.end(), [&](std::size_t i) {
      const Statement& earlier = *entries_[i].statement;
      return measure(*earlier.tree, *earlier.node) == measure(tree_, node);
    });
    if (same != old.end()) std::swap(entries_[old.front()], entries_[*same]);
    return old.front();
  }

  // Gradings without a name go together: none of them may go unsaid.
  void hold_unnamed(const Node& node, std::size_t old) {
    const auto written = std::count_if(written_.children.begin(), written_.children.end(), [&](const Node* child) {
      return child->kind == NodeKind::grading && key_of(context_, tree_, *child).names.empty();
    });
    if (static_cast<std::size_t>(written) >= old) return;
    context_.diagnostics.add(Code::gradings_go, tree_.span(node), {std::to_string(old), std::to_string(written)});
  }

  // What another programme leaves, this one can leave on within the same bounds only.
  const Statement* left_by_another(const Statement* old) const {
    while (old != nullptr && program_ != nullptr && is_in_program(*old)) old = old->narrows ? old->replaced : nullptr;
    return program_ == nullptr ? nullptr : old;
  }
  bool is_in_program(const Statement& statement) const {
    return std::find(program_->children.begin(), program_->children.end(), statement.home) != program_->children.end();
  }

  void drop(const Node& node) {
    const auto kind = std::find_if(kStatements.begin(), kStatements.end(), [&](const StatementKind& s) {
      return s.word == node.op || (s.word == Keyword::must && node.op == Keyword::must_not);
    });
    if (kind == kStatements.end()) return;
    Key key{&*kind, {}};
    if (const Node* name = name_node(node)) key.names = {std::string(tree_.name_text(*name))};
    const bool all_unnamed = kind->kind == NodeKind::grading && key.names.empty();
    bool any = false;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].inherited || entries_[i].key.kind != key.kind) continue;
      if (same_key(entries_[i].key, key)) {
        if (drops_ != nullptr) drops_->push_back({{&tree_, &node, nullptr, false, &home_}, entries_[i].statement});
        entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i--));
        any = true;
        if (!all_unnamed) return;
        continue;
      }
      known.insert(known.end(), entries_[i].key.names.begin(), entries_[i].key.names.end());
    }
    if (!reports_ || any) return;
    report_unknown(context_, Code::nothing_to_drop, tree_.span(node), key.names.empty() ? shown(key) : key.names[0],
                   known);
  }

  Context& context_;
  const Tree& tree_;
  const Node& home_;
  const Node& written_;
  const Node* program_;
  std::vector<Drop>* drops_;
  bool reports_;
  std::vector<Entry> entries_;
};

// ---- items and their keys ----------------------------------------------------------------------------------------

std::string number_key(const syntax::Literal& literal) {
  return to_string(literal.value) + " " + literal.unit;
}

// Tokens in one spelling, so that `a, b` in Chinese and in English signs are the same key.
std::string spelled(const Tree& tree, std::uint32_t first, std::uint32_t last) {
  std::string text;
  for (std::uint32_t i = first; i < last; ++i) {
    const syntax::Token& token = tree.tokens().tokens[i];
    const syntax::Literal& literal = tree.tokens().literal(token);
    switch (token.kind) {
      case TokenKind::name:
        text += token.keyword != Keyword::none && !token.quoted && !token.colon_follows
                    ? std::string(syntax::info(token.keyword).english)
                : literal.text.empty() ? std::string(tree.tokens().text(token))
                                       : literal.text;
        break;
      case TokenKind::number:
      case TokenKind::percent:
      case TokenKind::quantity:
        text += number_key(literal);
        break;
      case TokenKind::date:
        text += to_iso(literal.day);
        break;
      case TokenKind::sign:
        text += "#" + std::to_string(static_cast<unsigned>(token.sign));
        break;
      default:
        text += "\"" + literal.text;
        break;
    }
    text += ' ';
  }
  return text;
}

std::string spelled(const Tree& tree, const Node& node) {
  return spelled(tree, node.first_token, node.last_token);
}

// Cells that tell a row apart: those before `||`; without it the level of a grading by levels, what the table says that
// it is given, or all but the last.
std::size_t key_cells(const Statement& statement, const Node& row) {
  const auto cells = static_cast<std::size_t>(std::count_if(
      row.children.begin(), row.children.end(), [](const Node* child) { return child->kind == NodeKind::cell; }));
  if (row.split != 0) return std::min<std::size_t>(row.split, cells);
  if (statement.node->kind == NodeKind::grading && statement.node->has(syntax::kByMember))
    return std::min<std::size_t>(1, cells);
  if (const Item given = table_clause(statement, NodeKind::params); given.node != nullptr)
    return std::min(given.node->all(NodeKind::param).size(), cells);
  return cells == 0 ? 0 : cells - 1;
}

std::string row_key(const Tree& tree, const Node& row, std::size_t cells) {
  std::string key;
  for (std::size_t i = 0; i < cells && i < row.children.size(); ++i) key += spelled(tree, *row.children[i]) + "| ";
  return key;
}

// What tells an item apart from others of its literal; empty for branches, which are never written again.
std::string item_key(const Tree& tree, NodeKind literal, const Node& item, std::size_t row_cells) {
  switch (literal) {
    case NodeKind::set:
      return spelled(tree, item);
    case NodeKind::documents: {
      const Node* name = name_node(item);
      return name == nullptr ? std::string() : std::string(tree.name_text(*name));
    }
    case NodeKind::grid:
      return row_key(tree, item, row_cells);
    default:
      return {};
  }
}

bool is_rest(const Node& item) {
  return item.kind == NodeKind::rest_part || (item.kind == NodeKind::grid_row && item.has(syntax::kRest));
}

bool keeps_rows(const Statement& statement) {
  const Node* grid = statement.node->child(NodeKind::grid);
  return grid != nullptr &&
         std::any_of(grid->children.begin(), grid->children.end(), [](const Node* row) { return is_rest(*row); });
}

bool is_item(NodeKind literal, const Node& child) {
  switch (literal) {
    case NodeKind::documents:
      return child.kind == NodeKind::document;
    case NodeKind::amount:
      return child.kind == NodeKind::part;
    case NodeKind::grid:
      return child.kind == NodeKind::grid_row && !child.has(syntax::kHasError);
    case NodeKind::choose:
    case NodeKind::first_of:
      return child.kind == NodeKind::branch;
    default:
      return child.kind != NodeKind::error;
  }
}

void collect(const Node& node, NodeKind kind, std::vector<const Node*>& found) {
  const bool wanted = node.kind == kind && (kind != NodeKind::amount || node.has(syntax::kMany));
  if (wanted) found.push_back(&node);
  for (const Node* child : node.children) collect(*child, kind, found);
}

// The items that `...` in `literal` stands for.
std::vector<Item> inherited_items(Context& context, const Statement& statement, const Node& literal, const Node& rest) {
  const Span span = statement.tree->span(rest);
  std::vector<const Node*> found;
  if (statement.replaced != nullptr) collect(*statement.replaced->node, literal.kind, found);
  if (found.empty()) {
    context.diagnostics.add(Code::nothing_to_repeat, span);
    return {};
  }
  if (found.size() > 1) {
    const Tree& tree = *statement.replaced->tree;
    std::vector<RelatedPlace> related;
    for (const Node* node : found) related.push_back({tree.span(*node), "one of them", "其中之一"});
    context.diagnostics.add(Code::several_to_repeat, span, {}, std::move(related));
    return {};
  }
  const Node* header = literal.child(NodeKind::grid_header);
  const Node* old_header = found[0]->child(NodeKind::grid_header);
  if (header != nullptr && old_header != nullptr &&
      spelled(*statement.tree, *header) != spelled(*statement.replaced->tree, *old_header)) {
    context.diagnostics.add(Code::header_differs, statement.tree->span(*header), {},
                            {{statement.replaced->tree->span(*old_header), "the header amended", "被修订的表头"}});
    return {};
  }
  auto items = expanded_items(context, *statement.replaced, *found[0]);
  for (Item& item : items) {
    item.inherited = true;
    item.unverified = item.unverified || statement.replaced->unverified || rest_is_unverified(statement);
  }
  return items;
}

class Expansion {
 public:
  Expansion(Context& context, const Statement& statement, const Node& literal, const Node& rest)
      : context_(context),
        tree_(*statement.tree),
        literal_(literal),
        inherited_(inherited_items(context, statement, literal, rest)) {
    for (const Node* child : literal.children) {
      if (child->kind == NodeKind::grid_row && !child->has(syntax::kDrop) && !is_rest(*child))
        row_cells_ = key_cells(statement, *child);
    }
    if (row_cells_ == 0 && !inherited_.empty()) row_cells_ = key_cells(statement, *inherited_[0].node);
  }

  std::vector<Item> run() {
    for (const Node* child : literal_.children) {
      if (child->kind == NodeKind::grid_row && child->has(syntax::kDrop)) {
        drop(*child);
      } else if (!is_rest(*child) && is_item(literal_.kind, *child)) {
        replace(*child);
      }
    }
    std::vector<Item> result;
    for (const Node* child : literal_.children) {
      if (is_rest(*child)) {
        result.insert(result.end(), inherited_.begin(), inherited_.end());
      } else if (is_item(literal_.kind, *child) && !child->has(syntax::kDrop) && !is_placed(*child)) {
        result.push_back({&tree_, child});
      }
    }
    return result;
  }

 private:
  std::string key(const Item& item) const { return item_key(*item.tree, literal_.kind, *item.node, row_cells_); }

  void replace(const Node& node) {
    if (literal_.kind == NodeKind::amount) return replace_part(node);
    const Item item{&tree_, &node};
    const std::string wanted = key(item);
    if (wanted.empty()) return;
    for (Item& old : inherited_) {
      if (old.inherited && key(old) == wanted) old = item;
    }
  }

  // A part by any of its names; where it writes one of them it keeps all.
  void replace_part(const Node& node) {
    Item item{&tree_, &node};
    const Name own = part_name(context_, item);
    for (Item& old : inherited_) {
      if (!old.inherited) continue;
      const Name earlier = part_name(context_, old);
      if (!shared_spelling(own, earlier)) continue;
      if (own.aliases.empty()) item.kept_name = earlier;
      old = item;
    }
  }

  bool is_placed(const Node& node) const {
    return std::any_of(inherited_.begin(), inherited_.end(), [&](const Item& item) { return item.node == &node; });
  }

  void drop(const Node& row) {
    const std::string wanted = row_key(tree_, row, row_cells_);
    const auto found =
        std::find_if(inherited_.begin(), inherited_.end(), [&](const Item& old) { return key(old) == wanted; });
    if (found != inherited_.end()) {
      inherited_.erase(found);
    } else {
      context_.diagnostics.add(Code::no_row_to_drop, tree_.span(row));
    }
  }

  Context& context_;
  const Tree& tree_;
  const Node& literal_;
  std::vector<Item> inherited_;
  std::size_t row_cells_ = 0;
};

}  // namespace

bool is_statement(NodeKind kind) {
  return statement_kind(kind) != nullptr;
}

Body merge_body(Context& context, const Tree& tree, const Node& home, const Body& amended, const Node* program,
                std::vector<Drop>* drops) {
  return Merge(context, tree, home, home, amended, program, drops).run();
}

Body members_of(Context& context, const Statement& block, std::vector<Drop>* drops) {
  const bool reports = drops == nullptr;
  std::vector<Drop> earlier;
  Body old;
  if (block.replaced != nullptr) old = members_of(context, *block.replaced, reports ? nullptr : &earlier);
  const Node& home = block.home == nullptr ? *block.node : *block.home;
  Body body = Merge(context, *block.tree, home, *block.node, old, nullptr, drops, reports).run();
  if (!block.unverified) return body;
  for (const Statement*& member : body) {
    Statement unverified = *member;
    unverified.unverified = true;
    member = &context.statements.emplace_back(unverified);
  }
  return body;
}

std::vector<Item> expanded_items(Context& context, const Statement& statement, const Node& literal) {
  const auto rest =
      std::find_if(literal.children.begin(), literal.children.end(), [](const Node* child) { return is_rest(*child); });
  if (rest != literal.children.end()) return Expansion(context, statement, literal, **rest).run();
  std::vector<Item> items;
  for (const Node* child : literal.children) {
    if (!is_item(literal.kind, *child)) continue;
    if (child->has(syntax::kDrop)) {
      context.diagnostics.add(Code::drop_without_rest, statement.tree->span(*child));
    } else {
      items.push_back({statement.tree, child});
    }
  }
  return items;
}

Name part_name(Context& context, const Item& item) {
  if (item.kept_name) return *item.kept_name;
  const Node* name = name_node(*item.node);
  return name == nullptr ? Name() : make_name(context, *item.tree, *name);
}

Statement statement_of(const Statement& statement, const Item& item) {
  for (const Statement* place = &statement; place != nullptr; place = place->replaced) {
    const bool inside = place->tree == item.tree && place->node->first_token <= item.node->first_token &&
                        item.node->last_token <= place->node->last_token;
    if (!inside) continue;
    Statement result = *place;
    result.unverified = result.unverified || item.unverified;
    return result;
  }
  return statement;
}

bool rest_is_unverified(const Statement& statement) {
  const Node* amends = statement.home == nullptr ? nullptr : statement.home->child(NodeKind::amends);
  return amends != nullptr && amends->has(syntax::kRestUnverified);
}

Item table_clause(const Statement& table, NodeKind kind) {
  for (const Statement* statement = &table; statement != nullptr; statement = statement->replaced) {
    if (const Node* clause = statement->node->child(kind)) return {statement->tree, clause, statement != &table};
    if (!keeps_rows(*statement)) break;
  }
  return {};
}

const Statement* rows_from_file(const Statement& statement) {
  for (const Statement* at = &statement; at != nullptr; at = at->replaced) {
    if (at->node->child(NodeKind::text) != nullptr) return at;
    if (!keeps_rows(*at)) return nullptr;
  }
  return nullptr;
}

AmendOrder amend_order(Context& context, const Tree& tree, std::span<const Node* const> nodes,
                       std::span<const std::string> elsewhere) {
  std::vector<std::string> names;
  for (const Node* node : nodes) {
    const Node* name = name_node(*node);
    names.push_back(name == nullptr ? std::string() : std::string(tree.name_text(*name)));
  }
  AmendOrder result;
  result.amended.assign(nodes.size(), kNone);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node* amends = nodes[i]->child(NodeKind::amends);
    const Node* target = amends == nullptr ? nullptr : amends->child(NodeKind::qualified_name);
    if (target == nullptr) continue;
    const std::string wanted = dotted(tree, *target);
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found != names.end()) {
      result.amended[i] = static_cast<std::size_t>(found - names.begin());
    } else if (std::find(elsewhere.begin(), elsewhere.end(), wanted) == elsewhere.end()) {
      std::vector<std::string> known = names;
      known.insert(known.end(), elsewhere.begin(), elsewhere.end());
      report_unknown(context, Code::unknown_version, tree.span(*target), wanted, known);
    }
  }
  enum class Progress : std::uint8_t { open, busy, done };
  std::vector<Progress> progress(nodes.size(), Progress::open);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::vector<std::size_t> chain;
    std::size_t at = i;
    while (at != kNone && progress[at] == Progress::open) {
      progress[at] = Progress::busy;
      chain.push_back(at);
      at = result.amended[at];
    }
    if (at != kNone && progress[at] == Progress::busy) {
      context.diagnostics.add(Code::amends_circle, tree.span(*nodes[at]->child(NodeKind::amends)), {names[at]});
      for (const std::size_t in_chain : chain) {
        if (result.amended[in_chain] == at) result.amended[in_chain] = kNone;
      }
    }
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
      progress[*link] = Progress::done;
      result.order.push_back(*link);
    }
  }
  return result;
}

}  // namespace guiju::model
