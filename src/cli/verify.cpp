// `guiju verify`: receipts decided again. One receipt is shown in full; of many those that differ, and how many there
// are.
#include <algorithm>
#include <ostream>

#include "cli/command.hpp"
#include "cli/receipts.hpp"
#include "cli/rules.hpp"
#include "receipt/receipt.hpp"

namespace guiju::cli {
namespace {

struct Checked {
  std::string source;
  std::optional<receipt::Receipt> receipt;
  plan::LocalText fault;  // where it is no receipt
  receipt::Verification found;
  [[nodiscard]] bool same() const { return receipt && found.same(); }
  [[nodiscard]] bool reworded() const { return receipt && found.reworded(); }
};

Checked check_one(const ReceiptLine& line, const std::shared_ptr<const plan::Plan>& plan) {
  Checked checked;
  checked.source = line.source;
  auto read = receipt::read(line.text);
  if (!read) {
    checked.fault = read.why;
    return checked;
  }
  checked.found = receipt::verify(*read, plan);
  checked.receipt = std::move(*read);
  return checked;
}

std::string shortened(const std::string& hash) {
  return hash.substr(0, 12);
}

void show_difference(const Command& command, const json::Difference& difference) {
  const auto side = [&](const std::string& value) {
    return value.empty() ? std::string(command.pick("(没有)", "(nothing)")) : value;
  };
  command.out << "  " << command.pick("首个不同之处:", "first difference: ") << difference.path << "\n";
  command.out << "    " << command.pick("凭证:", "was: ") << side(difference.was) << "\n";
  command.out << "    " << command.pick("现在:", "now: ") << side(difference.now) << "\n";
}

void show_wording(const Command& command, const receipt::Verification& found) {
  command.out << "  "
              << (found.same_engine ? command.pick("结论相同,但说明文字不同",
                                                   "the answer is the same, but not the words in which it is told")
                                    : command.pick("结论相同;说明文字是另一版引擎写的,本版的措辞不同",
                                                   "the answer is the same; its words are those of another version of "
                                                   "the engine"))
              << "\n";
}

void report(const Command& command, const Checked& checked, const plan::Plan& plan, bool with_source) {
  if (with_source) command.out << checked.source << command.pick(":", ": ");
  if (!checked.receipt) {
    command.out << command.pick("不一致", "not the same") << "\n  " << checked.fault.in(command.english) << "\n";
    return;
  }
  const receipt::Receipt& receipt = *checked.receipt;
  command.out << (!checked.same()            ? command.pick("不一致", "not the same")
                  : checked.found.reworded() ? command.pick("判定一致,措辞不同", "decided the same, in other words")
                                             : command.pick("逐字节一致", "same, to the byte"))
              << "\n";
  const plan::Index program = plan.find_program(receipt.program);
  const std::string label = program == plan::kNone ? "" : plan.programs[program].label.in(command.english);
  command.out << "  " << receipt.program << (label.empty() ? "" : command.pick(",", ", ") + label)
              << command.pick(",引擎 ", ", engine ") << receipt.engine << command.pick(",格式 ", ", format ")
              << receipt.format << "\n";
  if (!checked.found.same_engine) {
    command.out << "  " << command.pick("凭证称由引擎 ", "it says that engine ") << receipt.engine
                << command.pick(" 写成,本版引擎无从核对", " wrote it, which this one cannot check") << "\n";
  }
  if (!checked.found.intact) {
    command.out << "  "
                << command.pick(
                       "凭证写成之后有过改动:与其中的哈希不符,或不是规范写法",
                       "the receipt was changed after it was written: it does not fit its hashes, or is not in "
                       "canonical form")
                << "\n";
  }
  if (!checked.found.same_rules) {
    command.out << "  "
                << command.pick("规则不是当时的规则:当时 ", "the rules are not those of the receipt: they were ")
                << shortened(receipt.rules_sha256) << command.pick("…,现在 ", "…, now ") << shortened(plan.rules_sha256)
                << "…\n";
    if (checked.found.same_answer) {
      command.out << "  "
                  << command.pick("按现在的规则重新判定,结论相同",
                                  "decided again by the present rules, the answer is the same")
                  << "\n";
    }
  }
  if (checked.found.same_answer && !checked.found.same_words) show_wording(command, checked.found);
  if (checked.found.difference) show_difference(command, *checked.found.difference);
}

void write(json::Writer& out, const Command& command, const Checked& checked) {
  out.begin_object();
  out.member("source", checked.source);
  out.member("same", checked.same());
  if (!checked.receipt) {
    out.member("fault", checked.fault.in(command.english));
    out.end_object();
    return;
  }
  out.member("program", checked.receipt->program);
  out.member("engine", checked.receipt->engine);
  out.key("format");
  out.number(checked.receipt->format);
  out.member("intact", checked.found.intact);
  out.member("same_rules", checked.found.same_rules);
  out.member("same_answer", checked.found.same_answer);
  out.member("same_words", checked.found.same_words);
  out.key("difference");
  if (checked.found.difference) {
    out.begin_object();
    out.member("path", checked.found.difference->path);
    out.member_or_null("was", checked.found.difference->was);
    out.member_or_null("now", checked.found.difference->now);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

int verify(const Command& command, const VerifyOptions& options) {
  const auto compiled = compile_rules(command, options.rules);
  if (!compiled) return kUsage;
  show_findings(command, *compiled, true);
  if (compiled->plan == nullptr) return kUsage;
  const auto lines = read_receipts(command, options.receipts);
  if (!lines) return kUsage;
  std::vector<Checked> all;
  for (const ReceiptLine& line : *lines) all.push_back(check_one(line, compiled->plan));
  const auto same =
      static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Checked& c) { return c.same(); }));
  const bool good = same == all.size();
  if (command.json) {
    json::Writer out;
    out.begin_object();
    out.member("same", good);
    out.key("receipts");
    out.begin_array();
    for (const Checked& checked : all) write(out, command, checked);
    out.end_array();
    out.end_object();
    command.out << out.take() << "\n";
    return good ? kDone : kMistakes;
  }
  for (const Checked& checked : all) {
    if (all.size() == 1 || !checked.same()) report(command, checked, *compiled->plan, all.size() > 1);
  }
  if (all.size() > 1) {
    const auto reworded = std::count_if(all.begin(), all.end(), [](const Checked& c) { return c.reworded(); });
    command.out << all.size() << command.pick(" 份凭证:", " receipts: ");
    if (!good)
      command.out << all.size() - same << command.pick(" 份不一致", " not the same");
    else if (reworded != 0)
      command.out << command.pick("全部判定一致,其中 ", "all decided the same, ") << reworded
                  << command.pick(" 份措辞不同", " in other words");
    else
      command.out << command.pick("全部逐字节一致", "all the same, to the byte");
    command.out << "\n";
  }
  return good ? kDone : kMistakes;
}

}  // namespace guiju::cli
