// `guiju topup`: what a later notice adds to past decisions, receipt by receipt, and the sum.
#include <algorithm>
#include <map>
#include <ostream>
#include <string_view>

#include "cli/command.hpp"
#include "cli/receipts.hpp"
#include "cli/rules.hpp"
#include "cli/show.hpp"
#include "explain/show.hpp"
#include "receipt/top_up.hpp"

namespace guiju::cli {
namespace {

using receipt::Revision;

struct Line {
  std::string source, program, label;
  Revision revision;
  std::string version_was, version;  // as people call them
  std::vector<std::string> needs;
};
struct Unread {
  std::string source;
  plan::LocalText why;
};
struct Repeat {
  std::string source, first;
};

// Sums of fen; the upper one is unbounded as soon as one is.
struct Sum {
  i128 least = 0, most = 0;
  bool unbounded = false;
  void add(const run::MoneyRange& range) {
    least += range.least;
    most += range.most;
    unbounded = unbounded || range.unbounded;
  }
};

struct TopUps {
  std::vector<Line> raised, open, lost;
  std::size_t not_raised = 0;
  std::vector<Unread> faults;
  std::vector<Repeat> repeated;  // a receipt is raised once, however often it is given
  Sum total, open_total;
};

void sort_in(TopUps& all, Line line) {
  switch (line.revision.kind) {
    case Revision::raised:
      all.total.add(line.revision.top_up.amount);
      all.raised.push_back(std::move(line));
      return;
    case Revision::open: {
      run::MoneyRange sums = line.revision.top_up.amount;
      if (line.revision.outcome != run::Outcome::eligible) sums.least = 0;  // it may not qualify at all
      all.open_total.add(sums);
      all.open.push_back(std::move(line));
      return;
    }
    case Revision::no_longer_eligible:
      all.lost.push_back(std::move(line));
      return;
    case Revision::not_raised:
      ++all.not_raised;
      return;
  }
}

std::string called(const std::string& name, const plan::LocalText& label, bool english) {
  const std::string& text = label.in(english);
  return text.empty() ? name : text;
}

Line line_of(const ReceiptLine& from, const plan::ProgramInfo& program, Revision revision, bool english) {
  Line line{from.source, program.name, program.label.in(english), std::move(revision), {}, {}, {}};
  const auto version = [&](const std::string& name) {
    const auto found = std::find_if(program.sections.begin(), program.sections.end(),
                                    [&](const plan::Section& s) { return s.name == name; });
    return found == program.sections.end() ? name : called(name, found->label, english);
  };
  line.version_was = version(line.revision.version_was);
  line.version = version(line.revision.version);
  const auto& fields = program.layout.fields;
  for (const std::string& path : line.revision.needs) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.path == path; });
    const std::string label = found == fields.end() ? path : called(path, found->label, english);
    line.needs.push_back(label == path ? path : label + (english ? " (" + path + ")" : "(" + path + ")"));
  }
  return line;
}

TopUps revise_all(const Command& command, const std::vector<ReceiptLine>& lines,
                  const std::shared_ptr<const plan::Plan>& plan, Day known_on) {
  TopUps all;
  std::map<std::string_view, std::string_view> first_of;  // text of a receipt, canonical to the byte, to its source
  for (const ReceiptLine& line : lines) {
    auto read = receipt::read(line.text);
    if (!read) {
      all.faults.push_back({line.source, read.why});
      continue;
    }
    const auto [first, is_new] = first_of.emplace(line.text, line.source);
    if (!is_new) {
      all.repeated.push_back({line.source, std::string(first->second)});
      continue;
    }
    auto revision = receipt::revise(*read, plan, known_on);
    if (!revision) {
      all.faults.push_back({line.source, revision.why});
      continue;
    }
    const auto& program = plan->programs[plan->find_program(read->program)];
    sort_in(all, line_of(line, program, std::move(*revision), command.english));
  }
  return all;
}

class TopUpPage {
 public:
  explicit TopUpPage(const Command& command) : command_(command) {}

  void show(const TopUps& all, Day known_on) {
    const std::string day = explain::show_day(known_on, command_.english);
    out() << pick("按截至 " + day + " 的规则:", "by the rules as known on " + day + ":") << "\n";
    for (const Line& line : all.raised) {
      head(line);
      out() << "    " << money(line.revision.was.least) << version(line.version_was) << " → "
            << money(line.revision.now.least) << version(line.version) << pick(",补差 ", ", top-up ")
            << yuan(money(line.revision.top_up.amount.least)) << "\n";
    }
    for (const Line& line : all.open) {
      head(line);
      out() << "    " << granted(line) << pick(";未定,若符合,补差 ", "; open, the top-up if it qualifies: ")
            << range(line.revision.top_up.amount) << "\n";
      for (const std::string& need : line.needs) out() << "    ? " << need << "\n";
    }
    for (const Line& line : all.lost) {
      head(line);
      out() << "    " << granted(line) << pick(";现为", "; now ")
            << outcome_word(run::name_of(line.revision.outcome), command_.english)
            << pick(",不补,也不追回", ": nothing is added, nothing claimed back") << "\n";
    }
    for (const Repeat& repeat : all.repeated)
      out() << "  " << repeat.source << pick(":与 ", ": the same receipt as ") << repeat.first
            << pick(" 是同一份凭证,不重复计", ", counted once") << "\n";
    for (const Unread& fault : all.faults)
      out() << "  " << fault.source << pick(":", ": ") << fault.why.in(command_.english) << "\n";
    count(all);
  }

 private:
  std::ostream& out() { return command_.out; }
  [[nodiscard]] std::string pick(const std::string& zh, const std::string& en) const {
    return command_.english ? en : zh;
  }
  [[nodiscard]] static std::string money(i128 fen) { return explain::show_fen(fen); }
  [[nodiscard]] std::string yuan(const std::string& amount) const { return amount + pick(" 元", " yuan"); }
  [[nodiscard]] std::string version(const std::string& name) const {
    return name.empty() ? std::string() : pick("(", " (") + name + pick(")", ")");
  }
  template <typename Range>
  [[nodiscard]] std::string range(const Range& sums) const {
    if (sums.unbounded) return pick("不低于 ", "at least ") + yuan(money(sums.least));
    if (sums.least == sums.most) return yuan(money(sums.least));
    return money(sums.least) + pick(" 至 ", " to ") + yuan(money(sums.most));
  }

  // What the receipt says: a sum, or an interval where it was open.
  [[nodiscard]] std::string granted(const Line& line) const {
    const run::MoneyRange& was = line.revision.was;
    return (was.known() ? money(was.least) : range(was)) + version(line.version_was);
  }
  void head(const Line& line) {
    out() << "  " << line.source << "  " << (line.label.empty() ? line.program : line.label + version(line.program))
          << "\n";
  }

  void count(const TopUps& all) {
    const auto n = [](std::size_t count) { return std::to_string(count); };
    out() << pick("补差 " + n(all.raised.size()) + " 份,合计 ", n(all.raised.size()) + " raised, in all ")
          << yuan(money(all.total.least)) << "\n";
    if (!all.open.empty())
      out() << pick("未定 " + n(all.open.size()) + " 份,合计 ", n(all.open.size()) + " open, in all ")
            << range(all.open_total) << "\n";
    if (!all.lost.empty())
      out() << pick("不再符合 " + n(all.lost.size()) + " 份", n(all.lost.size()) + " no longer eligible") << "\n";
    out() << pick("无补差 " + n(all.not_raised) + " 份", n(all.not_raised) + " without a top-up") << "\n";
    if (!all.repeated.empty())
      out() << pick("重复 " + n(all.repeated.size()) + " 份", n(all.repeated.size()) + " given again") << "\n";
    if (!all.faults.empty())
      out() << pick("未能判定 " + n(all.faults.size()) + " 份", n(all.faults.size()) + " could not be decided") << "\n";
  }

  const Command& command_;
};

void write_range(json::Writer& out, const run::MoneyRange& range) {
  out.begin_array();
  out.text(explain::show_fen(range.least));
  range.unbounded ? out.null() : out.text(explain::show_fen(range.most));
  out.end_array();
}

void write_line(json::Writer& out, const Line& line) {
  const Revision& revision = line.revision;
  out.begin_object();
  out.member("source", line.source);
  out.member("program", line.program);
  out.member("outcome", run::name_of(revision.outcome));
  out.member_or_null("version_was", revision.version_was);
  out.member_or_null("version", revision.version);
  if (revision.kind == Revision::raised) {
    out.member("was", explain::show_fen(revision.was.least));
    out.member("now", explain::show_fen(revision.now.least));
    out.member("top_up", explain::show_fen(revision.top_up.amount.least));
  } else if (revision.kind == Revision::open) {
    out.key("top_up_between");
    write_range(out, revision.top_up.amount);
    out.key("needs");
    out.begin_array();
    for (const std::string& need : revision.needs) out.text(need);
    out.end_array();
  }
  out.end_object();
}

void write(const Command& command, const TopUps& all, Day known_on) {
  json::Writer out;
  out.begin_object();
  out.member("known_on", to_iso(known_on));
  out.member("total", explain::show_fen(all.total.least));
  const auto list = [&](const char* name, const std::vector<Line>& lines) {
    out.key(name);
    out.begin_array();
    for (const Line& line : lines) write_line(out, line);
    out.end_array();
  };
  list("raised", all.raised);
  list("open", all.open);
  list("no_longer_eligible", all.lost);
  out.key("not_raised");
  out.number(static_cast<std::int64_t>(all.not_raised));
  out.key("repeated");
  out.begin_array();
  for (const Repeat& repeat : all.repeated) {
    out.begin_object();
    out.member("source", repeat.source);
    out.member("same_as", repeat.first);
    out.end_object();
  }
  out.end_array();
  out.key("faults");
  out.begin_array();
  for (const Unread& fault : all.faults) {
    out.begin_object();
    out.member("source", fault.source);
    out.member("why", fault.why.in(command.english));
    out.end_object();
  }
  out.end_array();
  out.end_object();
  command.out << out.take() << "\n";
}

}  // namespace

int top_up(const Command& command, const TopUpOptions& options) {
  const auto compiled = compile_rules(command, options.rules);
  if (!compiled) return kUsage;
  show_findings(command, *compiled, true);
  if (compiled->plan == nullptr) return kUsage;
  const auto lines = read_receipts(command, options.receipts);
  if (!lines) return kUsage;
  const TopUps all = revise_all(command, *lines, compiled->plan, options.known_on);
  if (command.json) {
    write(command, all, options.known_on);
  } else {
    TopUpPage(command).show(all, options.known_on);
  }
  return all.faults.empty() ? kDone : kMistakes;
}

}  // namespace guiju::cli
