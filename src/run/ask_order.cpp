// Which question comes first: the one that settles most. Asking the head of the list again and again, and answering
// truthfully, ends in the true decision: every answer leaves fewer open facts.
#include <algorithm>
#include <array>
#include <string_view>

#include "run/split.hpp"

namespace guiju::run {

namespace {

constexpr std::size_t kMostCells = 16;
constexpr i128 kWidest = 1'000'000'000'000'000'000;

// Who can answer, by the words after `at`: at the till at once, the applicant from a paper, the officer who looks it
// up.
int distance(const plan::FieldInfo& field) {
  constexpr auto till = std::to_array<std::string_view>({"收银", "till", "checkout", "counter"});
  constexpr auto officer = std::to_array<std::string_view>({"经办", "审核", "主管", "officer", "authority", "office"});
  const auto says = [&](std::string_view word) {
    return field.at.zh.str().find(word) != std::string::npos || field.at.en.str().find(word) != std::string::npos;
  };
  if (std::any_of(till.begin(), till.end(), says)) return 0;
  return std::any_of(officer.begin(), officer.end(), says) ? 2 : 1;
}

// Of the cells of a fact: how many settle the case, and how wide the amount stays.
struct Question {
  const OpenSource* source = nullptr;
  i128 cells = 1, settled = 0, width = 0;
  int distance = 0;
  std::size_t declared = 0;

  [[nodiscard]] bool before(const Question& other) const {
    const i128 mine = settled * other.cells;
    const i128 its = other.settled * cells;
    if (mine != its) return mine > its;
    const i128 narrow = width / cells;
    const i128 wide = other.width / other.cells;
    if (narrow != wide) return narrow < wide;
    if (distance != other.distance) return distance < other.distance;
    return declared < other.declared;
  }
};

i128 width_of(const Decision& d) {
  if (!d.has_amount || d.outcome == Outcome::ineligible) return 0;
  return d.amount.unbounded ? kWidest : std::min(kWidest, d.amount.most - d.amount.least);
}

// In the order of the layout; entries of lists at their list's place.
std::size_t place_of(const Facts& facts, const std::string& path) {
  const std::string_view root = std::string_view(path).substr(0, path.find('['));
  const auto& fields = facts.layout().fields;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const plan::FieldInfo& f) { return f.path == root; });
  return static_cast<std::size_t>(found - fields.begin());
}

void weigh(Question& question, Prober& prober, Decision& scratch) {
  const std::vector<Cell> cells = prober.cells(*question.source);
  const std::size_t count = std::min(cells.size(), kMostCells);
  question.cells = static_cast<i128>(std::max<std::size_t>(count, 1));
  for (std::size_t i = 0; i < count && !prober.exhausted(); ++i) {
    prober.supposed.suppose(*question.source, cells[i * cells.size() / count]);
    prober.run(scratch);
    prober.supposed.drop();
    question.settled += scratch.outcome == Outcome::undetermined ? 0 : 1;
    question.width += width_of(scratch);
  }
}

}  // namespace

void order_questions(const Facts& facts, Prober& prober, Decision& decision) {
  decision.needs.clear();
  decision.stuck_on.clear();
  if (decision.outcome != Outcome::undetermined) return;
  std::vector<Question> questions;
  std::vector<Question> unanswerable;
  for (const OpenSource& source : decision.open) {
    if (source.fact == nullptr) continue;
    Question question;
    question.source = &source;
    question.distance = distance(*source.field);
    question.declared = place_of(facts, source.path);
    (source.fact->state == FactState::unknowable ? unanswerable : questions).push_back(question);
  }
  const auto before = [](const Question& a, const Question& b) { return a.before(b); };
  std::stable_sort(unanswerable.begin(), unanswerable.end(), before);
  if (questions.size() > 1) {
    Decision scratch;
    for (Question& question : questions) weigh(question, prober, scratch);
  }
  std::stable_sort(questions.begin(), questions.end(), before);
  for (const Question& question : questions) decision.needs.push_back(question.source->path);
  if (!questions.empty()) return;
  for (const Question& question : unanswerable) decision.stuck_on.push_back(question.source->path);
}

}  // namespace guiju::run
