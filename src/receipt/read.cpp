// A receipt from its text: first whether it is one, then whether it still is what it was.
#include "receipt/seal.hpp"

namespace guiju::receipt {
namespace {

using json::Value;

const Value* member(const Value& tree, std::string_view name, Value::Kind kind) {
  const Value* found = tree.find(name);
  return found != nullptr && found->kind == kind ? found : nullptr;
}

const std::string* text(const Value& tree, std::string_view name) {
  const Value* found = member(tree, name, Value::Kind::text);
  return found == nullptr ? nullptr : &found->text;
}

// A date, or null for none; false where it is neither.
bool read_day(const Value& tree, std::string_view name, std::optional<Day>& day) {
  const Value* found = tree.find(name);
  if (found == nullptr) return false;
  if (found->kind == Value::Kind::null) return true;
  if (found->is_text()) day = parse_iso_date(found->text);
  return day.has_value();
}

bool read_max_cases(const Value& tree, std::uint32_t& max_cases) {
  const Value* found = member(tree, "max_cases", Value::Kind::number);
  if (found == nullptr || found->number < 0 || found->number > run::kMostCases) return false;
  max_cases = static_cast<std::uint32_t>(found->number);
  return true;
}

bool read_masked(const Value& tree, std::vector<std::string>& masked) {
  const Value* found = member(tree, "masked", Value::Kind::array);
  if (found == nullptr) return false;
  for (const Value& path : found->items) masked.push_back(path.text);
  return true;
}

// 1.20.3: an engine that calls itself otherwise has never been.
bool is_version(const std::string& text) {
  std::size_t numbers = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    if (i == begin || (i < text.size() && text[i] != '.')) return false;
    ++numbers;
  }
  return numbers == 3;
}

// Whether it has the members that deciding again needs; the others, and their hashes, are checked by sealing it again.
bool read_members(const Value& tree, Receipt& receipt) {
  const auto* engine = text(tree, "engine");
  const auto* program = text(tree, "program");
  const auto* rules = text(tree, "rules_sha256");
  const auto* facts = member(tree, "facts", Value::Kind::object);
  const auto* answer = member(tree, "answer", Value::Kind::object);
  if (engine == nullptr || program == nullptr || rules == nullptr || facts == nullptr || answer == nullptr)
    return false;
  if (!is_version(*engine)) return false;
  receipt.engine = *engine;
  receipt.program = *program;
  receipt.rules_sha256 = *rules;
  receipt.facts = *facts;
  receipt.answer = *answer;
  run::Options& options = receipt.options;
  return read_masked(tree, receipt.masked) && read_day(tree, "as_at", options.as_at) &&
         read_day(tree, "known_on", options.known_on) && read_max_cases(tree, options.max_cases);
}

plan::LocalText no_receipt(const std::string& why_zh, const std::string& why_en) {
  return {"不是凭证:" + why_zh, "this is no receipt: " + why_en};
}

}  // namespace

Or<Receipt> read(std::string_view written) {
  if (written.ends_with('\n')) written.remove_suffix(written.ends_with("\r\n") ? 2 : 1);
  if (written.size() > kLargest) return no_receipt("超过 16 MiB", "it is larger than 16 MiB");
  json::Parsed parsed = json::parse(written);
  if (!parsed.value) {
    const plan::LocalText& fault = parsed.fault;
    return no_receipt("JSON 有误(" + fault.zh + ")", "its JSON is broken (" + fault.en + ")");
  }
  const Value* format = member(*parsed.value, "format", Value::Kind::number);
  if (format == nullptr) return no_receipt("没有 format", "it has no format");
  if (format->number < 1 || format->number > kNewestFormat) {
    const std::string wanted = std::to_string(format->number), newest = std::to_string(kNewestFormat);
    return {"凭证格式为 " + wanted + ",本版引擎只认得 1 至 " + newest,
            "the receipt is of format " + wanted + "; this engine knows 1 to " + newest};
  }
  Receipt receipt;
  receipt.format = format->number;
  if (!read_members(*parsed.value, receipt))
    return no_receipt("缺少应有的内容", "members are missing or of the wrong kind");
  receipt.intact = seal(receipt) == written;
  return receipt;
}

}  // namespace guiju::receipt
