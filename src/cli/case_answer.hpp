// The short answer to one of many cases, as a line of JSON text or of CSV: the outcome, the figures, the names of the
// requirements that fail, what is needed. Nothing is put into words but what is wrong with the facts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explain/short_figure.hpp"
#include "json/read_facts.hpp"
#include "run/decide.hpp"

namespace guiju::cli {

struct CaseAnswer {
  std::size_t line = 0;
  run::Outcome outcome = run::Outcome::invalid;
  std::string_view version;  // empty where there is none
  explain::ShortFigure figure;
  std::vector<std::string> failed, needs, stuck_on, referred, invalid;
};

// The lines end with a line feed.
inline constexpr std::string_view kAnswerHeader =
    "line,outcome,version,amount_kind,amount,least,most,failed,needs,stuck_on,referred,invalid\n";
void append_csv(std::string& out, const CaseAnswer& answer);
void append_json(std::string& out, const CaseAnswer& answer);

// Decides case after case of one programme; one thread at a time.
class CaseDecider {
 public:
  CaseDecider(std::shared_ptr<const plan::Plan> plan, plan::Index program, const json::ProgramNames& names,
              const run::Options& options, bool english);

  // The views of the answer are good until the next call.
  [[nodiscard]] CaseAnswer decide(std::size_t line, std::string_view json);
  // A case that could not be read at all.
  [[nodiscard]] CaseAnswer refuse(std::size_t line, const plan::LocalText& why) const;

 private:
  void add_open(CaseAnswer& out) const;
  [[nodiscard]] std::string in_words(const std::string& path, const std::string& got, const std::string& allowed) const;

  const plan::ProgramInfo& program_;
  const json::ProgramNames& names_;
  run::Options options_;
  bool english_;
  run::Facts facts_;
  json::FactsReader reader_;
  run::Decision decision_;
};

}  // namespace guiju::cli
