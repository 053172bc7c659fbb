// Test blocks: whose they are, the facts they start from (`as in`), and what each step changes and expects.
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

using Facts = std::vector<std::pair<const Given*, TestFact>>;

struct Work {
  const Declared* declared = nullptr;
  std::string name;
  Subject subject;
  std::size_t base = kNone;  // the test it is `as in`
  bool usable = true;        // its subject, and that of its base, is known
  enum Progress : std::uint8_t { open, busy, done } progress = open;
  Test* test = nullptr;
};

// The fact of one field, made where it is not yet.
TestFact& member_of(TestFact& fact, const Field& field) {
  if (fact.kind != TestFact::record) {
    fact = {};
    fact.kind = TestFact::record;
  }
  const auto place =
      std::find_if(fact.fields.begin(), fact.fields.end(), [&](const auto& f) { return f.first == &field; });
  return place != fact.fields.end() ? place->second : fact.fields.emplace_back(&field, TestFact{}).second;
}

// The fact at a path inside a given, made where it is not yet.
TestFact& fact_at(Facts& facts, const TestChange& change) {
  auto found = std::find_if(facts.begin(), facts.end(), [&](const auto& f) { return f.first == change.given; });
  if (found == facts.end()) found = facts.insert(facts.end(), {change.given, {}});
  TestFact* at = &found->second;
  for (const Field* field : change.fields) at = &member_of(*at, *field);
  return *at;
}

class TestReader {
 public:
  TestReader(Context& context, const Work& work, const Work* base)
      : context_(context),
        tree_(*work.declared->tree),
        node_(*work.declared->node),
        subject_(work.subject),
        test_(*work.test),
        scope_(new_scope(context, work.declared->scope)) {
    if (subject_.givens() == nullptr) return;
    for (const Given& given : *subject_.givens()) {
      Symbol symbol;
      symbol.kind = Symbol::given;
      symbol.given_ = &given;
      symbol.primary = given.name.primary;
      symbol.span = given.span;
      for (const std::string& spelling : spellings(given.name)) scope_.symbols.insert_or_assign(spelling, symbol);
    }
    if (base != nullptr && base->test != nullptr) start_from(*base->test);
  }

  void run() {
    for (const Node* given : node_.all(NodeKind::test_given)) read_given(*given);
    for (const Node* item : node_.children) {
      if (!item->has(syntax::kHasError)) read(*item);
    }
    const bool asks = node_.child(NodeKind::test_expect) != nullptr || node_.child(NodeKind::test_check) != nullptr;
    if (!asks && !node_.has(syntax::kHasError)) {
      context_.diagnostics.add(Code::test_expects_nothing, test_.span, {test_.name});
    }
  }

 private:
  // What the first `expect` of the other test saw.
  void start_from(const Test& base) {
    test_.givens = base.givens;
    test_.as_at = base.as_at;
    test_.known_on = base.known_on;
    if (base.steps.empty()) return;
    for (const TestChange& change : base.steps[0].changes) fact_at(test_.givens, change) = change.fact;
    if (base.steps[0].as_at) test_.as_at = base.steps[0].as_at;
    if (base.steps[0].known_on) test_.known_on = base.steps[0].known_on;
  }

  void read(const Node& item) {
    switch (item.kind) {
      case NodeKind::test_check:
        return read_check(item);
      case NodeKind::test_but:
        changes_.clear();
        hold_changes_apart(item);
        for (const Node* change : item.all(NodeKind::change)) read_change(*change);
        step_ = nullptr;
        return;
      case NodeKind::test_as_at:
        return read_day_of_test(item, as_at_, test_.as_at);
      case NodeKind::test_expect:
        return read_expect(item);
      case NodeKind::test_known_on:
        return read_day_of_test(item, known_on_, test_.known_on);
      default:
        return;
    }
  }

  // Of a fact that is changed twice only the last would count.
  void hold_changes_apart(const Node& but) {
    std::map<std::string, Span, std::less<>> seen;
    for (const Node* change : but.all(NodeKind::change)) {
      if (change->children.size() < 2 || change->has(syntax::kHasError)) continue;
      const Node& last = **(change->children.end() - 2);
      const Span first = tree_.span(*change->children.front());
      const Span what{first.file, first.begin, tree_.span(last).end};
      const std::string name(context_.sources.text(what));
      if (const auto [place, added] = seen.emplace(name, what); !added)
        report_twice(context_, what, name, place->second);
    }
  }

  bool has_subject(Span span) {
    if (subject_.givens() != nullptr) return true;
    context_.diagnostics.add(Code::test_of_nothing, span, {test_.name});
    return false;
  }

  void read_given(const Node& node) {
    const Node* name = name_node(node);
    if (name == nullptr || node.children.size() < 2 || node.has(syntax::kHasError) || !has_subject(tree_.span(node)))
      return;
    const std::string wanted(tree_.name_text(*name));
    std::vector<std::string> known;
    for (const Given& given : *subject_.givens()) {
      const auto names = spellings(given.name);
      known.insert(known.end(), names.begin(), names.end());
      if (std::find(names.begin(), names.end(), wanted) == names.end()) continue;
      if (std::find(written_.begin(), written_.end(), &given) != written_.end()) {
        context_.diagnostics.add(Code::written_twice, tree_.span(*name), {wanted});
        return;
      }
      written_.push_back(&given);
      fact_at(test_.givens, {&given, {}, {}}) =
          read_fact(context_, scope_, tree_, *node.children[1], given.type, given.type.optional);
      return;
    }
    report_unknown(context_, Code::unknown_given, tree_.span(*name), wanted, known);
  }

  void read_change(const Node& node) {
    if (node.children.size() < 2 || node.has(syntax::kHasError) || !has_subject(tree_.span(node))) return;
    const auto path = resolve_path(context_, scope_, tree_, *node.children[0]);
    if (!path) return;
    if (path->first.given == nullptr) {
      report_unknown(context_, Code::unknown_given, tree_.span(*node.children[0]), dotted(tree_, *node.children[0]),
                     {});
      return;
    }
    const bool conditional = !path->first.fields.empty() && path->first.fields.back()->when != nullptr;
    TestChange change;
    change.given = path->first.given;
    change.fields = path->first.fields;
    if (node.child(NodeKind::change_entry) != nullptr) return change_entry(node, path->second, std::move(change));
    change.fact =
        read_fact(context_, scope_, tree_, *node.children[1], path->second, path->second.optional || conditional);
    changes_.push_back(std::move(change));
  }

  // `claims[2].state paid`: the list as it stands, with one field of one entry changed.
  void change_entry(const Node& node, const Type& list, TestChange change) {
    Facts standing = test_.givens;
    for (const TestChange& earlier : changes_) fact_at(standing, earlier) = earlier.fact;
    change.fact = fact_at(standing, change);
    TestFact* at = &change.fact;
    const Type* type = &list;
    bool optional = false;
    std::string path = dotted(tree_, *node.children[0]);
    for (const Node* step : node.all(NodeKind::change_entry)) {
      at = entry_at(*at, *step->children[0], path);
      if (at == nullptr) return;
      type = type->element ? &*type->element : nullptr;
      for (const Node* name : step->children[1]->all(NodeKind::name)) {
        const Field* field = field_of(type, *name, path);
        if (field == nullptr) return;
        at = &member_of(*at, *field);
        type = &field->type;
        optional = type->optional || field->when != nullptr;
      }
      path = std::string(tree_.name_text(*step->children[1]->children.back()));
    }
    *at = read_fact(context_, scope_, tree_, *node.children.back(), *type, optional);
    changes_.push_back(std::move(change));
  }

  TestFact* entry_at(TestFact& list, const Node& number, const std::string& path) {
    const Rational wanted = tree_.literal(number).value;
    const std::size_t size = list.kind == TestFact::list ? list.entries.size() : 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (wanted == Rational(static_cast<std::int64_t>(i + 1))) return &list.entries[i];
    }
    context_.diagnostics.add(Code::no_such_entry, tree_.span(number), {path, to_string(wanted), std::to_string(size)});
    return nullptr;
  }

  const Field* field_of(const Type* type, const Node& name, const std::string& list) {
    const std::string wanted(tree_.name_text(name));
    const Record* record = type == nullptr || type->kind != TypeKind::record ? nullptr : type->record;
    const Field* field = record == nullptr ? nullptr : find_field(*record, wanted);
    if (field != nullptr) return field;
    std::vector<std::string> known;
    if (record != nullptr)
      for (const Field& one : record->fields) append_spellings(known, one.name);
    if (const auto nearest = nearest_name(wanted, known)) {
      context_.diagnostics.add(Code::unknown_name, tree_.span(name), {wanted, *nearest});
    } else {
      context_.diagnostics.add(Code::no_such_field, tree_.span(name),
                               {record == nullptr ? list : record->name.primary, wanted});
    }
    return nullptr;
  }

  // `as at` and `known on` hold for the lines after them; before the first `expect`, for the whole test.
  void read_day_of_test(const Node& node, std::optional<Day>& from_here, std::optional<Day>& of_test) {
    const Node* date = node.child(NodeKind::date_literal);
    if (date == nullptr) return;
    from_here = tree_.literal(*date).day;
    if (test_.steps.empty()) of_test = from_here;
    step_ = nullptr;
  }

  void read_check(const Node& node) {
    if (const Node* expression = node.first_expression()) {
      test_.checks.push_back(
          check_expression(context_, scope_, Statement{&tree_, &node}, *expression, Expected::a_truth()));
    }
  }

  void read_expect(const Node& node) {
    if (!has_subject(tree_.span(node))) return;
    if (step_ == nullptr) {
      step_ = &test_.steps.emplace_back();
      step_->changes = changes_;
      step_->as_at = as_at_;
      step_->known_on = known_on_;
      step_->span = tree_.span(node);
    }
    for (const Node* expectation : node.all(NodeKind::expectation)) {
      if (expectation->has(syntax::kHasError)) continue;
      if (auto read = read_expectation(context_, scope_, tree_, *expectation, subject_))
        step_->expectations.push_back(*std::move(read));
    }
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  const Subject& subject_;
  Test& test_;
  Scope& scope_;
  std::vector<const Given*> written_;
  std::vector<TestChange> changes_;
  std::optional<Day> as_at_, known_on_;
  TestStep* step_ = nullptr;
};

class AllTests {
 public:
  AllTests(Context& context, std::span<const Declared> tests) : context_(context) {
    for (const Declared& declared : tests) {
      Work work;
      work.declared = &declared;
      if (const Node* text = declared.node->child(NodeKind::text))
        work.name = plain_label(context, *declared.tree, text).zh + plain_label(context, *declared.tree, text).en;
      works_.push_back(std::move(work));
    }
    for (Work& work : works_) find_subject(work);
    for (std::size_t i = 0; i < works_.size(); ++i) find_base(i);
    check_names();
    for (std::size_t i = 0; i < works_.size(); ++i) of_program_[works_[i].subject.program].push_back(i);
  }

  // A test starts from one of the same programme.
  void check_of(const Program* program) {
    const auto found = of_program_.find(program);
    if (found == of_program_.end()) return;
    for (const std::size_t i : found->second) check(i);
  }

  void check_rest() {
    for (std::size_t i = 0; i < works_.size(); ++i) check(i);
  }

 private:
  void find_subject(Work& work) {
    const Node* of = work.declared->node->child(NodeKind::qualified_name);
    if (of == nullptr) return;
    const Tree& tree = *work.declared->tree;
    const std::string wanted = dotted(tree, *of);
    const Symbol* symbol = work.declared->scope->find(wanted);
    work.usable = false;
    if (symbol == nullptr) {
      report_unknown_name(context_, *work.declared->scope, tree.span(*of), wanted);
    } else if (symbol->kind == Symbol::program) {
      work.subject.program = symbol->program_;
      work.usable = true;
    } else if (symbol->kind == Symbol::standard) {
      work.subject.standard = symbol->standard_;
      work.usable = true;
    } else if (symbol->kind == Symbol::group) {
      work.subject.group = symbol->group_;
      work.usable = true;
    } else if (symbol->kind == Symbol::targets) {
      work.subject.targets = symbol->targets_;
      work.usable = true;
    } else if (symbol->kind != Symbol::other) {
      context_.diagnostics.add(Code::not_testable, tree.span(*of), {wanted});
    }
  }

  void find_base(std::size_t index) {
    Work& work = works_[index];
    const Node* as_in = work.declared->node->child(NodeKind::as_in);
    const Node* text = as_in == nullptr ? nullptr : as_in->child(NodeKind::text);
    if (text == nullptr || !work.usable) return;
    const bool own_subject = work.subject.givens() != nullptr;
    const std::string& wanted = work.declared->tree->literal(*text).text;
    std::vector<std::string> known;
    bool left_out = false;
    for (std::size_t i = 0; i < works_.size(); ++i) {
      if (i == index) continue;
      const Work& other = works_[i];
      const bool fits = !own_subject || same(other.subject, work.subject);
      if (other.name == wanted && !other.usable) left_out = true;
      if (!fits || !other.usable) continue;
      known.push_back(other.name);
      const bool nearer = work.base == kNone || other.declared->tree == work.declared->tree;
      if (other.name == wanted && nearer) work.base = i;
    }
    if (work.base == kNone) {
      work.usable = false;
      if (!left_out) report_unknown(context_, Code::unknown_test, work.declared->tree->span(*text), wanted, known);
      return;
    }
    if (!own_subject) work.subject = works_[work.base].subject;
  }

  static bool same(const Subject& a, const Subject& b) {
    return a.program == b.program && a.standard == b.standard && a.group == b.group && a.targets == b.targets;
  }

  void check_names() {
    std::map<std::tuple<const Program*, const Standard*, const Group*, const Targets*, std::string>, Span> seen;
    for (const Work& work : works_) {
      if (!work.usable) continue;
      const Span span = name_span(work);
      const auto [place, added] = seen.emplace(
          std::tuple{work.subject.program, work.subject.standard, work.subject.group, work.subject.targets, work.name},
          span);
      if (!added) report_twice(context_, span, work.name, place->second);
    }
  }

  static Span name_span(const Work& work) {
    const Node* text = work.declared->node->child(NodeKind::text);
    return work.declared->tree->span(text == nullptr ? *work.declared->node : *text);
  }

  // Bases first. A chain of tests is as long as the file says, so it is walked without recursion.
  void check(std::size_t index) {
    std::vector<std::size_t> chain;
    std::size_t at = index;
    while (at != kNone && works_[at].progress == Work::open) {
      works_[at].progress = Work::busy;
      chain.push_back(at);
      at = works_[at].base;
    }
    if (at != kNone && works_[at].progress == Work::busy) {
      context_.diagnostics.add(Code::as_in_circle, name_span(works_[at]), {works_[at].name});
      works_[chain.back()].base = kNone;
    }
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) read(works_[*link]);
  }

  void read(Work& work) {
    work.progress = Work::done;
    const Work* base = work.base == kNone ? nullptr : &works_[work.base];
    if (base != nullptr && !base->usable) work.usable = false;
    if (!work.usable) return;
    work.test = &context_.rulebook.tests.emplace_back();
    work.test->name = work.name;
    work.test->program = work.subject.program;
    work.test->standard = work.subject.standard;
    work.test->group = work.subject.group;
    work.test->targets = work.subject.targets;
    work.test->span = name_span(work);
    TestReader(context_, work, base).run();
  }

  Context& context_;
  std::vector<Work> works_;
  std::unordered_map<const Program*, std::vector<std::size_t>> of_program_;
};

}  // namespace

TestsChecker tests_checker(Context& context, std::span<const Declared> tests) {
  return [all = std::make_shared<AllTests>(context, tests)](const Program* program) {
    program == nullptr ? all->check_rest() : all->check_of(program);
  };
}

}  // namespace guiju::model
