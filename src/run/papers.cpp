// See papers.hpp.
#include "run/papers.hpp"

#include <algorithm>

#include "run/machine.hpp"
#include "run/outcomes.hpp"

namespace guiju::run {

using plan::Index;

namespace {

void hang_on(OpenPaper& paper, const std::vector<std::string>& facts, const std::vector<Mark>& texts) {
  paper.surely = false;
  for (const std::string& path : facts) {
    if (std::find(paper.needs.begin(), paper.needs.end(), path) == paper.needs.end()) paper.needs.push_back(path);
  }
  for (const Mark& mark : texts) {
    const bool is_new = std::find(paper.marks.begin(), paper.marks.end(), mark) == paper.marks.end();
    // Gaps are told by their own version.
    if (mark.gap_index == plan::kNone && is_new) paper.marks.push_back(mark);
  }
}

}  // namespace

std::vector<OpenPaper> papers_of(const Decision& decision) {
  std::vector<OpenPaper> out;
  for (const Index document : decision.owed) {
    OpenPaper& paper = out.emplace_back();
    paper.section = decision.section;
    paper.document = document;
    paper.surely = true;
  }
  out.insert(out.end(), decision.papers.begin(), decision.papers.end());
  return out;
}

const std::string& Papers::name_of(const OpenPaper& paper) const {
  return program_->sections[paper.section].documents[paper.document].name;
}

void Papers::join(const std::vector<OpenPaper>& papers, const std::vector<std::string>& facts,
                  const std::vector<Mark>& texts) {
  if (first_) {
    all_ = papers;
    first_ = false;
    return;
  }
  const auto find = [&](std::vector<OpenPaper>& among, const OpenPaper& one) {
    return std::find_if(among.begin(), among.end(), [&](const OpenPaper& p) { return name_of(p) == name_of(one); });
  };
  std::vector<OpenPaper> others = papers;
  for (OpenPaper& paper : all_) {
    const auto other = find(others, paper);
    if (other == others.end()) {
      hang_on(paper, facts, texts);
    } else if (!paper.surely || !other->surely) {
      // Owed in every way of one of the two: what tells the two apart says something, too.
      const bool apart = paper.surely != other->surely;
      hang_on(paper, other->needs, other->marks);
      if (apart) hang_on(paper, facts, texts);
    }
  }
  for (OpenPaper& other : others) {
    if (find(all_, other) != all_.end()) continue;
    hang_on(other, facts, texts);
    all_.push_back(std::move(other));
  }
}

void tell_papers(const Papers& papers, Decision& decision) {
  decision.owed.clear();
  decision.papers.clear();
  for (const OpenPaper& paper : papers.all()) {
    if (paper.surely && paper.section == decision.section) {
      decision.owed.insert(paper.document);
    } else {
      decision.papers.push_back(paper);
    }
  }
}

namespace {

constexpr std::size_t kDeepestCase = 8;

// Whether one paper is owed, over all cases in which something may be granted.
class PaperByCases {
 public:
  PaperByCases(const Facts& facts, Prober& prober, std::string name)
      : facts_(facts), program_(facts.plan().programs[facts.program()]), prober_(prober), name_(std::move(name)) {}

  struct Ways {
    bool owed = false, not_owed = false;
    void add(const Ways& more) {
      owed = owed || more.owed;
      not_owed = not_owed || more.not_owed;
    }
  };

  Ways ways(std::size_t depth = 0) {
    Decision here;
    prober_.run(here);
    if (!may_be_granted(here.outcome)) return {};
    const std::vector<OpenPaper> all = papers_of(here);
    const auto paper = std::find_if(all.begin(), all.end(), [&](const OpenPaper& p) {
      return program_.sections[p.section].documents[p.document].name == name_;
    });
    if (paper == all.end()) return {false, true};
    if (paper->surely) return {true, false};
    const bool one_version = paper->section == here.section;
    if (!one_version || depth == kDeepestCase || prober_.exhausted()) return {true, true};
    const std::vector<OpenSource> sources = on_several_paths(here, paper->document);
    if (sources.empty()) return {true, true};
    Ways out;
    for (const Cell& cell : prober_.cells(sources.front())) {
      prober_.supposed.suppose(sources.front(), cell);
      out.add(ways(depth + 1));
      prober_.supposed.drop();
      if (out.owed && out.not_owed) break;
    }
    return out;
  }

 private:
  // What reaches the condition of the paper on several paths, as the case stands.
  std::vector<OpenSource> on_several_paths(Decision& here, Index document) {
    const plan::Section& section = program_.sections[here.section];
    here.supposed = &prober_.supposed;
    Machine machine(facts_.plan(), section, facts_, here);
    machine.run(0, section.reasons_begin);
    Support support;
    machine.support(section.documents[document].when, support);
    here.supposed = nullptr;
    std::erase_if(support.sources,
                  [](const OpenSource& s) { return s.paths < 2 || s.split || s.cls == plan::SlotClass::list; });
    return std::move(support.sources);
  }

  const Facts& facts_;
  const plan::ProgramInfo& program_;
  Prober& prober_;
  std::string name_;
};

}  // namespace

void settle_papers(const Facts& facts, Prober& prober, Decision& decision) {
  if (decision.papers.empty() || !may_be_granted(decision.outcome)) return;
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  std::vector<OpenPaper> kept;
  for (OpenPaper& paper : papers_of(decision)) {
    if (!paper.surely) {
      const auto found =
          PaperByCases(facts, prober, program.sections[paper.section].documents[paper.document].name).ways();
      if (found.not_owed && !found.owed) continue;
      paper.surely = found.owed && !found.not_owed;
    }
    kept.push_back(std::move(paper));
  }
  Papers papers(program);
  papers.join(kept, {}, {});
  tell_papers(papers, decision);
}

}  // namespace guiju::run
