// See read_case.hpp. The object is read once for each programme: that is simple, and rulebooks are small.
#include "json/read_case.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "diagnostics/suggest.hpp"

namespace guiju::json {
namespace {

std::string root_of(const std::string& path) {
  return path.substr(0, path.find_first_of(".["));
}

std::set<std::string> roots_of_dates(const plan::ProgramInfo& program) {
  std::set<std::string> roots;
  for (const plan::Op& op : program.dates.ops) {
    if (op.code == plan::Operation::FACT) roots.insert(root_of(program.layout.fields[op.aux].path));
  }
  return roots;
}

class CaseReader {
 public:
  CaseReader(run::CaseFacts& facts, const CaseNames& names, std::string_view text, const ReadLimits& limits)
      : facts_(facts), names_(names), text_(text), limits_(limits), results_(facts.facts.size()) {}

  CaseReading read() {
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (names_.of(i) == nullptr) continue;
      read(i, {});
      if (!results_[i].reading.malformed) continue;
      reading_.malformed = true;
      reading_.mistake = results_[i].reading.mistake;
      reading_.refused = results_[i].reading.refused;
      return std::move(reading_);
    }
    refuse_unknown();
    settle_misfits();
    choose_asked();
    return std::move(reading_);
  }

 private:
  void read(plan::Index program, const std::vector<std::string>& leave_out) {
    facts_.facts[program]->reset();
    results_[program] = read_shared_facts(*facts_.facts[program], *names_.of(program), text_, leave_out, limits_);
  }

  // ---- which programmes the facts speak of

  // Those whose object is given: what their dates are read from. Then, for a name that none of them takes, all that
  // take it. So the buyer of a refrigerator, who is a buyer to many programmes, is not asked about a bicycle; and
  // nothing that was given is left to no programme.
  void choose_asked() {
    std::set<std::string> spoken_for{"documents"};
    const auto ask = [&](plan::Index i) {
      facts_.asked[i] = true;
      spoken_for.insert(results_[i].taken.begin(), results_[i].taken.end());
    };
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (takes(i, [&](const std::string& name) { return names_.dated_by(i).contains(name); })) ask(i);
    }
    const std::set<std::string> before = spoken_for;
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (!facts_.asked[i] && takes(i, [&](const std::string& name) { return !before.contains(name); })) ask(i);
    }
  }

  template <typename Fits>
  [[nodiscard]] bool takes(plan::Index program, Fits fits) const {
    const auto& taken = results_[program].taken;
    return std::any_of(taken.begin(), taken.end(), fits);
  }

  // ---- names that nobody gives

  void refuse_unknown() {
    std::map<std::string, std::size_t> unknown;
    std::size_t readers = 0;
    std::vector<std::string> known;
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (names_.of(i) == nullptr) continue;
      ++readers;
      for (const std::string& name : std::set(results_[i].unknown.begin(), results_[i].unknown.end())) ++unknown[name];
      const auto& root = names_.of(i)->facts().node(FactNames::kRoot);
      for (const auto& [name, index] : root.names) known.push_back(name);
    }
    for (const auto& [name, count] : unknown) {
      // A document's name stands as unknown only with those that have documents at all.
      if (count < readers && (name.find('.') == std::string::npos || known_document(name))) continue;
      const auto near = nearest_name(name, known);
      reading_.refused.push_back(
          {name,
           "",
           {near ? "没有项目给定这一项,是否想写 " + *near + "?" : "没有项目给定这一项",
            near ? "no programme is given this; did you mean " + *near + "?" : "no programme is given this"}});
    }
  }

  [[nodiscard]] bool known_document(const std::string& path) const {
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (names_.of(i) != nullptr && facts_.facts[i]->find(path).field != plan::kNone) return true;
    }
    return false;
  }

  // ---- names that mean another record elsewhere

  [[nodiscard]] std::set<std::string> misfits(plan::Index program) const {
    std::set<std::string> roots;
    for (const run::BadFact& bad : results_[program].reading.refused) roots.insert(root_of(bad.path));
    for (const run::BadFact& bad : facts_.facts[program]->bad()) roots.insert(root_of(bad.path));
    return roots;
  }

  void settle_misfits() {
    std::set<std::string> fitting;
    std::vector<std::set<std::string>> misfitting(results_.size());
    for (plan::Index i = 0; i < results_.size(); ++i) {
      if (names_.of(i) == nullptr) continue;
      misfitting[i] = misfits(i);
      for (const std::string& name : results_[i].taken) {
        if (!misfitting[i].contains(name)) fitting.insert(name);
      }
    }
    for (plan::Index i = 0; i < results_.size(); ++i) {
      std::vector<std::string> leave_out;
      for (const std::string& name : misfitting[i]) {
        if (fitting.contains(name)) leave_out.push_back(name);
      }
      if (!leave_out.empty()) read(i, leave_out);
      for (const run::BadFact& bad : results_[i].reading.refused) refuse(bad);
    }
  }

  void refuse(const run::BadFact& bad) {
    const auto same = [&](const run::BadFact& other) { return other.path == bad.path; };
    if (std::none_of(reading_.refused.begin(), reading_.refused.end(), same)) reading_.refused.push_back(bad);
  }

  run::CaseFacts& facts_;
  const CaseNames& names_;
  std::string_view text_;
  const ReadLimits& limits_;
  std::vector<SharedReadResult> results_;
  CaseReading reading_;
};

}  // namespace

CaseNames::CaseNames(const plan::Plan& plan) {
  for (plan::Index i = 0; i < plan.programs.size(); ++i) {
    const auto kind = plan.programs[i].kind;
    const bool of_a_case = kind == plan::ProgramInfo::program || kind == plan::ProgramInfo::group;
    names_.push_back(of_a_case ? std::make_unique<ProgramNames>(plan, i) : nullptr);
    dated_by_.push_back(roots_of_dates(plan.programs[i]));
  }
}

CaseReading read_case(run::CaseFacts& facts, const CaseNames& names, std::string_view text, const ReadLimits& limits) {
  return CaseReader(facts, names, text, limits).read();
}

}  // namespace guiju::json
