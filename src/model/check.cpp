// The way from parsed files to a checked rulebook: all declarations of all files are collected first, then filled in
// order of what they need, so that neither the order of files nor that of declarations matters.
#include "model/check.hpp"

#include <algorithm>
#include <set>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "model/lookalike.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

class RulebookChecker {
 public:
  RulebookChecker(const SourceSet& sources, const std::vector<Module>& modules, Diagnostics& diagnostics,
                  Rulebook& rulebook)
      : context_(sources, diagnostics, rulebook), modules_(modules), lookalikes_(context_) {
    context_.modules = &modules;
  }

  // `take` may be empty.
  void run(const TakeProgram& take) {
    read_languages();
    for (std::size_t i = 0; i < modules_.size(); ++i) {
      first_of_module_.push_back(declared_.size());
      collect(i);
      hold_clauses_once(context_, *modules_[i].tree, modules_[i].tree->root());
    }
    first_of_module_.push_back(declared_.size());
    build_scopes();
    fill_units(context_, declared_);
    fill_enums(context_, declared_);
    fill_records(context_, declared_);
    read_catalogues(context_, declared_);
    for (const Declared& declared : declared_) {
      if (declared.standard != nullptr) prepare_standard(context_, declared);
    }
    check_standards(context_, declared_);
    const TestsChecker check_tests = tests_checker(context_, tests_);
    take ? check_programs_for(take, check_tests) : check_programs(context_, declared_, nullptr);
    check_groups(context_, declared_);
    check_targets(context_, declared_);
    check_the_rest();
    check_tests(nullptr);
    lookalikes_.check_new_scopes();
    lookalikes_.check_declarations();
  }

 private:
  // ---- programme by programme

  void check_programs_for(const TakeProgram& take, const TestsChecker& check_tests) {
    check_the_rest();  // what files say is no part of the first programme that uses it
    lookalikes_.check_new_scopes();
    const std::set<std::string_view> spoken_of = spoken_of_elsewhere();
    std::size_t next = 0;
    check_programs(context_, declared_, [&](const Declared& declared, const Context::Mark& before) {
      const std::size_t index = next++;
      const auto names = spellings(declared.name);
      const bool is_apart =
          declared.node->child(NodeKind::implements) == nullptr &&
          std::none_of(names.begin(), names.end(), [&](const std::string& name) { return spoken_of.count(name) != 0; });
      if (!is_apart) return;
      check_tests(declared.program);
      lookalikes_.check_new_scopes();
      const auto& tests = context_.rulebook.tests;
      const bool has_checks =
          std::any_of(tests.begin() + static_cast<std::ptrdiff_t>(before.tests), tests.end(),
                      [](const Test& test) { return !test.checks.empty(); });  // they are lowered with all others
      if (has_checks || context_.diagnostics.has_errors()) return;
      take(context_.rulebook, index);
      forget(*declared.program, before);
    });
  }

  void forget(Program& program, const Context::Mark& before) {
    Program rest;
    rest.name = std::move(program.name);
    rest.span = program.span;
    program = std::move(rest);
    context_.give_back(before);
    lookalikes_.scopes_given_back();
  }

  // All names that stand in groups, in tests of groups, and behind `implements`.
  std::set<std::string_view> spoken_of_elsewhere() const {
    std::set<std::string_view> names;
    const auto add = [&names](const Tree& tree, const Node& node) {
      for (std::uint32_t i = node.first_token; i < node.last_token; ++i) {
        const syntax::Token& token = tree.tokens().tokens[i];
        const std::string& decoded = tree.tokens().literal(token).text;
        if (token.kind != syntax::TokenKind::name) continue;
        names.insert(decoded.empty() ? tree.tokens().text(token) : std::string_view(decoded));
      }
    };
    for (const Declared& declared : declared_) {
      const Node* implements = declared.node->child(NodeKind::implements);
      if (implements != nullptr) add(*declared.tree, *implements);
      if (declared.group != nullptr) add(*declared.tree, *declared.node);
    }
    return names;
  }

  void read_languages() {
    for (const Module& module : modules_) {
      context_.languages[module.tree] = Language::zh;
      for (const Node* use : module.tree->root().all(NodeKind::use_language)) {
        const Node* name = use->child(NodeKind::name);
        if (name == nullptr) continue;
        const std::string_view word = module.tree->name_text(*name);
        if (word != "zh" && word != "en")
          context_.diagnostics.add(Code::unknown_language, module.tree->span(*name), {std::string(word)});
        context_.languages[module.tree] = word == "en" ? Language::en : Language::zh;
      }
    }
  }

  // ---- collecting

  void collect(std::size_t index) {
    const Tree& tree = *modules_[index].tree;
    for (const Node* node : tree.root().children) {
      if (node->kind == NodeKind::use_file || node->kind == NodeKind::use_language) continue;
      if (node->kind == NodeKind::test_decl) {
        Declared& test = tests_.emplace_back();
        test.module = index;
        test.tree = &tree;
        test.node = node;
      } else if (node->kind != NodeKind::error) {
        collect_declaration(index, *node);
      }
    }
  }

  void collect_declaration(std::size_t index, const Node& node) {
    const Tree& tree = *modules_[index].tree;
    const Node* name = name_node(node);
    if (name == nullptr) return;
    Declared declared;
    declared.module = index;
    declared.tree = &tree;
    declared.node = &node;
    declared.name = make_name(context_, tree, *name);
    make_symbol(declared);
    declared.symbol.primary = declared.name.primary;
    declared.symbol.span = declared.name.span;
    const bool names_a_type = declared.enumeration != nullptr || declared.record != nullptr || declared.unit != nullptr;
    claim(declared.name, names_a_type);
    for (const std::string& spelling : spellings(declared.name))
      context_.declared_in.emplace(spelling, declared.name.span.file);
    declared_.push_back(std::move(declared));
  }

  void make_symbol(Declared& declared) {
    Symbol& symbol = declared.symbol;
    const Node& node = *declared.node;
    Rulebook& rulebook = context_.rulebook;
    const bool faulty = node.has(syntax::kHasError);
    switch (node.kind) {
      case NodeKind::enum_decl:
      case NodeKind::scale_decl:
        if (faulty) return;
        declared.enumeration = &rulebook.enums.emplace_back();
        declared.enumeration->name = declared.name;
        declared.enumeration->span = declared.tree->span(node);
        symbol.kind = Symbol::enumeration;
        symbol.enumeration_ = declared.enumeration;
        return;
      case NodeKind::record_decl:
        if (faulty) return;
        declared.record = &rulebook.records.emplace_back();
        declared.record->name = declared.name;
        declared.record->span = declared.tree->span(node);
        symbol.kind = Symbol::record;
        symbol.record_ = declared.record;
        return;
      case NodeKind::unit_decl:
        if (faulty) return;
        declared.unit = &context_.declared_units.emplace_back();
        symbol.kind = Symbol::unit;
        symbol.unit_ = declared.unit;
        return;
      case NodeKind::standard_decl:
        declared.standard = &rulebook.standards.emplace_back();
        declared.standard->name = declared.name;
        symbol.kind = Symbol::standard;
        symbol.standard_ = declared.standard;
        return;
      case NodeKind::program_decl:
      case NodeKind::duty_decl:
        declared.program = &rulebook.programs.emplace_back();
        declared.program->name = declared.name;
        declared.program->duty = node.kind == NodeKind::duty_decl;
        symbol.kind = Symbol::program;
        symbol.program_ = declared.program;
        return;
      case NodeKind::group_decl:
        declared.group = &rulebook.groups.emplace_back();
        declared.group->name = declared.name;
        symbol.kind = Symbol::group;
        symbol.group_ = declared.group;
        return;
      case NodeKind::target_decl:
      case NodeKind::targets_decl:
        declared.targets = &rulebook.targets.emplace_back();
        declared.targets->name = declared.name;
        symbol.kind = Symbol::targets;
        symbol.targets_ = declared.targets;
        return;
      case NodeKind::let:
        if (faulty) return;
        symbol.kind = Symbol::let;
        symbol.let_ = &context_.lets.emplace_back();
        return;
      case NodeKind::catalogue_decl:
        if (faulty) return;
        declared.catalogue = &rulebook.catalogues.emplace_back();
        declared.catalogue->name = declared.name;
        symbol.kind = Symbol::catalogue;
        symbol.catalogue_ = declared.catalogue;
        return;
      case NodeKind::table_decl:
        if (faulty) return;
        symbol.kind = Symbol::table;
        symbol.table_entry = &context_.tables.emplace_back();
        return;
      default:
        return;
    }
  }

  // Names of one rulebook are unique, over all files. What may stand as a type hides no unit.
  void claim(const Name& name, bool names_a_type) {
    refuse_words_as_names(context_, name);
    for (const std::string& spelling : spellings(name)) {
      if (is_built_in(spelling) || (names_a_type && find_unit(spelling) != nullptr)) {
        context_.diagnostics.add(Code::built_in_name, name.span, {spelling});
        continue;
      }
      const auto [place, added] = claimed_.emplace(spelling, name.span);
      if (!added) {
        context_.diagnostics.add(Code::duplicate_name, name.span, {spelling},
                                 {{place->second, "first written here", "最先写在此处"}});
      }
    }
  }

  // ---- scopes: a file sees its own names and those of the files it uses, not what these use in turn

  void build_scopes() {
    std::vector<Scope*> scopes;
    for (std::size_t i = 0; i < modules_.size(); ++i) {
      Scope& scope = new_scope(context_, nullptr);
      scope.lets = &context_.rulebook.lets;
      add_names(scope, i);
      for (const std::size_t used : modules_[i].uses) {
        if (used != i) add_names(scope, used);
      }
      scopes.push_back(&scope);
    }
    for (Declared& declared : declared_) {
      declared.scope = scopes[declared.module];
      const Statement statement{declared.tree, declared.node};
      if (declared.symbol.let_ != nullptr) {
        declared.symbol.let_->statement = statement;
        declared.symbol.let_->scope = declared.scope;
      }
      if (declared.symbol.table_entry != nullptr) {
        declared.symbol.table_entry->statement = statement;
        declared.symbol.table_entry->scope = declared.scope;
      }
    }
    for (Declared& test : tests_) test.scope = scopes[test.module];
  }

  void add_names(Scope& scope, std::size_t module) {
    for (std::size_t i = first_of_module_[module]; i < first_of_module_[module + 1]; ++i) {
      const Declared& declared = declared_[i];
      for (const std::string& spelling : spellings(declared.name)) scope.symbols.emplace(spelling, declared.symbol);
    }
  }

  // Lets and tables that nothing has used yet.
  void check_the_rest() {
    for (std::size_t i = 0; i < context_.tables.size(); ++i) (void)resolve_table(context_, context_.tables[i]);
    for (std::size_t i = 0; i < context_.lets.size(); ++i) resolve_let(context_, context_.lets[i]);
  }

  Context context_;
  const std::vector<Module>& modules_;
  std::vector<Declared> declared_;  // in the order of the modules
  std::vector<std::size_t> first_of_module_;
  std::vector<Declared> tests_;
  std::map<std::string, Span, std::less<>> claimed_;
  Lookalikes lookalikes_;
};

}  // namespace

std::unique_ptr<Rulebook> check_each(const SourceSet& sources, const std::vector<Module>& modules,
                                     Diagnostics& diagnostics, const TakeProgram& take,
                                     std::shared_ptr<const void>* remains) {
  auto rulebook = std::make_unique<Rulebook>();
  auto checker = std::make_shared<RulebookChecker>(sources, modules, diagnostics, *rulebook);
  checker->run(take);
  if (remains != nullptr) *remains = std::move(checker);
  return rulebook;
}

std::unique_ptr<Rulebook> check(const SourceSet& sources, const std::vector<Module>& modules, Diagnostics& diagnostics,
                                std::shared_ptr<const void>* remains) {
  return check_each(sources, modules, diagnostics, nullptr, remains);
}

}  // namespace guiju::model
