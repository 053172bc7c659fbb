// Receipts on disk: a file holds one on each line, a folder holds files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace guiju::cli {

struct ReceiptLine {
  std::string source;  // the file, and its line where it has several: "day.jsonl:17"
  std::string text;
};

// All receipts in files, and in files `.json` and `.jsonl` of folders, in the order of their names; "-" is standard
// input. No value, and a message, where one cannot be read or nothing was found.
[[nodiscard]] std::optional<std::vector<ReceiptLine>> read_receipts(const Command& command,
                                                                    const std::vector<std::string>& paths);

}  // namespace guiju::cli
