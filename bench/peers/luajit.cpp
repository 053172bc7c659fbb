// LuaJIT through its C interface: integers in and a mask out; over FFI columns; from JSON text with lua-cjson.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <lua.hpp>
#include <memory>
#include <string>

#include "face.hpp"
#include "many.hpp"

namespace {

using namespace bench;

struct Lua {
  Lua() : state(luaL_newstate()) {
    luaL_openlibs(state);
    must(luaL_dofile(state, PEERS_DIR "/rules.lua"));
  }
  Lua(const Lua&) = delete;
  Lua& operator=(const Lua&) = delete;
  ~Lua() { lua_close(state); }

  void must(int status) const {
    if (status == 0) return;
    std::fprintf(stderr, "LuaJIT: %s\n", lua_tostring(state, -1));
    std::exit(1);
  }
  bool has(const char* name) {
    lua_getfield(state, 1, name);
    const bool there = !lua_isnil(state, -1);
    lua_pop(state, 1);
    return there;
  }

  lua_State* state;
};

// Calls the function on top of the stack with eight integers.
Answer answer_to(lua_State* state, const Row& row) {
  for (const std::int32_t value : row) lua_pushinteger(state, value);
  lua_call(state, static_cast<int>(kFacts), 3);
  const Answer out{static_cast<std::int32_t>(lua_tointeger(state, -3)),
                   static_cast<std::int32_t>(lua_tointeger(state, -2)),
                   static_cast<std::uint32_t>(lua_tointeger(state, -1))};
  lua_pop(state, 3);
  return out;
}

struct Call : Lua {
  explicit Call(Programme programme) : rows(rows_of(programme)) { lua_getfield(state, 1, name_of(programme).data()); }

  Answer answer(std::size_t row) {
    lua_pushvalue(state, 2);
    for (const std::int32_t value : rows[row]) lua_pushinteger(state, value);
    lua_call(state, static_cast<int>(kFacts), 3);
    const Answer out{static_cast<std::int32_t>(lua_tointeger(state, -3)),
                     static_cast<std::int32_t>(lua_tointeger(state, -2)),
                     static_cast<std::uint32_t>(lua_tointeger(state, -1))};
    lua_pop(state, 3);
    return out;
  }

  const std::vector<Row>& rows;
};

struct FfiColumns : Lua {
  explicit FfiColumns(Programme p) : programme(p) {}

  void answer(AnswerColumns& out) {
    const Columns& columns = columns_of_rows(programme);
    lua_getfield(state, 1, "columns");
    lua_pushstring(state, name_of(programme).data());
    lua_pushinteger(state, static_cast<lua_Integer>(kRows));
    lua_createtable(state, 0, static_cast<int>(kFacts));
    for (std::size_t c = 0; c < kFacts; ++c) {
      const bool small = columns_of(programme)[c].is_small;
      const void* data = small ? static_cast<const void*>(columns.narrow[c].data()) : columns.wide[c].data();
      lua_createtable(state, 0, 2);
      lua_pushboolean(state, small);
      lua_setfield(state, -2, "small");
      lua_pushlightuserdata(state, const_cast<void*>(data));
      lua_setfield(state, -2, "data");
      lua_rawseti(state, -2, static_cast<int>(c));
    }
    lua_pushlightuserdata(state, out.outcome.data());
    lua_pushlightuserdata(state, out.amount.data());
    lua_pushlightuserdata(state, out.failed.data());
    must(lua_pcall(state, 6, 0, 0));
  }

  Programme programme;
};

// With lua-cjson: the answer is a text, read back only for the check.
struct Json : Lua {
  explicit Json(Programme p) : programme(p), failures(failures_of(p)) {
    for (std::size_t i = 0; i < kAgreement; ++i) texts.push_back(json_of(p, rows_of(p)[i]));
    lua_getfield(state, 1, "json");
    lua_getfield(state, 2, name_of(p).data());
  }

  void measure(std::size_t row) {
    call(row);
    benchmark::DoNotOptimize(lua_tostring(state, -1));
    lua_pop(state, 1);
  }

  Answer answer(std::size_t row) {
    call(row);
    const std::string_view text = lua_tostring(state, -1);
    Answer out;
    if (text.find("\"ineligible\"") != text.npos) out.outcome = ineligible;
    if (text.find("\"referred\"") != text.npos) out.outcome = referred;
    if (text.find("\"not_in_force\"") != text.npos) out.outcome = not_in_force;
    for (std::size_t i = 0; i < failures.size(); ++i)
      if (text.find('"' + std::string(failures[i]) + '"') != text.npos) out.failed |= 1U << i;
    const std::size_t amount = text.find("\"amount\":");
    if (amount != text.npos)
      out.amount = static_cast<std::int32_t>(std::strtod(text.data() + amount + 9, nullptr) * 100 + 0.5);
    lua_pop(state, 1);
    return out;
  }

  void call(std::size_t row) {
    lua_pushvalue(state, 3);
    lua_pushlstring(state, texts[row].data(), texts[row].size());
    lua_call(state, 1, 1);
  }

  Programme programme;
  std::vector<std::string_view> failures;
  std::vector<std::string> texts;
};

// Many programmes in one chunk: compiled, run, and each function called once.
struct Many {
  explicit Many(std::size_t n) : count(n), text(many_in_lua(n)) {}

  std::vector<Answer> load() {
    state = luaL_newstate();
    luaL_openlibs(state);
    if (luaL_loadbuffer(state, text.data(), text.size(), "many") != 0 || lua_pcall(state, 0, 1, 0) != 0) {
      std::fprintf(stderr, "LuaJIT: %s\n", lua_tostring(state, -1));
      std::exit(1);
    }
    std::vector<Answer> out;
    for (std::size_t k = 0; k < count; ++k) {
      lua_rawgeti(state, -1, static_cast<int>(k));
      out.push_back(answer_to(state, rows_of(kind_of(k))[k]));
    }
    return out;
  }
  std::vector<Answer> load_and_close() {
    std::vector<Answer> out = load();
    lua_close(state);
    return out;
  }

  std::size_t count;
  std::string text;
  lua_State* state = nullptr;
};

bool add_many() {
  versions().push_back(LUAJIT_VERSION);
  for (const std::size_t count : {1UL, 10UL, 100UL, 1000UL})
    add_load(
        "luajit", count, [count] { return Many(count).load_and_close(); },
        [count](benchmark::State& loop) {
          Many many(count);
          many.load_and_close();  // the cases are drawn when they are first asked for
          for (auto _ : loop) benchmark::DoNotOptimize(many.load_and_close());
        });
  keep_loaded("luajit", [](std::size_t count) {
    Many many(count);
    many.load();
    lua_gc(many.state, LUA_GCCOLLECT, 0);
  });
  return true;
}

[[maybe_unused]] const bool added = add_face<Call>("one", "luajit") && add_face<FfiColumns>("columns", "luajit") &&
                                    add_many() && (!Lua().has("json") || add_face<Json>("json", "lua_cjson"));

}  // namespace
