// Rule files on disk: which are found, which root they get, and what the reader refuses.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "compiler/compile.hpp"
#include "diagnostics/codes.hpp"

namespace fs = std::filesystem;
using guiju::compiler::disk_reader;
using guiju::compiler::find_rule_files;
using guiju::compiler::Found;

namespace {

// A folder that is gone after the test; the current folder is restored.
class Folder {
 public:
  Folder() : before_(fs::current_path()) {
    std::string pattern = (fs::temp_directory_path() / "guiju-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = fs::canonical(pattern);
  }
  ~Folder() {
    std::error_code ignored;
    fs::current_path(before_, ignored);
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).generic_string(); }

 private:
  fs::path before_, path_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a folder stands for its rule files at any depth") {
  const Folder folder;
  for (const char* name : {"set/b.gj", "set/a.gj", "set/sub/c.gj", "set/data.csv", "set/.hidden/d.gj", "set/x.gjx"}) {
    folder.write(name, "x");
  }
  const Found found = find_rule_files({folder.at("set")});
  CHECK(found.root == folder.at("set"));
  CHECK(found.files == Names{"a.gj", "b.gj", "sub/c.gj"});
  CHECK(found.missing.empty());
}

TEST_CASE("the same file by several arguments is found once; what is missing is named") {
  const Folder folder;
  folder.write("set/a.gj", "x");
  folder.write("empty/readme.txt", "x");
  const Found found =
      find_rule_files({folder.at("set"), folder.at("set/a.gj"), folder.at("gone.gj"), folder.at("empty")});
  CHECK(found.files == Names{"a.gj"});
  CHECK(found.missing == Names{folder.at("gone.gj"), folder.at("empty")});
  CHECK(find_rule_files({}).files.empty());
}

TEST_CASE("the root is the nearest folder named rules") {
  const Folder folder;
  folder.write("rules/cars/a.gj", "x");
  folder.write("rules/b.gj", "x");
  CHECK(find_rule_files({folder.at("rules/cars/a.gj")}).root == folder.at("rules"));
  CHECK(find_rule_files({folder.at("rules/cars/a.gj")}).files == Names{"cars/a.gj"});
  CHECK(find_rule_files({folder.at("rules/cars"), folder.at("rules/b.gj")}).files == Names{"b.gj", "cars/a.gj"});
}

TEST_CASE("else it is the current folder if that holds everything, else the common folder") {
  const Folder folder;
  folder.write("one/x/a.gj", "x");
  folder.write("one/y/b.gj", "x");
  folder.write("two/c.gj", "x");
  const Names both{folder.at("one/x/a.gj"), folder.at("one/y/b.gj")};
  CHECK(find_rule_files(both).root == folder.at("one"));
  CHECK(find_rule_files({both[0]}).root == folder.at("one/x"));
  fs::current_path(folder.at("one"));
  CHECK(find_rule_files({"x/a.gj"}).root == folder.at("one"));
  CHECK(find_rule_files({"x/a.gj"}).files == Names{"x/a.gj"});
  CHECK(find_rule_files({"../two/c.gj"}).root == folder.at("two"));
  CHECK(find_rule_files({"../two/c.gj", "x"}).root == folder.at(".").substr(0, folder.at(".").size() - 2));
}

TEST_CASE("the reader never leaves its root") {
  const Folder folder;
  folder.write("root/a.gj", "inside");
  folder.write("root/sub/b.gj", "deeper");
  folder.write("secret.gj", "outside");
  folder.write("root-2/c.gj", "neighbour");
  fs::create_symlink(folder.at("secret.gj"), folder.at("root/out.gj"));
  fs::create_symlink(folder.at("root/a.gj"), folder.at("root/in.gj"));
  fs::create_directory_symlink(folder.at("root-2"), folder.at("root/linked"));
  fs::create_symlink(folder.at("nowhere"), folder.at("root/broken.gj"));
  const auto reader = disk_reader(folder.at("root"));
  CHECK(reader.read("a.gj") == "inside");
  CHECK(reader.read("sub/b.gj") == "deeper");
  CHECK(reader.read("in.gj") == "inside");
  CHECK(reader.identity("in.gj") == "a.gj");
  CHECK(reader.identity("sub/b.gj") == "sub/b.gj");
  CHECK(reader.identity("none.gj") == "none.gj");
  for (const std::string& wrong : Names{"out.gj", "linked/c.gj", "broken.gj", "../secret.gj", "sub/../../secret.gj",
                                        folder.at("secret.gj"), "sub", "", ".", "none.gj", std::string("a.gj\0x", 6)}) {
    CAPTURE(wrong);
    CHECK_FALSE(reader.read(wrong));
  }
  CHECK_FALSE(disk_reader(folder.at("not-there")).read("a.gj"));
  CHECK(reader.leaves_root("out.gj"));
  CHECK(reader.leaves_root("linked/c.gj"));
  for (const std::string& within : Names{"a.gj", "in.gj", "none.gj", "broken.gj"})
    CHECK_FALSE(reader.leaves_root(within));
}

TEST_CASE("a file inside the root is used by whatever path, one behind a link out of it by none") {
  const Folder folder;
  folder.write("root/a.gj", "use \"../root/u.gj\"\nlet x = Colour.red\n");
  folder.write("root/u.gj", "enum Colour { red, blue }\n");
  folder.write("root-2/u.gj", "enum Colour { red, blue }\n");
  folder.write("root/b.gj", "use \"../root/linked/u.gj\"\nlet x = Colour.red\n");
  fs::create_directory_symlink(folder.at("root-2"), folder.at("root/linked"));
  const auto reader = disk_reader(folder.at("root"));
  CHECK_FALSE(guiju::compiler::compile({"a.gj"}, reader).diagnostics.has_errors());
  const auto linked = guiju::compiler::compile({"b.gj"}, reader);
  REQUIRE(linked.diagnostics.has_errors());
  CHECK(linked.diagnostics.all().front().code == guiju::Code::path_leaves_root);
}

TEST_CASE("a link that leads out of the root is told as such") {
  const Folder folder;
  folder.write("secret.gj", "enum Secret { a }\n");
  folder.write("root/a.gj",
               "use \"out.gj\"\nenum Colour { red }\ntable t from \"out.csv\" { given x: integer gives y: number }\n");
  fs::create_symlink(folder.at("secret.gj"), folder.at("root/out.gj"));
  fs::create_symlink(folder.at("secret.gj"), folder.at("root/out.csv"));
  const auto compiled = guiju::compiler::compile({"a.gj"}, disk_reader(folder.at("root")));
  REQUIRE(compiled.diagnostics.all().size() >= 2);
  CHECK(compiled.diagnostics.all()[0].code == guiju::Code::path_leaves_root);
  CHECK(compiled.diagnostics.all()[1].code == guiju::Code::path_leaves_root);
}
