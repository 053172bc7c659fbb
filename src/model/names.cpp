// Names, labels and citations as they are written, and the types and units that names stand for.
#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "syntax/token.hpp"
#include "values/utf8.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

std::optional<Language> read_language(std::string_view word) {
  if (word == "zh") return Language::zh;
  if (word == "en") return Language::en;
  return std::nullopt;
}

std::string& text_of(Label& label, Language language) {
  return language == Language::zh ? label.zh : label.en;
}

// The decoded text of a `text` node; one with values in braces is refused.
std::string plain_text(Context& context, const Tree& tree, const Node& text) {
  if (text.children.empty()) return tree.literal(text).text;
  context.diagnostics.add(Code::text_with_hole, tree.span(text));
  return {};
}

Template as_template(const Label& label) {
  Template result;
  if (!label.zh.empty()) result.zh.push_back({label.zh, nullptr, false});
  if (!label.en.empty()) result.en.push_back({label.en, nullptr, false});
  return result;
}

void read_check(Context& context, const Tree& tree, const Node& mark, Citation& citation) {
  if (mark.op == Keyword::secondhand) {
    citation.check = Citation::secondhand;
    return;
  }
  if (mark.op == Keyword::unverified) {
    citation.check = Citation::unverified;
    citation.note = plain_label(context, tree, mark.child(NodeKind::label));
    return;
  }
  citation.check = Citation::verified;
  const auto days = mark.all(NodeKind::date_literal);
  if (!days.empty()) citation.verified_on = tree.literal(*days[0]).day;
  if (days.size() < 2) return;
  citation.verified_until = tree.literal(*days[1]).day;
  if (*citation.verified_until < *citation.verified_on) {
    context.diagnostics.add(Code::check_ends_before, tree.span(mark),
                            {to_iso(*citation.verified_until), to_iso(*citation.verified_on)});
  }
}

}  // namespace

Doubt read_note(Context& context, const Tree& tree, const Node& holder) {
  const Node* note = holder.child(NodeKind::note);
  if (note == nullptr) return {};
  return {true, plain_label(context, tree, note->child(NodeKind::label)), note->op == Keyword::secondhand};
}

Language language_of(const Context& context, const Tree& tree) {
  const auto found = context.languages.find(&tree);
  return found == context.languages.end() ? Language::zh : found->second;
}

std::string in_both_languages(Keyword word) {
  return std::string(syntax::info(word).english) + " " + std::string(syntax::info(word).chinese);
}

const Node* name_node(const Node& declaration) {
  for (const Node* child : declaration.children) {
    if (child->kind == NodeKind::declared_name || child->kind == NodeKind::name) return child;
    if (child->kind != NodeKind::error) return nullptr;
  }
  return nullptr;
}

Name make_name(Context& context, const Tree& tree, const Node& node) {
  Name result;
  result.span = tree.span(node);
  if (node.kind == NodeKind::name) {
    result.primary = tree.name_text(node);
    return result;
  }
  const Node* primary = node.child(NodeKind::name);
  if (primary == nullptr) return result;
  result.primary = tree.name_text(*primary);
  result.span = tree.span(*primary);
  for (const Node* alias : node.all(NodeKind::alias)) {
    if (alias->children.size() < 2) continue;
    const std::string language(tree.name_text(*alias->children[0]));
    if (!read_language(language))
      context.diagnostics.add(Code::unknown_language, tree.span(*alias->children[0]), {language});
    result.aliases.push_back(
        {language, std::string(tree.name_text(*alias->children[1])), tree.span(*alias->children[1])});
  }
  return result;
}

Name name_of(Context& context, const Statement& statement, const Node& node) {
  Name own = make_name(context, *statement.tree, node);
  if (!own.aliases.empty() || statement.replaced == nullptr) return own;
  const Node* replaced = name_node(*statement.replaced->node);
  if (replaced == nullptr) return own;
  Name earlier = name_of(context, *statement.replaced, *replaced);
  if (!is_called(earlier, own.primary)) return own;
  earlier.span = own.span;
  return earlier;
}

Label plain_label(Context& context, const Tree& tree, const Node* label) {
  Label result;
  if (label == nullptr) return result;
  if (label->kind == NodeKind::text) {
    text_of(result, language_of(context, tree)) = plain_text(context, tree, *label);
    return result;
  }
  if (const Node* text = label->child(NodeKind::text))
    text_of(result, language_of(context, tree)) = plain_text(context, tree, *text);
  for (const Node* translation : label->all(NodeKind::translation)) {
    const Node* name = translation->child(NodeKind::name);
    const Node* text = translation->child(NodeKind::text);
    if (name == nullptr || text == nullptr) continue;
    const std::string_view word = tree.name_text(*name);
    if (const auto language = read_language(word)) {
      text_of(result, *language) = plain_text(context, tree, *text);
    } else {
      context.diagnostics.add(Code::unknown_language, tree.span(*name), {std::string(word)});
    }
  }
  return result;
}

Label not_compared_again() {
  return {"沿用以前的规定,是否仍然适用没有核对",
          "taken over from an earlier version; that it still holds was not checked"};
}

Citation make_citation(Context& context, Scope& /*scope*/, const Statement& statement, const Node& cite) {
  const Tree& tree = *statement.tree;
  Citation result;
  result.span = tree.span(cite);
  result.title = as_template(plain_label(context, tree, cite.child(NodeKind::label)));
  for (const Node* article : cite.all(NodeKind::text))
    result.articles.push_back(as_template(plain_label(context, tree, article)));
  if (const Node* mark = cite.child(NodeKind::check_mark)) read_check(context, tree, *mark, result);
  if (statement.unverified && result.check != Citation::unverified) {
    result.check = Citation::unverified;
    result.note = not_compared_again();
  }
  return result;
}

std::vector<Citation> read_citations(Context& context, Scope& scope, const Statement& statement, const Node& node) {
  std::vector<Citation> result;
  for (const Node* cite : node.all(NodeKind::cite)) result.push_back(make_citation(context, scope, statement, *cite));
  return result;
}

std::string dotted(const Tree& tree, const Node& qualified_name) {
  if (qualified_name.kind == NodeKind::name) return std::string(tree.name_text(qualified_name));
  std::string result;
  for (const Node* name : qualified_name.all(NodeKind::name)) {
    if (!result.empty()) result += '.';
    result += tree.name_text(*name);
  }
  return result;
}

bool is_word(std::string_view text, Keyword keyword) {
  const syntax::KeywordInfo& word = info(keyword);
  return text == word.english || text == word.chinese;
}

const Node* in_force_clause(Context& context, const Tree& tree, const Node& node) {
  const auto all = node.all(NodeKind::in_force);
  const syntax::KeywordInfo& word = syntax::info(syntax::Keyword::in_force_by);
  if (all.size() > 1)
    report_twice(context, tree.span(*all[1]), bilingual(word.english, word.chinese), tree.span(*all[0]));
  return all.empty() ? nullptr : all[0];
}

std::vector<const Expr*> read_in_force(Context& context, Scope& scope, const Statement& clause) {
  Type date;
  date.kind = TypeKind::date;
  std::vector<const Expr*> dates;
  for (const Node* expression : clause.node->expressions())
    dates.push_back(check_expression(context, scope, clause, *expression, Expected::of(date)));
  return dates;
}

void read_givens(Context& context, Scope& scope, const Tree& tree, const Node& params, std::deque<Given>& givens) {
  for (const Node* param : params.all(NodeKind::param)) {
    const Node* name = name_node(*param);
    const Node* type = param->child(NodeKind::type);
    if (name == nullptr || type == nullptr || param->has(syntax::kHasError)) continue;
    Given& given = givens.emplace_back();
    given.name = make_name(context, tree, *name);
    given.type = resolve_type(context, scope, tree, *type).value_or(Type{});
    given.label = plain_label(context, tree, param->child(NodeKind::label));
    given.index = static_cast<std::uint32_t>(givens.size() - 1);
    given.span = tree.span(*param);
    Symbol symbol;
    symbol.kind = Symbol::given;
    symbol.given_ = &given;
    declare(context, scope, given.name, std::move(symbol));
    if (const Node* range = param->child(NodeKind::field_range))
      context.diagnostics.add(Code::range_of_given, tree.span(*range), {given.name.primary});
  }
}

}  // namespace guiju::model
