// From paths on the command line to a compiled rulebook, and its findings on the screen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "json/writer.hpp"

namespace guiju::cli {

// The files that the paths stand for; no value, and a message, where one does not exist or nothing was found.
[[nodiscard]] std::optional<compiler::Found> find_rules(const Command& command, const std::vector<std::string>& paths);
// What rule files may ask for at most; as many files as there may be at all.
[[nodiscard]] syntax::Limits command_limits();
[[nodiscard]] std::optional<compiler::Compiled> compile_rules(const Command& command,
                                                              const std::vector<std::string>& paths,
                                                              compiler::Wanted wanted = compiler::Wanted::plan);

// A file of the rules as seen from the current folder.
[[nodiscard]] std::string shown_path(const std::string& root, const std::string& path);

// Findings with their excerpts; notes and warnings too, unless only errors are asked for: then no more than the warning
// that a group which binds what is decided was not read.
void show_findings(const Command& command, const compiler::Compiled& compiled, bool errors_only);
void write_findings(json::Writer& out, const Command& command, const compiler::Compiled& compiled);

struct Counts {
  std::size_t files = 0, errors = 0, warnings = 0;
};
[[nodiscard]] Counts count_findings(const compiler::Compiled& compiled);

// A programme or standard by name, or a message with the nearest name.
[[nodiscard]] std::optional<plan::Index> find_program(const Command& command, const plan::Plan& plan,
                                                      const std::string& name, plan::ProgramInfo::Kind kind);

[[nodiscard]] std::optional<std::string> read_all(const Command& command,
                                                  const std::string& path);  // "-": standard input

}  // namespace guiju::cli
