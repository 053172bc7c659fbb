// What is read and formatted but not decided yet gives one message that names it, and is then left out: nothing is half
// decided.
#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;

std::string in_both_languages(Keyword word) {
  return std::string(syntax::info(word).english) + " " + std::string(syntax::info(word).chinese);
}

void report_not_yet(Context& context, Span span, std::string_view construct) {
  context.diagnostics.add(Code::not_yet_decided, span, {std::string(construct)});
}

}  // namespace guiju::model
