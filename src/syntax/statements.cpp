// See statements.hpp.
#include "syntax/statements.hpp"

#include <algorithm>
#include <array>

namespace guiju::syntax {
namespace {

using K = Keyword;

constexpr std::array kDeclarations = {K::use,    K::enum_,     K::scale,    K::record,  K::unit,
                                      K::table,  K::catalogue, K::standard, K::program, K::group,
                                      K::target, K::targets,   K::duty,     K::test,    K::let};

constexpr std::array kStatements = {
    // bodies of standards, programmes, duties, groups
    K::edition, K::version, K::authority, K::given, K::in_force_by, K::by, K::bearer, K::let, K::table,
    // versions and editions
    K::cite, K::suspended, K::require, K::limit, K::quota, K::conditions, K::each, K::part, K::meets, K::pay, K::amount,
    K::charge, K::deduction, K::credit, K::payout, K::documents, K::ensure, K::leave, K::drop, K::must, K::must_not,
    K::advised, K::deadline, K::done, K::applies_when, K::grade, K::comply, K::check, K::gives,
    // tables and catalogues
    K::hit_unique, K::hit_first, K::listed_from, K::complete_to,
    // groups and targets
    K::programs, K::exclude, K::order, K::total, K::trim, K::winner, K::indicator, K::baseline, K::kind, K::reach,
    K::due, K::lead, K::counted_from,
    // tests
    K::known_on, K::as_at, K::expect, K::but};

// A word before one of these is a name in an expression.
constexpr std::array kOperators = {K::is,        K::is_not,     K::in,           K::not_in,      K::and_,     K::or_,
                                   K::exists,    K::not_exists, K::of,           K::of_zh,       K::within,   K::to,
                                   K::at_most,   K::at_least,   K::above,        K::below,       K::before,   K::after,
                                   K::if_absent, K::then,       K::on_or_before, K::on_or_after, K::otherwise};

template <std::size_t N>
bool contains(const std::array<K, N>& words, K word) {
  return word != K::none && std::find(words.begin(), words.end(), word) != words.end();
}

bool goes_on_as_statement(const Token& next) {
  switch (next.kind) {
    case TokenKind::end:
      return false;
    case TokenKind::name:
      return !contains(kOperators, next.keyword);
    case TokenKind::sign:
      return next.sign == Sign::lbrace || next.sign == Sign::equals || next.sign == Sign::lparen ||
             next.sign == Sign::minus;
    default:
      return true;
  }
}

template <std::size_t N>
std::vector<std::string> spellings(const std::array<K, N>& words) {
  std::vector<std::string> all;
  for (const K word : words) {
    all.emplace_back(info(word).english);
    all.emplace_back(info(word).chinese);
  }
  return all;
}

// Statements of one word.
bool stands_alone(K word) {
  return word == K::hit_unique || word == K::hit_first;
}

}  // namespace

bool begins_declaration(const Token* t) {
  return contains(kDeclarations, t->keyword) && goes_on_as_statement(t[1]);
}

bool begins_statement(const Token* t) {
  return contains(kStatements, t->keyword) && (stands_alone(t->keyword) || goes_on_as_statement(t[1]));
}

bool stands_like_first_word(const Token* t) {
  return t->kind == TokenKind::name && t->keyword == K::none && t->first_on_line && goes_on_as_statement(t[1]);
}

std::vector<std::string> declaration_words() {
  return spellings(kDeclarations);
}

std::vector<std::string> statement_words() {
  return spellings(kStatements);
}

}  // namespace guiju::syntax
