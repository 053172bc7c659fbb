// The facts that a test gives and the words after `expect`, held against the programme or standard that is tested.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"
#include "model/results.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

// ---- facts -------------------------------------------------------------------------------------------------------

void report_shape(Context& context, Span span, const Type& type) {
  context.diagnostics.add(Code::fact_shape, span, {describe(type)});
}

// A figure of a target: whatever it is measured in.
TestFact read_measured(Context& context, const Scope& scope, const Tree& tree, const Node& node) {
  TestFact fact;
  fact.span = tree.span(node);
  Scope here;
  here.parent = &scope;
  const Statement statement{&tree, &node};
  const Expr* value = Checker(context, here, statement, tree).infer(node, Expected::a_number());
  const auto number = value->kind == ExprKind::error ? std::nullopt : constant_number(*value);
  if (!number) {
    if (value->kind != ExprKind::error) report_shape(context, fact.span, number_type());
    return fact;
  }
  Expr& measured = context.rulebook.expressions.emplace_back();
  measured.kind = ExprKind::number;
  measured.type = value->type;
  measured.span = fact.span;
  measured.value = *number;
  const Node& digits = node.kind == NodeKind::sign_literal ? *node.children[0] : node;
  if (digits.kind == NodeKind::percent_literal)
    measured.type.unit =
        Unit{measured.type.unit->dimension, Rational::make(1, 100).value_or(Rational(1)), measured.type.unit->name};
  fact.kind = TestFact::value;
  fact.constant = &measured;
  return fact;
}

TestFact read_record(Context& context, const Scope& scope, const Tree& tree, const Node& node, const Type& type) {
  TestFact fact;
  fact.span = tree.span(node);
  if (type.kind != TypeKind::record || type.record == nullptr) {
    report_shape(context, fact.span, type);
    return fact;
  }
  fact.kind = TestFact::record;
  for (const Node* item : node.all(NodeKind::fact_field)) {
    const Node* name = name_node(*item);
    if (name == nullptr || item->children.size() < 2 || item->has(syntax::kHasError)) continue;
    const std::string wanted(tree.name_text(*name));
    const Field* field = find_field(*type.record, wanted);
    if (field == nullptr) {
      std::vector<std::string> known;
      for (const Field& f : type.record->fields) {
        const auto names = spellings(f.name);
        known.insert(known.end(), names.begin(), names.end());
      }
      const Code code = nearest_name(wanted, known) ? Code::unknown_name : Code::no_such_field;
      if (code == Code::unknown_name)
        report_unknown(context, code, tree.span(*name), wanted, known);
      else
        context.diagnostics.add(code, tree.span(*name), {type.record->name.primary, wanted, some_of(known)});
      continue;
    }
    const bool twice =
        std::any_of(fact.fields.begin(), fact.fields.end(), [&](const auto& f) { return f.first == field; });
    if (twice) {
      context.diagnostics.add(Code::written_twice, tree.span(*name), {wanted});
      continue;
    }
    const bool may_be_absent = field->type.optional || field->when != nullptr;
    fact.fields.emplace_back(field,
                             field->any_unit && item->children[1]->kind != NodeKind::fact_state
                                 ? read_measured(context, scope, tree, *item->children[1])
                                 : read_fact(context, scope, tree, *item->children[1], field->type, may_be_absent));
  }
  return fact;
}

TestFact read_list(Context& context, const Scope& scope, const Tree& tree, const Node& node, const Type& type) {
  TestFact fact;
  fact.span = tree.span(node);
  if (type.kind != TypeKind::list || !type.element) {
    report_shape(context, fact.span, type);
    return fact;
  }
  fact.kind = TestFact::list;
  // Only a history has more than what is listed unless somebody says that it is complete.
  fact.complete = node.op == Keyword::complete || (node.op == Keyword::none && !type.history);
  for (const Node* entry : node.children) {
    if (!entry->has(syntax::kHasError))
      fact.entries.push_back(read_fact(context, scope, tree, *entry, *type.element, type.element->optional));
  }
  return fact;
}

TestFact read_state(Context& context, const Tree& tree, const Node& node, const Type& type, bool may_be_absent) {
  TestFact fact;
  fact.span = tree.span(node);
  if (node.op == Keyword::unknowable) {
    fact.kind = TestFact::unknowable;
  } else if (node.op == Keyword::absent) {
    fact.kind = TestFact::absent;
    if (!may_be_absent) context.diagnostics.add(Code::never_absent, fact.span, {describe(type)});
  }
  return fact;
}

// ---- expectations ------------------------------------------------------------------------------------------------

struct Outcome {
  std::string_view english, chinese;
};
constexpr auto kOutcomes = std::to_array<Outcome>({
    {"eligible", "符合"},
    {"ineligible", "不符合"},
    {"undetermined", "未决"},
    {"referred", "转办"},
    {"not_in_force", "未施行"},
    {"invalid", "无效"},
});
constexpr auto kDutyOutcomes = std::to_array<Outcome>(
    {{"not_owed", "无义务"}, {"owed", "应办"}, {"met", "按期完成"}, {"late", "迟办"}, {"overdue", "逾期"}});
// Of a target, with the pace of one that is open.
constexpr auto kTargetOutcomes = std::to_array<Outcome>({{"attained", "已达到"},
                                                         {"open", "未届期"},
                                                         {"missed", "未达到"},
                                                         {"on_track", "进度正常"},
                                                         {"behind", "进度落后"}});
template <class Table>
std::string_view word_of(const Table& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Outcome& o) { return o.english == word || o.chinese == word; });
  return found == table.end() ? std::string_view() : found->english;
}
// How a member of a group may come out, beside its own outcome.
constexpr auto kStandings =
    std::to_array<Outcome>({{"granted", "给予"}, {"excluded", "落选"}, {"nothing_left", "无余额"}, {"open", "待定"}});

class ExpectationReader {
 public:
  ExpectationReader(Context& context, const Scope& scope, const Tree& tree, const Node& node, const Subject& subject)
      : context_(context), scope_(scope), tree_(tree), node_(node), subject_(subject) {
    for (const Node* child : node.children) {
      if (child->kind == NodeKind::expect_value) {
        values_.insert(values_.end(), child->children.begin(), child->children.end());
      } else if (child->kind == NodeKind::qualified_name) {
        words_.push_back(child);
      } else if (child->kind != NodeKind::reasons && child->kind != NodeKind::expect_state &&
                 child->kind != NodeKind::expect_top_up) {
        values_.push_back(child);
      }
    }
  }

  std::optional<Expectation> read() {
    const std::size_t before = context_.diagnostics.all().size();
    auto out = read_one();
    if (out && context_.diagnostics.all().size() == before) tell_left_over();
    return out;
  }

 private:
  std::optional<Expectation> read_one() {
    if (const Node* top_up = node_.child(NodeKind::expect_top_up)) return read_top_up(*top_up);
    if (words_.empty()) return std::nullopt;
    head_ = dotted(tree_, *words_[0]);
    result_.span = tree_.span(node_);
    if (subject_.targets != nullptr) return read_of_targets();
    if (is_duty()) {
      if (const auto word = word_of(kDutyOutcomes, head_); !word.empty())
        return read_outcome(word, node_.child(NodeKind::reasons));
      for (const Keyword kind : {Keyword::must, Keyword::must_not, Keyword::advised}) {
        if (is_word(head_, kind) || (kind == Keyword::must_not && head_ == "must_not")) return read_obligations(kind);
      }
    }
    const auto outcome = std::find_if(kOutcomes.begin(), kOutcomes.end(),
                                      [&](const Outcome& o) { return o.english == head_ || o.chinese == head_; });
    if (outcome != kOutcomes.end()) return read_outcome(outcome->english, node_.child(NodeKind::reasons));
    if (is_word(head_, Keyword::version)) return read_version();
    if (is_word(head_, Keyword::edition)) return read_edition();
    if (head_ == "nearest" || head_ == "最近版本") return read_nearest();
    if (is_word(head_, Keyword::amount)) return read_sum(Expectation::amount, "amount");
    for (const Keyword kind :
         {Keyword::ceiling, Keyword::average, Keyword::charge, Keyword::deduction, Keyword::credit}) {
      if (!is_word(head_, kind) || values_.empty() || subject_.program == nullptr) continue;
      result_.standing = syntax::info(kind).english;
      return read_sum(Expectation::amount, "amount");
    }
    if (is_word(head_, Keyword::ask)) return read_fact_path(Expectation::ask);
    if (is_word(head_, Keyword::stuck_on)) return read_fact_path(Expectation::stuck_on);
    if (is_word(head_, Keyword::may_be_refused)) {
      result_.kind = Expectation::may_be_refused;
      return result_;
    }
    if (is_word(head_, Keyword::subject)) return read_subject();
    if (is_word(head_, Keyword::grade)) return read_grade();
    if (head_ == "marked" || head_ == "标明") return read_mark();
    return read_named();
  }

  // ---- what is left over: a comma or a `but` was forgotten before it

  [[nodiscard]] std::size_t most_words() const {
    switch (result_.kind) {
      case Expectation::outcome:
      case Expectation::amount:
      case Expectation::part:
      case Expectation::share:
      case Expectation::may_be_refused:
      case Expectation::comply:
      case Expectation::check:
      case Expectation::obligation:
        return 1;
      case Expectation::target:
        return target_word(head_).empty() ? 2 : 1;
      case Expectation::subject:
        return is_word(second_word(), Keyword::quota) ? 3 : 2;
      case Expectation::owed:
        return result_.has_reasons ? 2 : 3;
      default:
        return 2;
    }
  }

  [[nodiscard]] bool takes_value() const {
    switch (result_.kind) {
      case Expectation::outcome:
      case Expectation::version:
      case Expectation::edition:
      case Expectation::nearest:
      case Expectation::ask:
      case Expectation::stuck_on:
      case Expectation::may_be_refused:
      case Expectation::refused:
      case Expectation::subject:
      case Expectation::owed:
      case Expectation::warning:
      case Expectation::obligation:
      case Expectation::grade:
        return false;
      default:
        return true;
    }
  }

  [[nodiscard]] bool takes_state() const {
    switch (result_.kind) {
      case Expectation::grade:
      case Expectation::comply:
      case Expectation::check:
      case Expectation::result:
      case Expectation::let:
      case Expectation::target:
        return true;
      default:
        return false;
    }
  }

  void tell_left_over() {
    if (result_.kind == Expectation::top_up) return;
    const Node* state = node_.child(NodeKind::expect_state);
    const Node* left = words_.size() > most_words()         ? words_[most_words()]
                       : state != nullptr && !takes_state() ? state
                       : !values_.empty() && !takes_value() ? values_.front()
                                                            : nullptr;
    if (left == nullptr) return;
    const Span span = tree_.span(*left);
    context_.diagnostics.add(Code::expectation_left_over, span, {std::string(context_.sources.text(span))});
  }

  std::optional<Expectation> needs(std::string_view what) {
    context_.diagnostics.add(Code::expectation_needs, result_.span, {head_, std::string(what)});
    return std::nullopt;
  }

  // Of the scale on which what is tested grades.
  [[nodiscard]] bool is_level(std::string_view wanted) const {
    const Enum* scale = subject_.standard == nullptr ? nullptr : subject_.standard->scale;
    return scale != nullptr && member_index(*scale, wanted).has_value();
  }

  // What could not be read was told; what it would have declared is not known here.
  [[nodiscard]] bool names_were_lost() const {
    constexpr unsigned kFirstOfNames = 1300;
    const Name* subject = subject_.program != nullptr    ? &subject_.program->name
                          : subject_.standard != nullptr ? &subject_.standard->name
                          : subject_.targets != nullptr  ? &subject_.targets->name
                                                         : nullptr;
    const auto& all = context_.diagnostics.all();
    return subject != nullptr && std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
             return static_cast<unsigned>(one.code) < kFirstOfNames && one.span.file == subject->span.file &&
                    info(one.code).severity == Severity::error;
           });
  }

  std::optional<Expectation> unknown(const Node& word, const std::vector<std::string>& known) {
    const std::string wanted = dotted(tree_, word);
    if (context_.faulty_results.contains(wanted) || names_were_lost()) return std::nullopt;
    if (is_level(wanted)) {
      context_.diagnostics.add(Code::unknown_expectation, tree_.span(word),
                               {wanted, "", "", bilingual("grade " + wanted, "定级 " + wanted)});
      return std::nullopt;
    }
    report_unknown(context_, Code::unknown_expectation, tree_.span(word), dotted(tree_, word), known);
    return std::nullopt;
  }

  std::string second_word() const { return words_.size() > 1 ? dotted(tree_, *words_[1]) : std::string(); }

  // ---- outcomes

  // What may fail, by every spelling, with the name that answers use.
  std::map<std::string, std::string> condition_names() const {
    std::map<std::string, std::string> names;
    const auto take = [&](const Name& name) {
      for (std::string& spelling : spellings(name)) names.emplace(std::move(spelling), name.primary);
    };
    if (subject_.program != nullptr) {
      for (const Version& version : subject_.program->versions) {
        for (const Requirement& requirement : version.requirements) take(requirement.name);
        for (const Obligation& obligation : version.obligations) take(obligation.name);
        if (!version.amount) continue;
        for (const Part& part : version.amount->parts) {
          for (const Requirement& requirement : part.requirements) take(requirement.name);
        }
      }
    }
    if (subject_.standard != nullptr) {
      for (const Edition& edition : subject_.standard->editions) {
        for (const Requirement& requirement : edition.requirements) take(requirement.name);
      }
    }
    for (const Table& table : context_.rulebook.tables) take(table.name);
    return names;
  }

  std::optional<Expectation> read_outcome(std::string_view word, const Node* reasons) {
    result_.kind = Expectation::outcome;
    result_.word = word;
    return read_reasons(reasons);
  }

  std::optional<Expectation> read_reasons(const Node* reasons) {
    if (reasons == nullptr) return result_;
    result_.has_reasons = true;
    const auto known = condition_names();
    for (const Node* name : reasons->all(NodeKind::qualified_name)) {
      const auto found = known.find(dotted(tree_, *name));
      if (found == known.end()) {
        std::vector<std::string> names;
        for (const auto& [spelling, primary] : known) names.push_back(spelling);
        return unknown(*name, names);
      }
      result_.reasons.push_back(found->second);
    }
    return result_;
  }

  // ---- versions and editions

  std::optional<Expectation> read_dated(Expectation::Kind kind, const std::vector<std::string>& known,
                                        std::string_view what) {
    if (words_.size() < 2) return needs(what);
    result_.kind = kind;
    result_.word = second_word();
    if (std::find(known.begin(), known.end(), result_.word) == known.end()) {
      report_unknown(context_, Code::unknown_version, tree_.span(*words_[1]), result_.word, known);
      return std::nullopt;
    }
    return result_;
  }

  std::vector<std::string> dated_names() const {
    std::vector<std::string> names;
    if (subject_.program != nullptr) {
      for (const Version& version : subject_.program->versions) names.push_back(version.name);
    }
    if (subject_.group != nullptr) {
      for (const GroupVersion& version : subject_.group->versions) names.push_back(version.head.name);
    }
    if (subject_.standard != nullptr) {
      for (const Edition& edition : subject_.standard->editions) names.push_back(edition.name);
    }
    return names;
  }

  std::optional<Expectation> read_version() {
    if (subject_.program == nullptr && subject_.group == nullptr) return unknown(*words_[0], {"edition"});
    return read_dated(Expectation::version, dated_names(), "version y2024");
  }
  std::optional<Expectation> read_edition() {
    if (subject_.standard == nullptr) return unknown(*words_[0], {"version"});
    return read_dated(Expectation::edition, dated_names(), "edition gb21455_2019");
  }
  std::optional<Expectation> read_nearest() { return read_dated(Expectation::nearest, dated_names(), "nearest y2024"); }

  // ---- sums

  // The two ends that are written, into least and most.
  bool read_ends(const Type& type) {
    result_.open_end = values_.back()->kind == NodeKind::no_limit;
    const Expr* least = check_constant(context_, scope_, tree_, *values_.front(), type);
    const Expr* most = result_.open_end ? least : check_constant(context_, scope_, tree_, *values_.back(), type);
    if (least->kind != ExprKind::number || most->kind != ExprKind::number) return false;
    result_.least = least->value;
    result_.most = most->value;
    return true;
  }

  std::optional<Expectation> read_sum(Expectation::Kind kind, std::string word) {
    if (values_.empty()) return needs(bilingual("2000.00 yuan", "2000.00元"));
    result_.kind = kind;
    result_.word = std::move(word);
    if (!read_ends(money_type())) return std::nullopt;
    if (compare(result_.least, result_.most) > 0) context_.diagnostics.add(Code::range_reversed, result_.span, {head_});
    return result_;
  }

  // `top_up 10000.00 yuan from known on D1 to D2`, or the outcome on the later day in place of the amount.
  std::optional<Expectation> read_top_up(const Node& node) {
    head_ = syntax::info(Keyword::top_up).english;
    result_.span = tree_.span(node_);
    if (subject_.program == nullptr) {
      context_.diagnostics.add(Code::top_up_of_standard, result_.span);
      return std::nullopt;
    }
    const auto days = node.all(NodeKind::date_literal);
    if (days.size() < 2) return std::nullopt;
    result_.known_from = tree_.literal(*days[days.size() - 2]).day;
    result_.known_to = tree_.literal(*days.back()).day;
    if (result_.known_from >= result_.known_to) {
      context_.diagnostics.add(Code::top_up_backwards, result_.span,
                               {to_iso(result_.known_from), to_iso(result_.known_to)});
      return std::nullopt;
    }
    if (const Node* sum = node.child(NodeKind::expect_value)) {
      values_.assign(sum->children.begin(), sum->children.end());
      return read_sum(Expectation::top_up, "");
    }
    const Node* outcome = node.child(NodeKind::qualified_name);
    if (outcome == nullptr) return std::nullopt;
    const std::string word = dotted(tree_, *outcome);
    const auto known = std::find_if(kOutcomes.begin(), kOutcomes.end(),
                                    [&](const Outcome& o) { return o.english == word || o.chinese == word; });
    if (known == kOutcomes.end()) {
      std::vector<std::string> names;
      for (const Outcome& o : kOutcomes) names.emplace_back(o.english);
      return unknown(*outcome, names);
    }
    auto read = read_outcome(known->english, node.child(NodeKind::reasons));
    if (read) read->kind = Expectation::top_up;
    return read;
  }

  // ---- what is asked, conditions, marks

  std::optional<Expectation> read_fact_path(Expectation::Kind kind) {
    if (words_.size() < 2) return needs("buyer.kind");
    // The host's day is no fact of the rules, but is asked for as one.
    const bool has_host_day = subject_.targets != nullptr || is_duty();
    if (has_host_day && (second_word() == "as_at" || is_word(second_word(), Keyword::as_at))) {
      result_.kind = kind;
      result_.word = "as at";
      return result_;
    }
    auto path = path_into_list(*words_[1]);
    if (!path) path = fact_path(*words_[1]);
    if (!path) return std::nullopt;
    result_.kind = kind;
    result_.word = *std::move(path);
    return result_;
  }

  // `claims.state`: of some entry of the list; nothing where the name leads into no list.
  [[nodiscard]] std::optional<std::string> path_into_list(const Node& name) const {
    const auto names = name.all(NodeKind::name);
    if (names.empty() || subject_.givens() == nullptr) return std::nullopt;
    const auto& givens = *subject_.givens();
    const auto given = std::find_if(givens.begin(), givens.end(),
                                    [&](const Given& g) { return is_called(g.name, tree_.name_text(*names.front())); });
    if (given == givens.end()) return std::nullopt;
    std::string path = given->name.primary;
    bool entered = false;
    const Type* type = &given->type;
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (type->kind == TypeKind::list && type->element) {
        type = &*type->element;
        entered = true;
      }
      const Field* field = type->kind == TypeKind::record && type->record != nullptr
                               ? find_field(*type->record, tree_.name_text(*names[i]))
                               : nullptr;
      if (field == nullptr) return std::nullopt;
      path += "." + field->name.primary;
      type = &field->type;
    }
    return entered ? std::optional(path) : std::nullopt;
  }

  // `subject documents {invoice, label}`: exactly these are owed; without braces this one is among them.
  std::optional<Expectation> read_owed(const Node* exactly) {
    std::vector<std::string> known;
    for (const Version& version : subject_.program->versions) {
      for (const Document& document : version.documents) known.push_back(document.name);
    }
    std::vector<const Node*> wanted = words_.size() > 2 ? std::vector{words_[2]} : std::vector<const Node*>();
    if (exactly != nullptr) wanted = exactly->all(NodeKind::qualified_name);
    result_.kind = Expectation::owed;
    result_.has_reasons = exactly != nullptr;
    for (const Node* name : wanted) {
      result_.word = dotted(tree_, *name);
      if (std::find(known.begin(), known.end(), result_.word) == known.end()) return unknown(*name, known);
      result_.reasons.push_back(result_.word);
    }
    return result_;
  }

  std::optional<Expectation> read_subject() {
    const Node* exactly = node_.child(NodeKind::reasons);
    const bool names_documents = words_.size() > 2 || exactly != nullptr;
    if (subject_.program != nullptr && names_documents && is_word(second_word(), Keyword::documents))
      return read_owed(exactly);
    if (words_.size() < 2 || is_word(dotted(tree_, *words_.back()), Keyword::quota)) return needs("quota city_pool");
    result_.kind = Expectation::subject;
    const std::string wanted = dotted(tree_, *words_.back());  // the word `quota` before it may be left out
    std::vector<std::string> known;
    if (subject_.program != nullptr) {
      for (const Version& version : subject_.program->versions) {
        for (const Quota& quota : version.quotas) {
          const auto names = spellings(quota.name);
          known.insert(known.end(), names.begin(), names.end());
          if (std::find(names.begin(), names.end(), wanted) != names.end()) result_.word = quota.name.primary;
        }
      }
    }
    if (result_.word.empty()) return unknown(*words_.back(), known);
    return result_;
  }

  std::optional<Expectation> read_mark() {
    if (!is_word(second_word(), Keyword::unverified))
      return needs(bilingual(syntax::info(Keyword::unverified).english, syntax::info(Keyword::unverified).chinese));
    result_.kind = Expectation::warning;
    result_.word = syntax::info(Keyword::unverified).english;
    return result_;
  }

  // ---- duties

  [[nodiscard]] bool is_duty() const { return subject_.program != nullptr && subject_.program->duty; }

  // `advised {mileage}`: exactly those of that kind that hold.
  std::optional<Expectation> read_obligations(Keyword kind) {
    const Node* reasons = node_.child(NodeKind::reasons);
    if (reasons == nullptr) return needs("{ … }");
    auto read = read_outcome(kind == Keyword::must       ? "must"
                             : kind == Keyword::must_not ? "must_not"
                                                         : "advised",
                             reasons);
    if (read) read->kind = Expectation::obligation;
    return read;
  }

  // `deadline 2025-12-15`, or the value of a let.
  std::optional<Expectation> read_value_of(const std::string& word, const Type& type) {
    result_.kind = Expectation::let;
    result_.word = word;
    const Node* state = node_.child(NodeKind::expect_state);
    if (state != nullptr) {
      result_.unknown = state->op == Keyword::unknown;
      result_.not_found = state->op == Keyword::absent;
      result_.has_state = state->op == Keyword::no_limit;
      return result_;
    }
    if (values_.empty()) return needs("2025-12-15");
    Type plain = type;
    plain.optional = false;
    result_.constant = check_constant(context_, scope_, tree_, *values_[0], plain);
    return result_.constant->kind == ExprKind::error ? std::nullopt : std::optional(result_);
  }

  std::optional<Expectation> read_of_duty(std::vector<std::string>& known) {
    Type date;
    date.kind = TypeKind::date;
    if (is_word(head_, Keyword::deadline)) return read_value_of("deadline", date);
    if (is_word(head_, Keyword::done)) return read_value_of("done", date);
    const auto search = [&](const std::deque<Let>& lets) -> const Let* {
      for (const Let& let : lets) {
        const auto names = spellings(let.name);
        known.insert(known.end(), names.begin(), names.end());
        if (std::find(names.begin(), names.end(), head_) != names.end()) return &let;
      }
      return nullptr;
    };
    const Let* let = search(subject_.program->lets);
    for (const Version& version : subject_.program->versions) {
      if (let == nullptr) let = search(version.lets);
    }
    if (let == nullptr || let->value == nullptr) return std::nullopt;
    return read_value_of(let->name.primary, let->value->type);
  }

  // ---- targets

  // `T19 open 620`, `T11 unknown 60% .. 90%`, `T24 unknown`; of a single target without its name.
  std::optional<Expectation> read_of_targets() {
    if (is_word(head_, Keyword::ask)) return read_fact_path(Expectation::ask);
    if (head_ == "marked" || head_ == "标明") return read_mark();
    const auto& rows = subject_.targets->rows;
    const Target* row = nullptr;
    std::vector<std::string> known;
    for (const Target& one : rows) {
      known.push_back(one.name.primary);
      if (is_called(one.name, head_)) row = &one;
    }
    const bool named = row != nullptr;
    if (!named && rows.size() == 1) row = &rows.front();
    std::string_view standing = named ? std::string_view() : target_word(head_);
    if (named && words_.size() > 1) standing = target_word(second_word());
    const Node* state = node_.child(NodeKind::expect_state);
    if (state != nullptr && state->op == Keyword::unknown) standing = "undetermined";
    if (row == nullptr) return unknown(*words_[0], known);
    if (standing.empty()) {
      for (const Outcome& o : kTargetOutcomes) known.emplace_back(o.english);
      return words_.size() > 1 || !named ? unknown(*words_.back(), known) : needs(bilingual("attained", "已达到"));
    }
    result_.kind = Expectation::target;
    result_.word = row->name.primary;
    result_.standing = standing;
    if (values_.empty()) return result_;
    Type type = number_type();
    if (!row->type.unit->dimension.empty()) type.unit = row->type.unit;
    if (!read_ends(type)) return std::nullopt;
    result_.has_sum = true;
    return result_;
  }
  static std::string_view target_word(std::string_view word) {
    const std::string_view own = word_of(kTargetOutcomes, word);
    return own.empty() ? word_of(kOutcomes, word) : own;
  }

  // ---- grades

  bool add_member(const Node& word) {
    const Enum& scale = *scale_;
    const auto names = word.all(NodeKind::name);
    const std::string wanted = names.empty() ? dotted(tree_, word) : std::string(tree_.name_text(*names.back()));
    std::vector<std::string> known;
    for (std::size_t i = 0; i < scale.members.size(); ++i) {
      const auto member = spellings(scale.members[i].name);
      known.insert(known.end(), member.begin(), member.end());
      if (std::find(member.begin(), member.end(), wanted) == member.end()) continue;
      result_.mask |= std::uint64_t{1} << i;
      return true;
    }
    (void)unknown(word, known);
    return false;
  }

  // `guo4`, or each of `{guo4, guo5}`.
  bool add_members() {
    if (words_.size() > 1 && !add_member(*words_[1])) return false;
    const Node* reasons = node_.child(NodeKind::reasons);
    if (reasons == nullptr) return true;
    const auto names = reasons->all(NodeKind::qualified_name);
    return std::all_of(names.begin(), names.end(), [&](const Node* name) { return add_member(*name); });
  }

  std::optional<Expectation> read_grade() {
    if (subject_.standard == nullptr) return unknown(*words_[0], {});
    return read_grade_on(subject_.standard->scale, {});
  }

  // `which`: a grade beside the grade of the standard.
  std::optional<Expectation> read_grade_on(const Enum* scale, const std::string& which) {
    scale_ = scale;
    if (scale_ == nullptr) return std::nullopt;
    result_.kind = Expectation::grade;
    result_.word = which;
    for (const Node* state : node_.all(NodeKind::expect_state)) read_grade_state(state->op);
    if (!add_members()) return std::nullopt;
    const bool says_something = result_.mask != 0 || result_.has_state || result_.not_found || result_.unknown;
    return says_something ? std::optional(result_) : needs("level1");
  }

  void read_grade_state(Keyword state) {
    switch (state) {
      case Keyword::unclassified:
        result_.has_state = true;
        return;
      case Keyword::below:
        result_.has_state = true;
        result_.state = GradeState::below;
        return;
      case Keyword::no_row:
        result_.has_state = true;
        result_.state = GradeState::no_row;
        return;
      case Keyword::out_of_scope:
        result_.has_state = true;
        result_.state = GradeState::out_of_scope;
        return;
      case Keyword::no_figure:
        result_.has_state = true;
        result_.state = GradeState::no_figure;
        return;
      case Keyword::not_found:
        result_.not_found = true;
        return;
      case Keyword::unknown:
        result_.unknown = true;
        return;
      default:
        return;
    }
  }

  // ---- names of the rule file: parts, compliance lines, checks

  std::optional<Expectation> read_named() {
    if (subject_.group != nullptr) return read_member();
    std::vector<std::string> known;
    if (is_duty()) {
      auto read = read_of_duty(known);
      if (read || result_.kind == Expectation::let) return read;
    }
    if (subject_.program != nullptr) {
      for (const Version& version : subject_.program->versions) {
        if (!version.amount) continue;
        for (const Part& part : version.amount->parts) {
          if (version.amount->single) break;
          if (is_called(part.name, head_) && is_word(second_word(), Keyword::refused))
            return read_refused(part.name.primary);
          if (is_called(part.name, head_)) return read_sum(Expectation::part, part.name.primary);
          append_spellings(known, part.name);
        }
        if (!version.amount->shares) continue;
        for (const Share& share : version.amount->shares->shares) {
          if (share.name == head_) return read_sum(Expectation::share, head_);
          known.push_back(share.name);
        }
      }
    }
    if (subject_.standard != nullptr) {
      const bool plain_comply = is_word(head_, Keyword::comply);
      for (const Edition& edition : subject_.standard->editions) {
        for (const Comply& comply : edition.complies) {
          if (comply.name == head_ || (plain_comply && comply.name == syntax::info(Keyword::comply).english))
            return read_truth(Expectation::comply, comply.name);
          known.push_back(comply.name);
        }
        for (const Grading& grading : edition.gradings) {
          if (grading.name.empty()) continue;
          if (grading.name == head_) return read_grade_on(grading.scale, head_);
          known.push_back(grading.name);
        }
        for (const Requirement& requirement : edition.requirements) {
          if (is_called(requirement.name, head_)) return read_truth(Expectation::check, requirement.name.primary);
          append_spellings(known, requirement.name);
        }
        for (const Result& result : edition.results) {
          if (result.name == head_) return read_result(result);
          known.push_back(result.name);
        }
        for (const Check& check : edition.checks) {
          if (check.name == head_) return read_truth(Expectation::check, check.name);
          known.push_back(check.name);
        }
      }
    }
    for (const Outcome& outcome : kOutcomes) known.emplace_back(outcome.english);
    return unknown(*words_[0], known);
  }

  // `bonus refused {early}`
  std::optional<Expectation> read_refused(const std::string& part) {
    result_.kind = Expectation::refused;
    result_.word = part;
    return read_reasons(node_.child(NodeKind::reasons));
  }

  // ---- results of a standard: `class guo4`, `class {guo4, guo5}`, `scrap_on 2032-03-01`, `rated 12 kW .. 15 kW`

  std::optional<Expectation> read_result(const Result& result) {
    Type type = result.value->type;
    type.optional = false;
    result_.kind = Expectation::result;
    result_.word = result.name;
    for (const Node* state : node_.all(NodeKind::expect_state)) read_result_state(state->op);
    if (words_.size() > 1 && is_contradiction(*words_[1])) return read_contradiction();
    if (type.kind == TypeKind::enumerated) {
      scale_ = type.enumeration;
      if (!add_members()) return std::nullopt;
    } else if (!values_.empty()) {
      result_.low = check_constant(context_, scope_, tree_, *values_.front(), type);
      result_.open_end = values_.back()->kind == NodeKind::no_limit;
      result_.high = result_.open_end ? result_.low : check_constant(context_, scope_, tree_, *values_.back(), type);
      if (result_.low->kind == ExprKind::error || result_.high->kind == ExprKind::error) return std::nullopt;
    }
    const bool says_something = result_.mask != 0 || result_.low != nullptr || result_.unknown || result_.absent ||
                                result_.no_limit || result_.has_state;
    return says_something ? std::optional(result_) : needs(describe(type));
  }

  void read_result_state(Keyword state) {
    result_.absent = result_.absent || state == Keyword::absent;
    result_.no_limit = result_.no_limit || state == Keyword::no_limit;
    read_grade_state(state);
  }

  [[nodiscard]] bool is_contradiction(const Node& word) const {
    const std::string text = dotted(tree_, word);
    return text == "contradiction" || text == "矛盾";
  }

  // `class unknown contradiction {v.certificate, v.info_list}`: the papers that cannot all be right.
  std::optional<Expectation> read_contradiction() {
    result_.unknown = true;
    result_.has_reasons = true;
    const Node* papers = node_.child(NodeKind::reasons);
    if (papers == nullptr) return needs(bilingual("contradiction {vehicle.certificate}", "矛盾 {车辆.证书}"));
    for (const Node* name : papers->all(NodeKind::qualified_name)) {
      const auto path = fact_path(*name);
      if (!path) return std::nullopt;
      result_.reasons.push_back(*path);
    }
    return result_;
  }

  std::optional<std::string> fact_path(const Node& name) {
    const auto path = resolve_path(context_, scope_, tree_, name);
    if (!path || path->first.given == nullptr) return std::nullopt;
    std::string text = path->first.given->name.primary;
    for (const Field* field : path->first.fields) text += "." + field->name.primary;
    return text;
  }

  // `car_scrappage 20000.00 yuan`, `car_replacement excluded {once}`, `car_replacement ineligible`
  std::optional<Expectation> read_member() {
    std::vector<std::string> known;
    const Program* program = nullptr;
    for (const Program& p : context_.rulebook.programs) {
      const auto names = spellings(p.name);
      known.insert(known.end(), names.begin(), names.end());
      if (std::find(names.begin(), names.end(), head_) != names.end()) program = &p;
    }
    if (program == nullptr) return unknown(*words_[0], known);
    if (!values_.empty() && !read_sum(Expectation::member, "")) return std::nullopt;
    result_.kind = Expectation::member;
    result_.word = program->name.primary;
    result_.has_sum = !values_.empty();
    if (words_.size() < 2 && !result_.has_sum) return needs(bilingual("granted", "给予"));
    result_.standing = words_.size() < 2 ? "granted" : std::string(standing(second_word()));
    if (result_.standing.empty()) return unknown(*words_[1], {"granted", "excluded", "nothing_left", "open"});
    if (const Node* reasons = node_.child(NodeKind::reasons)) {
      result_.has_reasons = true;
      for (const Node* name : reasons->all(NodeKind::qualified_name)) result_.reasons.push_back(dotted(tree_, *name));
    }
    return result_;
  }
  static std::string_view standing(const std::string& word) {
    for (const auto& table : {std::span<const Outcome>(kStandings), std::span<const Outcome>(kOutcomes)}) {
      for (const Outcome& o : table) {
        if (o.english == word || o.chinese == word) return o.english;
      }
    }
    return {};
  }

  std::optional<Expectation> read_truth(Expectation::Kind kind, const std::string& word) {
    result_.kind = kind;
    result_.word = word;
    const Node* state = node_.child(NodeKind::expect_state);
    if (state != nullptr && state->op == Keyword::unknown) {
      result_.unknown = true;
      return result_;
    }
    if (state != nullptr && state->op == Keyword::absent) {
      result_.absent = true;
      return result_;
    }
    if (values_.empty() || values_[0]->kind != NodeKind::bool_literal)
      return needs(bilingual("yes, no, unknown, absent", "是、否、未知、没有"));
    result_.truth = values_[0]->op == Keyword::yes;
    return result_;
  }

  Context& context_;
  const Scope& scope_;
  const Tree& tree_;
  const Node& node_;
  const Subject& subject_;
  const Enum* scale_ = nullptr;  // of the grade that is expected
  std::vector<const Node*> words_;
  std::vector<const Node*> values_;
  std::string head_;
  Expectation result_;
};

}  // namespace

TestFact read_fact(Context& context, const Scope& scope, const Tree& tree, const Node& node, const Type& type,
                   bool may_be_absent) {
  if (type.kind == TypeKind::error) return {};
  switch (node.kind) {
    case NodeKind::fact_record:
      return read_record(context, scope, tree, node, type);
    case NodeKind::fact_list:
      return read_list(context, scope, tree, node, type);
    case NodeKind::fact_state:
      return read_state(context, tree, node, type, may_be_absent);
    default:
      break;
  }
  TestFact fact;
  fact.span = tree.span(node);
  if (type.kind == TypeKind::record || type.kind == TypeKind::list) {
    report_shape(context, fact.span, type);
    return fact;
  }
  Type plain = type;
  plain.optional = false;
  fact.constant = check_constant(context, scope, tree, node, plain);
  if (fact.constant->kind != ExprKind::error) fact.kind = TestFact::value;
  return fact;
}

std::optional<Expectation> read_expectation(Context& context, const Scope& scope, const Tree& tree, const Node& node,
                                            const Subject& subject) {
  return ExpectationReader(context, scope, tree, node, subject).read();
}

}  // namespace guiju::model
