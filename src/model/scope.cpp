// Scopes: which names can be seen where, and which names nobody may take.
#include "model/scope.hpp"

#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/declarations.hpp"
#include "syntax/lexer_keywords.hpp"

namespace guiju::model {
namespace {

// Names that the language gives a meaning without being keywords: types, functions, outcomes of decisions, duties and
// targets.
constexpr auto kBuiltIn = std::to_array<std::string_view>({
    "bool",         "是否",     "number",     "数",     "integer",       "整数",   "money",       "金额",
    "date",         "日期",     "duration",   "期间",   "text",          "文本",   "region",      "地区码",
    "document",     "凭证",     "abs",        "绝对值", "min",           "较小",   "max",         "较大",
    "ln",           "自然对数", "year_of",    "年份",   "start_of_year", "年初",   "end_of_year", "年末",
    "eligible",     "符合",     "ineligible", "不符合", "undetermined",  "未决",   "referred",    "转办",
    "not_in_force", "未施行",   "invalid",    "无效",   "not_owed",      "无义务", "owed",        "应办",
    "met",          "按期完成", "late",       "迟办",   "overdue",       "逾期",   "attained",    "已达到",
    "open",         "未届期",   "missed",     "未达到",
});

// Values and conditions hide nothing of their kind; a given may bear the name of its record.
bool may_be_hidden(Symbol::Kind kind) {
  return kind == Symbol::enumeration || kind == Symbol::record || kind == Symbol::other || kind == Symbol::unit ||
         kind == Symbol::program || kind == Symbol::group;
}

// How `use` in one file names another; both names are paths from the same folder.
std::string path_from(std::string_view file, std::string_view other) {
  std::size_t shared = 0;  // up to the last `/` that both have
  for (std::size_t i = 0; i < std::min(file.size(), other.size()) && file[i] == other[i]; ++i) {
    if (file[i] == '/') shared = i + 1;
  }
  std::string path;
  for (const char c : file.substr(shared)) {
    if (c == '/') path += "../";
  }
  return path.append(other.substr(shared));
}

RelatedPlace first_place(Span span) {
  return {span, "first written here", "最先写在此处"};
}

}  // namespace

const Symbol* Scope::find(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent) {
    if (const auto found = scope->symbols.find(name); found != scope->symbols.end()) return &found->second;
  }
  return nullptr;
}

std::vector<std::string> Scope::visible_names() const {
  std::vector<std::string> names;
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent) {
    for (const auto& [name, symbol] : scope->symbols) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool is_built_in(std::string_view name) {
  return std::find(kBuiltIn.begin(), kBuiltIn.end(), name) != kBuiltIn.end();
}

std::vector<std::string> spellings(const Name& name) {
  std::vector<std::string> all{name.primary};
  for (const Alias& alias : name.aliases) {
    if (std::find(all.begin(), all.end(), alias.name) == all.end()) all.push_back(alias.name);
  }
  return all;
}

void append_spellings(std::vector<std::string>& to, const Name& name) {
  for (std::string& spelling : spellings(name)) to.push_back(std::move(spelling));
}

std::optional<std::string> shared_spelling(const Name& a, const Name& b) {
  for (std::string& spelling : spellings(a)) {
    if (is_called(b, spelling)) return std::move(spelling);
  }
  return std::nullopt;
}

Scope& new_scope(Context& context, const Scope* parent) {
  Scope& scope = context.scopes.emplace_back();
  scope.parent = parent;
  scope.number = context.scopes.size() - 1;
  if (parent == nullptr) return scope;
  scope.lets = parent->lets;
  scope.version = parent->version;
  scope.edition = parent->edition;
  return scope;
}

Context::Mark Context::mark() const {
  return {lets.size(),
          tables.size(),
          statements.size(),
          scopes.size(),
          rulebook.expressions.size(),
          rulebook.tables.size(),
          rulebook.paths.size(),
          rulebook.entries.size(),
          rulebook.calls.size(),
          rulebook.tests.size(),
          rulebook.choices.size()};
}

void Context::give_back(const Mark& mark) {
  const auto shorten = [](auto& made, std::size_t to) {
    while (made.size() > to) made.pop_back();
  };
  shorten(rulebook.tests, mark.tests);
  shorten(lets, mark.lets);
  shorten(tables, mark.tables);
  shorten(scopes, mark.scopes);
  shorten(statements, mark.statements);
  shorten(rulebook.tables, mark.rule_tables);
  shorten(rulebook.calls, mark.calls);
  shorten(rulebook.entries, mark.entries);
  shorten(rulebook.paths, mark.paths);
  rulebook.expressions.take_back_to(mark.expressions);
  for (std::size_t i = mark.choices; i < rulebook.choices.size(); ++i) {
    Choice& choice = rulebook.choices[i];
    for (Choice::Reading& reading : choice.readings) reading.value = nullptr;
    choice.least = choice.most = nullptr;
  }
}

void refuse_word_as_name(Context& context, Span span) {
  const std::string_view written = context.sources.text(span);
  const auto phrases = syntax::phrases_of(written);
  const bool reserved = std::any_of(phrases.begin(), phrases.end(), [](const syntax::Phrase& phrase) {
    return phrase.words.size() == 1 && syntax::info(phrase.keyword).kind == syntax::KeywordKind::reserved;
  });
  if (!reserved && syntax::find_refused_word(written) == nullptr) return;
  context.diagnostics.add(Code::built_in_name, span, {std::string(written)});
}

void refuse_words_as_names(Context& context, const Name& name) {
  refuse_word_as_name(context, name.span);
  for (const Alias& alias : name.aliases) refuse_word_as_name(context, alias.span);
}

void declare(Context& context, Scope& scope, const Name& name, Symbol symbol) {
  refuse_words_as_names(context, name);
  symbol.primary = name.primary;
  symbol.span = name.span;
  for (const std::string& spelling : spellings(name)) {
    if (is_built_in(spelling)) {
      context.diagnostics.add(Code::built_in_name, name.span, {spelling});
      continue;
    }
    if (const auto taken = scope.symbols.find(spelling); taken != scope.symbols.end()) {
      context.diagnostics.add(Code::duplicate_name, name.span, {spelling}, {first_place(taken->second.span)});
      continue;
    }
    const Symbol* around = scope.parent == nullptr ? nullptr : scope.parent->find(spelling);
    if (around != nullptr && !may_be_hidden(around->kind)) {
      context.diagnostics.add(Code::hidden_name, name.span, {spelling}, {first_place(around->span)});
    }
    scope.symbols.emplace(spelling, symbol);
  }
}

std::string some_of(std::span<const std::string> names) {
  constexpr std::size_t kMost = 8;
  std::string shown;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) shown.append(i == 0 ? "" : ", ").append(names[i]);
  return names.size() > kMost ? shown + ", …" : shown;
}

void report_unknown(Context& context, Code code, Span span, std::string_view wanted,
                    std::span<const std::string> known) {
  context.diagnostics.add(code, span, {std::string(wanted), nearest_name(wanted, known).value_or(""), some_of(known)});
}

void report_unknown_name(Context& context, const Scope& scope, Span span, std::string_view wanted) {
  if (!report_unused_file(context, span, wanted))
    report_unknown(context, Code::unknown_name, span, wanted, scope.visible_names());
}

bool report_unused_file(Context& context, Span span, std::string_view wanted) {
  const auto declared = context.declared_in.find(wanted);
  if (declared == context.declared_in.end() || declared->second == span.file) return false;
  const std::string& there = context.sources.file(declared->second).path();
  context.diagnostics.add(Code::declared_in_unused_file, span,
                          {std::string(wanted), there, path_from(context.sources.file(span.file).path(), there)});
  return true;
}

void report_twice(Context& context, Span span, std::string_view name, Span first) {
  context.diagnostics.add(Code::written_twice, span, {std::string(name)}, {first_place(first)});
}

}  // namespace guiju::model
