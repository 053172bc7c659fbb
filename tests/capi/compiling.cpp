// Rule files from a text, from memory, from the disk, through a reader; findings; what a rulebook lists.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "support.hpp"

using namespace guiju_test;

TEST_CASE("a text compiles to a rulebook") {
  const auto compiled = compile(kRules);
  if (compiled.findings) {
    for (std::size_t i = 0; i < gj_diagnostics_count(compiled.findings.get()); ++i) {
      auto finding = sized<gj_diagnostic>();
      REQUIRE(gj_diagnostics_get(compiled.findings.get(), i, GJ_EN, &finding) == GJ_OK);
      INFO(str(finding.rendered));
      CHECK(finding.severity != GJ_SEVERITY_ERROR);
    }
  }
  REQUIRE(compiled.status == GJ_OK);
  CHECK(compiled.error == nullptr);
  CHECK(gj_rulebook_program_count(compiled.rules.get()) == 2);
  CHECK(gj_rulebook_program(compiled.rules.get(), 2) == nullptr);
}

TEST_CASE("mistakes are findings, not errors") {
  const auto compiled = compile("record A { a: nmber }\n");
  CHECK(compiled.status == GJ_MISTAKES);
  CHECK(compiled.rules == nullptr);
  CHECK(compiled.error == nullptr);
  REQUIRE(gj_diagnostics_count(compiled.findings.get()) >= 1);
  CHECK(gj_diagnostics_error_count(compiled.findings.get()) >= 1);
  auto finding = sized<gj_diagnostic>();
  REQUIRE(gj_diagnostics_get(compiled.findings.get(), 0, GJ_EN, &finding) == GJ_OK);
  CHECK(str(finding.file) == "rules.gj");
  CHECK(finding.line == 1);
  CHECK(finding.column == 15);
  CHECK(finding.end_column == 20);
  CHECK(str(finding.code_name) == "GJ" + std::to_string(finding.code));
  CHECK(str(finding.rendered).find("nmber") != std::string::npos);
  auto chinese = sized<gj_diagnostic>();
  REQUIRE(gj_diagnostics_get(compiled.findings.get(), 0, GJ_ZH, &chinese) == GJ_OK);
  CHECK(str(chinese.message) != str(finding.message));
  CHECK(gj_diagnostics_get(compiled.findings.get(), 1000, GJ_EN, &finding) == GJ_E_ARGUMENT);
  CHECK(gj_diagnostics_get(compiled.findings.get(), 0, 7, &finding) == GJ_E_ARGUMENT);
}

TEST_CASE("an empty file and invalid UTF-8 are findings too") {
  CHECK(compile("").status == GJ_MISTAKES);
  CHECK(compile("record A { \xff }").status == GJ_MISTAKES);
}

TEST_CASE("arguments are checked") {
  gj_rulebook* rules = nullptr;
  gj_error* error = nullptr;
  CHECK(gj_compile_text("a", 1, "x", 1, nullptr, nullptr, nullptr, &error) == GJ_E_ARGUMENT);
  REQUIRE(error != nullptr);
  CHECK(gj_error_status(error) == GJ_E_ARGUMENT);
  CHECK(gj_error_message(error, GJ_EN).size > 0);
  CHECK(str(gj_error_message(error, GJ_EN)) != str(gj_error_message(error, GJ_ZH)));
  gj_error_delete(error);
  CHECK(gj_compile_text(nullptr, 0, "x", 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_compile_text("a", 1, nullptr, 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_compile_text("\xff", 1, "x", 1, nullptr, &rules, nullptr, nullptr) == GJ_E_UTF8);
  CHECK(gj_compile_memory(nullptr, 0, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_compile_memory(nullptr, 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_compile_text("a\0b", 3, "x", 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  const std::string cut = std::string(GUIJU_RULES_DIR) + "/vocabulary.gj" + '\0' + "x";
  CHECK(gj_compile_file(cut.data(), cut.size(), nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  const gj_source twice[] = {{{"a", 1}, {"enum A { x }", 12}}, {{"a", 1}, {"enum B { x }", 12}}};
  CHECK(gj_compile_memory(twice, 2, nullptr, &rules, nullptr, &error) == GJ_E_ARGUMENT);
  CHECK(str(gj_error_message(error, GJ_EN)) == "a file is given twice: a");
  gj_error_delete(error);
  gj_compile_options options{};  // size not set
  CHECK(gj_compile_text("a", 1, "x", 1, &options, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(rules == nullptr);
}

TEST_CASE("limits") {
  auto options = sized<gj_compile_options>();
  options.source_bytes = 100;
  gj_rulebook* rules = nullptr;
  CHECK(gj_compile_text("a.gj", 4, kRules.data(), kRules.size(), &options, &rules, nullptr, nullptr) == GJ_MISTAKES);
  options.size = offsetof(gj_compile_options, source_bytes);  // an older caller: the limit is none of its business
  REQUIRE(gj_compile_text("a.gj", 4, kRules.data(), kRules.size(), &options, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);
}

namespace {

constexpr std::string_view kShared = "enum Kind { a b }\n";
constexpr std::string_view kUser =
    "use \"shared.gj\"\nprogram p { given k: Kind  given d: date  in force by d  version v from 2025-01-01 { cite "
    "\"x\"  require r: k is a } }\n";

gj_text text(std::string_view s) {
  return {s.data(), s.size()};
}

struct Host {
  std::map<std::string, std::string, std::less<>> files;
  int reads = 0, releases = 0;
  static gj_status read(void* user, gj_text path, gj_text* content) {
    auto& host = *static_cast<Host*>(user);
    ++host.reads;
    const auto found = host.files.find(std::string_view(path.data, path.size));
    if (found == host.files.end()) return GJ_E_NOT_FOUND;
    *content = text(found->second);
    return GJ_OK;
  }
  static void release(void* user, gj_text) { ++static_cast<Host*>(user)->releases; }
};

}  // namespace

TEST_CASE("files in memory use each other") {
  const gj_source sources[] = {{text("main.gj"), text(kUser)}, {text("shared.gj"), text(kShared)}};
  gj_rulebook* rules = nullptr;
  REQUIRE(gj_compile_memory(sources, 2, nullptr, &rules, nullptr, nullptr) == GJ_OK);
  CHECK(program(rules, "p") != nullptr);
  gj_rulebook_release(rules);
  CHECK(gj_compile_memory(sources, 1, nullptr, &rules, nullptr, nullptr) == GJ_MISTAKES);
}

TEST_CASE("a table in memory is read by the rule file that names it") {
  constexpr std::string_view kNamesTable =
      "table caps \"caps\" from \"caps.csv\" {\n  cite \"a notice\"\n  given model: text\n  gives cap: money\n}\n"
      "program p \"p\" {\n  given model: text, day: date\n  in force by day\n"
      "  version v from 2025-01-01 {\n    cite \"a notice\"\n    amount = caps(model).cap\n  }\n}\n";
  const gj_source sources[] = {{text("rules.gj"), text(kNamesTable)},
                               {text("caps.csv"), text("model,cap\nM-1,120 yuan\n")}};
  gj_rulebook* rules = nullptr;
  REQUIRE(gj_compile_memory(sources, 2, nullptr, &rules, nullptr, nullptr) == GJ_OK);
  const auto facts = facts_of(program(rules, "p"));
  (void)read(facts.get(), R"({"model": "M-1", "day": "2025-05-01"})");
  const auto decision = new_decision();
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  gj_decimal amount{};
  REQUIRE(gj_decision_amount(decision.get(), &amount) == GJ_OK);
  CHECK(amount.coefficient == 12'000);
  gj_rulebook_release(rules);
  CHECK(gj_compile_memory(sources, 1, nullptr, &rules, nullptr, nullptr) == GJ_MISTAKES);
  CHECK(gj_compile_memory(sources + 1, 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("a host supplies files, and takes each back") {
  Host host{{{"main.gj", std::string(kUser)}, {"shared.gj", std::string(kShared)}}};
  const gj_file_reader reader = {sizeof reader, &host, Host::read, Host::release};
  const gj_text paths[] = {text("main.gj")};
  gj_rulebook* rules = nullptr;
  REQUIRE(gj_compile_with_reader(&reader, paths, 1, nullptr, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);
  CHECK(host.reads == 2);
  CHECK(host.releases == 2);
  host.files.erase("shared.gj");
  CHECK(gj_compile_with_reader(&reader, paths, 1, nullptr, &rules, nullptr, nullptr) == GJ_MISTAKES);
  const gj_file_reader empty = {sizeof empty, nullptr, nullptr, nullptr};
  CHECK(gj_compile_with_reader(&empty, paths, 1, nullptr, &rules, nullptr, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("how many files a rulebook may have, and how large its data may be") {
  const gj_source files[] = {{text("a.gj"), text(kUser)}, {text("shared.gj"), text(kShared)}};
  auto options = sized<gj_compile_options>();
  options.files = 1;
  gj_rulebook* rules = nullptr;
  gj_diagnostics* findings = nullptr;
  REQUIRE(gj_compile_memory(files, 2, &options, &rules, &findings, nullptr) == GJ_MISTAKES);
  const Owned<gj_diagnostics> kept(findings);
  auto finding = sized<gj_diagnostic>();
  REQUIRE(gj_diagnostics_get(findings, 0, GJ_EN, &finding) == GJ_OK);
  CHECK(str(finding.code_name) == "GJ2120");
  options.files = 2;
  REQUIRE(gj_compile_memory(files, 2, &options, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);

  Host host{{{"a.gj", "table t from \"t.csv\" { given n: integer gives x: integer }\n"}, {"t.csv", "n,x\n1,2\n"}}};
  const gj_file_reader reader = {sizeof reader, &host, Host::read, Host::release};
  const gj_text paths[] = {text("a.gj")};
  REQUIRE(gj_compile_with_reader(&reader, paths, 1, &options, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);
  options.data_bytes = 4;
  CHECK(gj_compile_with_reader(&reader, paths, 1, &options, &rules, nullptr, nullptr) == GJ_MISTAKES);
}

TEST_CASE("files and folders on disk") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "guiju_capi_test";
  fs::remove_all(folder);
  fs::create_directories(folder / "inner");
  std::ofstream(folder / "shared.gj") << kShared;
  std::ofstream(folder / "inner" / "main.gj") << "use \"../shared.gj\"\n" << kUser.substr(kUser.find('\n') + 1);
  gj_rulebook* rules = nullptr;
  const std::string whole = folder.string();
  const std::string one = (folder / "inner" / "main.gj").string();
  REQUIRE(gj_compile_directory(whole.data(), whole.size(), nullptr, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);
  // The file's own folder is the root: what lies above is out of reach until the root is named.
  CHECK(gj_compile_file(one.data(), one.size(), nullptr, &rules, nullptr, nullptr) == GJ_MISTAKES);
  auto options = sized<gj_compile_options>();
  options.root = text(whole);
  REQUIRE(gj_compile_file(one.data(), one.size(), &options, &rules, nullptr, nullptr) == GJ_OK);
  gj_rulebook_release(rules);
  gj_error* error = nullptr;
  const std::string_view missing = "/no/such/folder";
  CHECK(gj_compile_directory(missing.data(), missing.size(), nullptr, &rules, nullptr, &error) == GJ_E_NOT_FOUND);
  CHECK(str(gj_error_message(error, GJ_EN)).find("/no/such/folder") != std::string::npos);
  gj_error_delete(error);
  fs::remove_all(folder);
}

TEST_CASE("a rulebook lists its programmes, versions, fields and members") {
  const auto compiled = compile(kRules);
  REQUIRE(compiled.status == GJ_OK);
  const gj_program* kettle = program(compiled.rules.get(), "电热水壶");
  REQUIRE(kettle != nullptr);
  CHECK(kettle == program(compiled.rules.get(), "kettle"));
  CHECK(program(compiled.rules.get(), "ketle") == nullptr);

  auto info = sized<gj_program_info>();
  REQUIRE(gj_program_describe(kettle, GJ_EN, &info) == GJ_OK);
  CHECK(info.kind == GJ_PROGRAM);
  CHECK(str(info.name) == "kettle");
  CHECK(str(info.label) == "Kettle");
  CHECK(info.version_count == 1);
  CHECK(info.authority_count == 1);
  CHECK(str(gj_program_alias(kettle, 0)) == "电热水壶");
  CHECK(str(gj_program_alias(kettle, 1)) == "");
  CHECK(str(gj_program_authority(kettle, 0, GJ_ZH)) == "县商务局");

  auto version = sized<gj_version_info>();
  REQUIRE(gj_program_version(kettle, 0, GJ_ZH, &version) == GJ_OK);
  CHECK(str(version.name) == "y2025");
  CHECK(str(version.label) == "二〇二五");
  CHECK(version.from.month == 3);
  CHECK(version.to.year == 2025);
  CHECK(gj_program_version(kettle, 1, GJ_ZH, &version) == GJ_E_ARGUMENT);

  auto price = sized<gj_field_info>();
  REQUIRE(gj_field_describe(field(kettle, "purchase.price"), GJ_EN, &price) == GJ_OK);
  CHECK(price.kind == GJ_NUMBER);
  CHECK(str(price.unit) == "yuan");
  CHECK(str(price.least) == "0");
  CHECK(str(price.most) == "100000");
  CHECK(str(price.step) == "0.01");
  CHECK(price.has_default_range == 0);
  CHECK(str(gj_field_alias(field(kettle, "purchase.price"), 0)).find("价格") != std::string::npos);

  auto power = sized<gj_field_info>();
  REQUIRE(gj_field_describe(field(kettle, "purchase.power"), GJ_ZH, &power) == GJ_OK);
  CHECK(power.is_optional == 1);
  CHECK(str(power.unit) == "kW");
  CHECK(str(power.most) == "100");
  CHECK(str(power.step) == "0.1");

  auto date = sized<gj_field_info>();
  REQUIRE(gj_field_describe(field(kettle, "purchase.date"), GJ_EN, &date) == GJ_OK);
  CHECK(date.kind == GJ_DATE);
  CHECK(str(date.ask) == "date on the invoice");
  CHECK(str(date.at) == "invoice");

  const gj_field* level = field(kettle, "purchase.level");
  auto scale = sized<gj_field_info>();
  REQUIRE(gj_field_describe(level, GJ_EN, &scale) == GJ_OK);
  CHECK(scale.is_scale == 1);
  CHECK(scale.member_count == 3);
  auto member = sized<gj_member_info>();
  REQUIRE(gj_field_member(level, 2, GJ_EN, &member) == GJ_OK);
  CHECK(str(member.name) == "fails");
  CHECK(member.is_floor == 1);
  CHECK(member.rank == 2);
  CHECK(gj_field_member(level, 3, GJ_EN, &member) == GJ_E_ARGUMENT);
  CHECK(gj_field_member(field(kettle, "purchase.date"), 0, GJ_EN, &member) == GJ_E_KIND);
  std::size_t index = 9;
  CHECK(gj_field_find_member(field(kettle, "buyer_kind"), "个人", 6, &index) == GJ_OK);
  CHECK(index == 0);
  CHECK(gj_field_find_member(level, "2级", 4, &index) == GJ_OK);
  CHECK(index == 1);
  CHECK(gj_field_find_member(level, "x", 1, &index) == GJ_E_NOT_FOUND);

  const gj_field* claims = field(kettle, "claims");
  auto list = sized<gj_field_info>();
  REQUIRE(gj_field_describe(claims, GJ_EN, &list) == GJ_OK);
  CHECK(list.kind == GJ_LIST);
  CHECK(list.is_history == 1);
  CHECK(list.element_count == 2);
  CHECK(gj_field_find_element(claims, "kind", 4) == gj_field_element(claims, 0));
  CHECK(gj_field_element(claims, 2) == nullptr);

  const gj_program* lamp = program(compiled.rules.get(), "lamp");
  REQUIRE(gj_program_describe(lamp, GJ_EN, &info) == GJ_OK);
  CHECK(info.kind == GJ_STANDARD);
  REQUIRE(gj_program_version(lamp, 0, GJ_ZH, &version) == GJ_OK);
  CHECK(str(version.name) == "e1");
  CHECK(version.from.year == 2020);
  CHECK(version.to.year == 0);
}

TEST_CASE("smaller structs of older callers are filled as far as they go") {
  const auto compiled = compile(kRules);
  auto info = sized<gj_program_info>();
  info.size = offsetof(gj_program_info, label);
  REQUIRE(gj_program_describe(program(compiled.rules.get(), "kettle"), GJ_EN, &info) == GJ_OK);
  CHECK(str(info.name) == "kettle");
  CHECK(info.label.data == nullptr);
  CHECK(info.size == offsetof(gj_program_info, label));
  struct Newer {
    gj_program_info known;
    int more;
  } newer{};
  newer.known.size = sizeof newer;
  newer.more = 7;
  REQUIRE(gj_program_describe(program(compiled.rules.get(), "kettle"), GJ_EN, &newer.known) == GJ_OK);
  CHECK(newer.known.size == sizeof(gj_program_info));
  CHECK(newer.more == 7);
  info.size = 0;
  CHECK(gj_program_describe(program(compiled.rules.get(), "kettle"), GJ_EN, &info) == GJ_E_ARGUMENT);
}

TEST_CASE("a struct that is not filled holds zeros, not what stood there") {
  const auto compiled = compile(kRules);
  auto info = sized<gj_program_info>();
  REQUIRE(gj_program_describe(program(compiled.rules.get(), "kettle"), GJ_EN, &info) == GJ_OK);
  CHECK(gj_program_describe(nullptr, GJ_EN, &info) == GJ_E_ARGUMENT);
  CHECK(info.name.data == nullptr);
  CHECK(info.size == sizeof info);
  auto version = sized<gj_version_info>();
  REQUIRE(gj_program_version(program(compiled.rules.get(), "kettle"), 0, GJ_EN, &version) == GJ_OK);
  CHECK(gj_program_version(program(compiled.rules.get(), "kettle"), 99, GJ_EN, &version) == GJ_E_ARGUMENT);
  CHECK(version.from.year == 0);
}

TEST_CASE("what was not changed is not compiled again") {
  gj_cache* made = nullptr;
  REQUIRE(gj_cache_new(&made, nullptr) == GJ_OK);
  Owned<gj_cache> cache(made);
  CHECK(gj_cache_new(nullptr, nullptr) == GJ_E_ARGUMENT);
  auto options = sized<gj_compile_options>();
  options.cache = cache.get();
  const auto compiled = [&](std::string_view shared) {
    const gj_source sources[] = {{text("main.gj"), text(kUser)}, {text("shared.gj"), text(shared)}};
    gj_rulebook* rules = nullptr;
    gj_compile_memory(sources, 2, &options, &rules, nullptr, nullptr);
    return Owned<gj_rulebook>(rules);
  };
  const auto first = compiled(kShared);
  REQUIRE(first != nullptr);
  CHECK(compiled(kShared) == first);  // shared by reference
  const std::string changed = std::string(kShared) + "enum Another { one }\n";
  const auto second = compiled(changed);
  REQUIRE(second != nullptr);
  CHECK(second != first);
  CHECK(compiled("enum {") == nullptr);
  CHECK(compiled(changed) == second);
  cache.reset();
  CHECK(program(second.get(), "p") != nullptr);
  gj_cache_delete(nullptr);
}
