// `guiju batch`: a file of many cases of one programme, decided over all cores. A block of records is read, decided by
// one thread and written in its turn, so that the answers stand in the order of the cases and memory does not grow with
// the file.
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <thread>

#include "cli/case_answer.hpp"
#include "cli/command.hpp"
#include "cli/csv_case.hpp"
#include "cli/records.hpp"
#include "cli/rules.hpp"

namespace guiju::cli {
namespace {

using run::Outcome;

constexpr std::size_t kBlockRecords = 1024;
constexpr std::size_t kBlockBytes = 1U << 20U;
constexpr std::size_t kShownFaults = 20;
constexpr unsigned kMostJobs = 256;

// What all threads read.
struct Batch {
  std::shared_ptr<const plan::Plan> plan;
  plan::Index program = plan::kNone;
  std::optional<json::ProgramNames> names;
  std::optional<CsvCase> csv;  // none: lines of JSON
  run::Options options;
  bool english = false, writes_csv = false;
};

struct Fault {
  std::size_t line;
  std::string why;
};
struct Block {
  std::vector<Record> records;
  std::size_t bytes_read = 0;  // of the file, when it had been read
};
struct Decided {
  std::string text;
  std::map<Outcome, std::size_t> counts;
  std::vector<Fault> faults;
  std::size_t bytes_read = 0;
};

CaseAnswer answer(const Batch& batch, CaseDecider& decider, const Record& record) {
  if (record.too_long) return decider.refuse(record.line, {"这一行过长", "this record is too long"});
  if (!batch.csv) return decider.decide(record.line, record.text);
  const auto cells = csv_cells(record.text);
  if (!cells) return decider.refuse(record.line, {"引号没有配对", "a quote is not closed where a cell ends"});
  if (cells->size() != batch.csv->width()) {
    const std::string has = std::to_string(cells->size());
    const std::string wants = std::to_string(batch.csv->width());
    return decider.refuse(
        record.line, {"有 " + has + " 格,表头有 " + wants + " 格", "it has " + has + " cells, the header " + wants});
  }
  return decider.decide(record.line, batch.csv->json(*cells));
}

Decided decide_block(const Batch& batch, CaseDecider& decider, const Block& block) {
  Decided out;
  out.bytes_read = block.bytes_read;
  for (const Record& record : block.records) {
    const CaseAnswer one = answer(batch, decider, record);
    ++out.counts[one.outcome];
    if (one.outcome == Outcome::invalid)
      out.faults.push_back({one.line, one.invalid.empty() ? std::string() : one.invalid.front()});
    batch.writes_csv ? append_csv(out.text, one) : append_json(out.text, one);
  }
  return out;
}

// A bar on standard error, where that is a terminal and the length of the file is known; drawn as a percent is full.
class Progress {
 public:
  Progress(const Command& command, std::size_t total)
      : command_(command), total_(&command.err == &std::cerr && isatty(STDERR_FILENO) != 0 ? total : 0) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (drawn_ >= 0) command_.err << "\r\x1b[K" << std::flush;
  }

  void reach(std::size_t bytes, std::size_t cases) {
    if (total_ == 0) return;
    const int percent = static_cast<int>(std::min<std::size_t>(bytes * 100 / total_, 100));
    if (percent == drawn_) return;
    drawn_ = percent;
    const auto full = static_cast<std::size_t>(percent) * kWidth / 100;
    command_.err << "\r[" << std::string(full, '#') << std::string(kWidth - full, '.') << "] " << percent << "%  "
                 << cases << command_.pick(" 件", " cases") << std::flush;
  }

 private:
  static constexpr std::size_t kWidth = 40;
  const Command& command_;
  std::size_t total_;
  int drawn_ = -1;
};

std::optional<Block> read_block(Records& records) {
  Block block;
  std::size_t bytes = 0;
  while (block.records.size() < kBlockRecords && bytes < kBlockBytes) {
    auto record = records.next();
    if (!record) break;
    bytes += record->text.size();
    block.records.push_back(std::move(*record));
  }
  block.bytes_read = records.bytes();
  if (block.records.empty()) return std::nullopt;
  return block;
}

// Every block in its turn, at most two for each thread at once.
class Pipeline {
 public:
  Pipeline(const Batch& batch, unsigned jobs) : batch_(batch), jobs_(jobs) {}

  template <typename Write>
  void run(Records& records, Write write) {
    while (auto block = read_block(records)) {
      if (jobs_ == 1) {
        Worker worker = take();
        write(decide_block(batch_, *worker, *block));
        give_back(std::move(worker));
        continue;
      }
      if (running_.size() == 2 * std::size_t{jobs_}) finish(write);
      running_.push_back(start(std::move(*block)));
    }
    while (!running_.empty()) finish(write);
  }

 private:
  using Worker = std::unique_ptr<CaseDecider>;
  struct Done {
    Decided decided;
    Worker worker;
  };

  Worker take() {
    if (idle_.empty()) {
      return std::make_unique<CaseDecider>(batch_.plan, batch_.program, *batch_.names, batch_.options, batch_.english);
    }
    Worker worker = std::move(idle_.back());
    idle_.pop_back();
    return worker;
  }
  void give_back(Worker worker) { idle_.push_back(std::move(worker)); }

  std::future<Done> start(Block block) {
    return std::async(std::launch::async, [this, block = std::move(block), worker = take()]() mutable {
      Decided decided = decide_block(batch_, *worker, block);
      return Done{std::move(decided), std::move(worker)};
    });
  }
  template <typename Write>
  void finish(Write& write) {
    Done done = running_.front().get();
    running_.pop_front();
    give_back(std::move(done.worker));
    write(std::move(done.decided));
  }

  const Batch& batch_;
  unsigned jobs_;
  std::vector<Worker> idle_;
  std::deque<std::future<Done>> running_;
};

bool ends_with(const std::string& path, const char* ending) {
  return std::filesystem::path(path).extension() == ending;
}

// By its name, else by how it begins: a line of JSON is an object.
bool is_csv(const std::string& path, std::istream& in) {
  if (ends_with(path, ".csv")) return true;
  if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson") || ends_with(path, ".json")) return false;
  return (in >> std::ws).peek() != '{';
}

// The header of a CSV file; a status where it is wrong.
std::optional<int> read_header(const Command& command, Batch& batch, Records& records) {
  const auto header = records.next();
  if (!header) return command.usage_error("文件是空的", "the file is empty");
  const auto cells = csv_cells(header->text);
  if (!cells) return command.usage_error("表头的引号没有配对", "a quote of the header is not closed");
  plan::LocalText fault;
  batch.csv.emplace(batch.plan->programs[batch.program].layout, batch.names->facts(), *cells, fault);
  if (!fault.zh.empty()) return command.usage_error(fault.zh, fault.en);
  return std::nullopt;
}

struct Summary {
  std::size_t cases = 0, faults = 0;
  std::map<Outcome, std::size_t> counts;
  std::vector<Fault> shown;
};

void summarise(const Command& command, const Summary& all) {
  command.err << all.cases << command.pick(" 件", " cases");
  const char* between = command.pick(":", ": ");
  for (const auto& [outcome, count] : all.counts) {
    command.err << between << run::name_of(outcome) << " " << count;
    between = command.pick(",", ", ");
  }
  command.err << "\n";
  for (const Fault& fault : all.shown)
    command.err << "  " << command.pick("第 ", "line ") << fault.line << command.pick(" 行:", ": ") << fault.why
                << "\n";
  if (all.faults > all.shown.size()) {
    command.err << "  " << command.pick("另有 ", "and ") << all.faults - all.shown.size()
                << command.pick(" 行", " more") << "\n";
  }
}

std::size_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::size_t>(size);
}

int decide_stream(const Command& command, const BatchOptions& options, Batch& batch, std::istream& in,
                  std::ostream& out) {
  Records records(in, is_csv(options.facts, in));
  const bool csv = records.is_csv();
  batch.writes_csv = options.output.empty() || options.output == "-" ? csv : ends_with(options.output, ".csv");
  if (csv) {
    if (const auto status = read_header(command, batch, records)) return *status;
  }
  const unsigned jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  Summary all;
  {
    Progress progress(command, options.facts == "-" ? 0 : size_of(options.facts));
    if (batch.writes_csv) out << kAnswerHeader;
    Pipeline(batch, std::min(jobs, kMostJobs)).run(records, [&](Decided decided) {
      out << decided.text;
      for (const auto& [outcome, count] : decided.counts) {
        all.counts[outcome] += count;
        all.cases += count;
      }
      all.faults += decided.faults.size();
      for (Fault& fault : decided.faults)
        if (all.shown.size() < kShownFaults) all.shown.push_back(std::move(fault));
      progress.reach(decided.bytes_read, all.cases);
    });
    out.flush();
  }
  summarise(command, all);
  if (!out) return command.usage_error("答案无法全部写出", "the answers could not all be written");
  return all.faults == 0 ? kDone : kInvalid;
}

}  // namespace

int batch(const Command& command, const BatchOptions& options) {
  const auto compiled = compile_rules(command, options.rules);
  if (!compiled) return kUsage;
  show_findings(command, *compiled, true);
  if (compiled->plan == nullptr) return kMistakes;
  Batch batch;
  batch.plan = compiled->plan;
  batch.options.as_at = options.as_at;
  batch.options.known_on = options.known_on;
  batch.english = command.english;
  const auto program = find_program(command, *batch.plan, options.program, plan::ProgramInfo::program);
  if (!program) return kUsage;
  if (batch.plan->programs[*program].kind != plan::ProgramInfo::program)
    return command.usage_error(options.program + " 不是项目,请用 guiju decide",
                               options.program + " is no programme; use guiju decide");
  batch.program = *program;
  batch.names.emplace(*batch.plan, *program);

  std::ifstream file;
  if (options.facts != "-") {
    std::error_code none;
    const bool folder = std::filesystem::is_directory(options.facts, none);
    if (!folder) file.open(options.facts, std::ios::binary);
    if (folder || !file) return command.usage_error("无法读取:" + options.facts, "cannot read " + options.facts);
  }
  std::istream& in = options.facts == "-" ? command.in : file;
  if (options.output.empty() || options.output == "-") return decide_stream(command, options, batch, in, command.out);
  std::error_code ignored;
  if (std::filesystem::equivalent(options.facts, options.output, ignored))
    return command.usage_error("答案不能写进事实文件本身", "the answers cannot be written over the facts");
  std::ofstream out(options.output, std::ios::binary);
  if (!out) return command.usage_error("无法写入:" + options.output, "cannot write " + options.output);
  const int status = decide_stream(command, options, batch, in, out);
  out.flush();
  return out ? status : command.usage_error("无法写入:" + options.output, "cannot write " + options.output);
}

}  // namespace guiju::cli
