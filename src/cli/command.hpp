// What the subcommands share: where they write, in which language, and how they end.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "values/calendar.hpp"

namespace guiju::cli {

enum ExitStatus : int { kDone = 0, kMistakes = 1, kUsage = 2, kInvalid = 3 };

struct Command {
  std::ostream& out;  // results
  std::ostream& err;  // messages
  std::istream& in;
  bool english = false;
  bool json = false;
  std::string root;  // of the rules, where it is named

  [[nodiscard]] Language language() const { return english ? Language::en : Language::zh; }
  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english ? en : zh; }
  // One line to standard error, `guiju: …`; the status.
  int usage_error(const std::string& zh, const std::string& en) const;
};

struct DecideOptions {
  std::string program;
  std::vector<std::string> rules;
  std::string facts;  // a file, or "-"
  std::optional<Day> as_at, known_on;
  bool all = false;                // every programme, and what may be granted together; `program` is empty
  std::string receipt;             // a file that does not exist yet, "-" for standard output, or empty
  std::vector<std::string> masks;  // paths of texts that the receipt does not show
  bool trace = false;
  bool remedies = false;
};
struct BatchOptions {
  std::string program;
  std::vector<std::string> rules;
  std::string facts;   // a file of many cases, .csv or .jsonl, or "-"
  std::string output;  // likewise; empty: standard output
  unsigned jobs = 0;   // threads; 0: as many as there are cores
  std::optional<Day> as_at, known_on;
};
struct VerifyOptions {
  std::vector<std::string> receipts;  // files, folders, or "-"
  std::vector<std::string> rules;
};
struct TopUpOptions {
  std::vector<std::string> receipts;  // files, folders, or "-"
  std::vector<std::string> rules;
  Day known_on = 0;
};
struct FormatOptions {
  std::vector<std::string> paths;
  bool check = false;
  std::string keywords;  // "", "en", "zh"
};

struct EmitOptions {
  std::vector<std::string> programs;
  std::vector<std::string> rules;
  std::string folder;  // is made where it is not there; files in it are replaced
};

struct MeasuresOptions {
  std::string folder;        // of the rules, with measures.csv and MEASURES.md
  std::optional<Day> as_at;  // none: that of the page there
  bool check = false;        // nothing is written: is the page current?
};

int check(const Command& command, const std::vector<std::string>& paths);
int test(const Command& command, const std::vector<std::string>& paths);
int format(const Command& command, const FormatOptions& options);
int decide(const Command& command, const DecideOptions& options);
int batch(const Command& command, const BatchOptions& options);
int grade(const Command& command, const DecideOptions& options);
int facts(const Command& command, const std::string& program, const std::vector<std::string>& rules);
int verify(const Command& command, const VerifyOptions& options);
int top_up(const Command& command, const TopUpOptions& options);
int measures(const Command& command, const MeasuresOptions& options);
int emit_c(const Command& command, const EmitOptions& options);
int explain_code(const Command& command, const std::string& code);

// The whole command: arguments without the program's name.
int run(std::vector<std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace guiju::cli
