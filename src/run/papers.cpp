// See papers.hpp.
#include "run/papers.hpp"

#include <algorithm>

namespace guiju::run {

using plan::Index;

namespace {

bool same_mark(const Mark& a, const Mark& b) {
  return a.kind == b.kind && a.choice == b.choice && a.slot == b.slot;
}

void hang_on(OpenPaper& paper, const std::vector<std::string>& facts, const std::vector<Mark>& texts) {
  paper.surely = false;
  for (const std::string& path : facts) {
    if (std::find(paper.needs.begin(), paper.needs.end(), path) == paper.needs.end()) paper.needs.push_back(path);
  }
  for (const Mark& mark : texts) {
    const auto same = [&](const Mark& m) { return same_mark(m, mark); };
    // Gaps are told by their own version.
    if (mark.gap_index == plan::kNone && std::none_of(paper.marks.begin(), paper.marks.end(), same))
      paper.marks.push_back(mark);
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
      decision.owed.push_back(paper.document);
    } else {
      decision.papers.push_back(paper);
    }
  }
}

}  // namespace guiju::run
