// First and last days: of versions and editions, and what may not happen between them (overlaps without `supersedes`,
// days that nothing covers).
#include <algorithm>
#include <array>
#include <limits>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

constexpr std::size_t kMostReadings = 64;  // of the open days of one programme or standard together

std::int64_t first_of(const Dated& d) {
  return d.from.day ? *d.from.day : std::numeric_limits<std::int64_t>::min();
}
std::int64_t last_of(const Dated& d) {
  return d.to.day ? *d.to.day : std::numeric_limits<std::int64_t>::max();
}
bool overlap(const Dated& a, const Dated& b) {
  return first_of(a) <= last_of(b) && first_of(b) <= last_of(a);
}

// Between several days, none of which was adopted.
bool is_left_open(const Bound& bound) {
  return bound.undecided != nullptr && !bound.undecided->choice->adopted;
}

// Every day that the end of a period could be; none where it is open.
std::vector<Day> days_of(const Bound& bound) {
  std::vector<Day> out;
  if (is_left_open(bound)) {
    for (const Expr* day : bound.undecided->args) out.push_back(day->day);
  } else if (bound.day) {
    out.push_back(*bound.day);
  }
  return out;
}

std::vector<const Choice*> open_choices(std::span<const Dated> dated) {
  std::vector<const Choice*> out;
  const auto add = [&](const Bound& bound) {
    if (!is_left_open(bound)) return;
    const Choice* choice = bound.undecided->choice;
    if (std::find(out.begin(), out.end(), choice) == out.end()) out.push_back(choice);
  };
  for (const Dated& d : dated) {
    add(d.from);
    add(d.to);
    for (const Bound& bound : d.beside) add(bound);
  }
  return out;
}

// The ways are numbered as digits are: the first choice changes fastest.
std::vector<Dated> read_in_one_way(std::span<const Dated> dated, const std::vector<const Choice*>& choices,
                                   std::size_t way) {
  std::vector<Dated> out(dated.begin(), dated.end());
  for (const Choice* choice : choices) {
    const std::size_t reading = way % choice->readings.size();
    way /= choice->readings.size();
    for (Dated& d : out) {
      for (Bound* bound : {&d.from, &d.to}) {
        if (bound->undecided != nullptr && bound->undecided->choice == choice)
          bound->day = bound->undecided->args[reading]->day;
      }
    }
  }
  return out;
}

// Which of them supersede which, through others too.
class Superseding {
 public:
  explicit Superseding(std::span<const Dated> dated) : dated_(dated) {
    links_.resize(dated.size());
    for (std::size_t i = 0; i < dated.size(); ++i) {
      for (const std::string& name : dated[i].supersedes) {
        const auto found = std::find_if(dated.begin(), dated.end(), [&](const Dated& d) { return d.name == name; });
        if (found != dated.end()) links_[i].push_back(static_cast<std::size_t>(found - dated.begin()));
      }
    }
  }

  [[nodiscard]] bool reaches(std::size_t from, std::size_t to) const {
    std::vector<bool> seen(dated_.size(), false);
    return walk(from, to, seen);
  }

 private:
  bool walk(std::size_t from, std::size_t to, std::vector<bool>& seen) const {
    if (seen[from]) return false;
    seen[from] = true;
    return std::any_of(links_[from].begin(), links_[from].end(),
                       [&](std::size_t next) { return next == to || walk(next, to, seen); });
  }

  std::span<const Dated> dated_;
  std::vector<std::vector<std::size_t>> links_;
};

void check_superseded(Context& context, std::span<const Dated> dated) {
  std::vector<std::string> names;
  for (const Dated& d : dated) names.push_back(d.name);
  for (const Dated& d : dated) {
    for (const std::string& wanted : d.supersedes) {
      if (std::find(names.begin(), names.end(), wanted) == names.end())
        report_unknown(context, Code::unknown_version, d.span, wanted, names);
    }
  }
}

void check_overlaps(Context& context, std::span<const Dated> dated, const Superseding& superseding) {
  for (std::size_t i = 0; i < dated.size(); ++i) {
    if (superseding.reaches(i, i)) {
      context.diagnostics.add(Code::supersedes_circle, dated[i].span, {dated[i].name});
      return;
    }
    for (std::size_t j = i + 1; j < dated.size(); ++j) {
      const bool told_apart =
          (dated[i].conditional && dated[j].conditional) || superseding.reaches(i, j) || superseding.reaches(j, i);
      if (told_apart || !overlap(dated[i], dated[j])) continue;
      context.diagnostics.add(Code::versions_overlap, dated[j].span,
                              {dated[i].name, shown_days(dated[i]), dated[j].name, shown_days(dated[j])},
                              {{dated[i].span, "the other one", "另一个"}});
    }
  }
}

void check_gaps(Context& context, std::span<const Dated> dated) {
  std::vector<const Dated*> by_day;
  for (const Dated& d : dated) by_day.push_back(&d);
  std::stable_sort(by_day.begin(), by_day.end(),
                   [](const Dated* a, const Dated* b) { return first_of(*a) < first_of(*b); });
  std::int64_t covered = 0;
  for (std::size_t i = 0; i < by_day.size(); ++i) {
    if (i > 0 && covered < last_of(*by_day[i]) && first_of(*by_day[i]) > covered + 1) {
      context.diagnostics.add(
          Code::days_uncovered, by_day[i]->span,
          {to_iso(static_cast<Day>(covered + 1)), to_iso(static_cast<Day>(first_of(*by_day[i]) - 1))});
    }
    covered = i == 0 ? last_of(*by_day[i]) : std::max(covered, last_of(*by_day[i]));
    if (covered == std::numeric_limits<std::int64_t>::max()) return;
  }
}

}  // namespace

namespace {

// The days that the text leaves open, of which one may be adopted.
void read_undecided(Context& context, Scope& scope, const Tree& tree, const Node& node, Bound& bound) {
  Type date;
  date.kind = TypeKind::date;
  const Expr* open = check_expression(context, scope, Statement{&tree, &node}, node, Expected::of(date));
  if (open->kind != ExprKind::undecided) return;
  const Choice& choice = *open->choice;
  if (choice.readings.empty()) {
    context.diagnostics.add(Code::open_day_without_days, tree.span(node));
    return;
  }
  for (const Expr* day : open->args) {
    if (day->kind == ExprKind::date) continue;
    context.diagnostics.add(Code::constant_needed, day->span, {std::string(context.sources.text(day->span))});
    return;
  }
  bound.day = open->args[choice.adopted.value_or(0)]->day;
  bound.undecided = open;
}

}  // namespace

std::string shown_days(const Dated& dated) {
  const std::string from = dated.from.day ? to_iso(*dated.from.day) : "…";
  const std::string to = dated.to.day ? to_iso(*dated.to.day) : "…";
  return from + " – " + to;
}

bool covers(const Dated& whole, const Dated& part) {
  return first_of(whole) <= first_of(part) && last_of(part) <= last_of(whole);
}

std::vector<std::size_t> on_days_of(std::span<const Dated> all, const Dated& wanted) {
  const Superseding superseding(all);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!overlap(all[i], wanted)) continue;
    bool superseded = false;
    for (std::size_t j = 0; j < all.size(); ++j) {
      superseded = superseded || (j != i && covers(all[j], wanted) && superseding.reaches(j, i));
    }
    if (!superseded) out.push_back(i);
  }
  return out;
}

Bound read_day(Context& context, Scope& scope, const Tree& tree, const Node& day) {
  Bound bound;
  if (const Node* date = day.child(NodeKind::date_literal)) bound.day = tree.literal(*date).day;
  if (const Node* open = day.child(NodeKind::undecided)) read_undecided(context, scope, tree, *open, bound);
  bound.doubt = read_note(context, tree, day);
  bound.doubt.doubtful = bound.doubt.doubtful || day.has(syntax::kDoubtful);
  return bound;
}

void read_period(Context& context, Scope& scope, const Tree& tree, const Node* period, Bound& from, Bound& to) {
  if (period == nullptr) return;
  const auto days = period->all(NodeKind::day);
  if (!days.empty()) from = read_day(context, scope, tree, *days[0]);
  if (days.size() > 1) to = read_day(context, scope, tree, *days[1]);
  const auto first = days_of(from);
  const auto last = days_of(to);
  if (first.empty() || last.empty()) return;
  const Day latest_first = *std::max_element(first.begin(), first.end());
  const Day earliest_last = *std::min_element(last.begin(), last.end());
  if (latest_first > earliest_last) {
    context.diagnostics.add(Code::period_reversed, tree.span(*period), {to_iso(earliest_last), to_iso(latest_first)});
  }
}

namespace {

Suspension read_suspension(Context& context, Scope& scope, const Tree& tree, const Node& node) {
  Suspension out;
  out.span = tree.span(node);
  read_period(context, scope, tree, node.child(NodeKind::period), out.from, out.to);
  out.text = plain_label(context, tree, node.child(NodeKind::label));
  return out;
}

// Some day of the suspension, in some reading, is a day of the period.
bool may_meet(const Suspension& suspension, const Bound& from, const Bound& to) {
  const auto begins = days_of(suspension.from);
  const auto ends = days_of(suspension.to);
  const auto first = days_of(from);
  const auto last = days_of(to);
  const bool too_late = !begins.empty() && !last.empty() &&
                        *std::min_element(begins.begin(), begins.end()) > *std::max_element(last.begin(), last.end());
  const bool too_early = !ends.empty() && !first.empty() &&
                         *std::max_element(ends.begin(), ends.end()) < *std::min_element(first.begin(), first.end());
  return !too_late && !too_early;
}

}  // namespace

template <class T>
void read_header(Context& context, Scope& scope, const Tree& tree, const Node& node, T& target) {
  const Node* name = name_node(node);
  if (name != nullptr) target.name = tree.name_text(*name);
  target.span = name == nullptr ? tree.span(node) : tree.span(*name);
  target.label = plain_label(context, tree, node.child(NodeKind::label));
  read_period(context, scope, tree, node.child(NodeKind::period), target.from, target.to);
  if (const Node* amends = node.child(NodeKind::amends); amends != nullptr && !amends->children.empty()) {
    target.amends = dotted(tree, *amends->children[0]);
  }
  for (const Node* supersedes : node.all(NodeKind::supersedes)) {
    for (const Node* other : supersedes->all(NodeKind::name)) target.supersedes.emplace_back(tree.name_text(*other));
  }
  if (const Node* published = node.child(NodeKind::published);
      published != nullptr && published->child(NodeKind::day) != nullptr) {
    target.published = read_day(context, scope, tree, *published->child(NodeKind::day));
  }
  for (const Node* suspended : node.all(NodeKind::suspended)) {
    if (suspended->has(syntax::kHasError)) continue;
    Suspension suspension = read_suspension(context, scope, tree, *suspended);
    if (!may_meet(suspension, target.from, target.to))
      context.diagnostics.add(Code::suspended_outside, suspension.span, {target.name});
    target.suspensions.push_back(std::move(suspension));
  }
  target.citations = read_citations(context, scope, Statement{&tree, &node}, node);
  if (target.citations.empty() && !node.has(syntax::kHasError))
    context.diagnostics.add(Code::without_citation, target.span, {target.name});
}
template void read_header(Context&, Scope&, const Tree&, const Node&, Version&);
template void read_header(Context&, Scope&, const Tree&, const Node&, Edition&);

void check_days(Context& context, std::span<const Dated> dated, bool gaps_matter) {
  check_superseded(context, dated);
  const std::vector<const Choice*> choices = open_choices(dated);
  std::size_t ways = 1;
  for (const Choice* c : choices) ways *= c->readings.size();
  if (ways > kMostReadings || choices.size() > kMostReadings) {
    context.diagnostics.add(Code::open_days_too_many, dated.front().span,
                            {dated.front().name, std::to_string(kMostReadings)});
    return;
  }
  // Each way of reading the open days by itself; what one of them shows need not be shown again.
  const std::size_t before = context.diagnostics.all().size();
  for (std::size_t way = 0; way < ways && context.diagnostics.all().size() == before; ++way) {
    const std::vector<Dated> read = read_in_one_way(dated, choices, way);
    check_overlaps(context, read, Superseding(read));
    if (gaps_matter) check_gaps(context, read);
  }
}

}  // namespace guiju::model
