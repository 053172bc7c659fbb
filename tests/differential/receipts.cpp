// See receipts.hpp.
#include "receipts.hpp"

#include "receipt/receipt.hpp"

namespace guiju::reference {

namespace {

// What reading and deciding again finds.
std::string verification_fault(const std::string& text, const run::Facts& facts) {
  auto read = receipt::read(text);
  if (!read) return "the receipt cannot be read: " + read.why.en + "\n" + text;
  const auto found = receipt::verify(*read, facts.shared_plan());
  if (found.same()) return "";
  if (!found.difference) return "the receipt is not what was written\n" + text;
  return "the receipt differs at " + found.difference->path + ": was " + found.difference->was + ", now " +
         found.difference->now + "\n" + text;
}

void add_texts(const plan::Plan& plan, const plan::Layout& layout, const std::string& prefix,
               std::vector<std::string>& paths) {
  for (const plan::FieldInfo& field : layout.fields) {
    const std::string path = prefix + (prefix.empty() || field.path.empty() ? "" : ".") + field.path;
    if (field.cls == plan::SlotClass::text) paths.push_back(path);
    if (field.cls == plan::SlotClass::list) add_texts(plan, plan.layouts[field.element], path, paths);
  }
}

}  // namespace

std::string receipt_fault(const run::Facts& facts, const json::ProgramNames& names, const run::Decision& decision) {
  auto plain = receipt::make(facts, names, decision, {});
  if (!plain) return "no receipt: " + plain.why.en;
  if (std::string fault = verification_fault(*plain, facts); !fault.empty()) return fault;
  std::vector<std::string> texts;
  add_texts(facts.plan(), facts.layout(), "", texts);
  if (texts.empty()) return "";
  auto masked = receipt::make(facts, names, decision, texts);
  // Rules that name a text decide otherwise without it; that is said, and nothing is written.
  if (!masked) return masked.why.en.starts_with("masked,") ? "" : "no masked receipt: " + masked.why.en;
  return verification_fault(*masked, facts);
}

}  // namespace guiju::reference
