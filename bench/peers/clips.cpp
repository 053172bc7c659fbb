// CLIPS through its C interface: a case is asserted as a fact, the rules run until nothing is left to fire, globals
// hold the answer.
#include "face.hpp"

extern "C" {  // after all others: its headers define many short macros
#include <clips/clips.h>
}

namespace {

using namespace bench;

struct Clips {
  explicit Clips(Programme p) : programme(p), rows(rows_of(p)), environment(CreateEnvironment()) {
    if (EnvLoad(environment, PEERS_DIR "/rules.clp") != 1) {
      std::fprintf(stderr, "CLIPS: rules.clp has mistakes\n");
      std::exit(1);
    }
    EnvReset(environment);
    shape = EnvFindDeftemplate(environment, name_of(p).data());
  }
  Clips(const Clips&) = delete;
  Clips& operator=(const Clips&) = delete;
  ~Clips() { DestroyEnvironment(environment); }

  Answer answer(std::size_t row) {
    DATA_OBJECT value;
    EnvFunctionCall(environment, "start", nullptr, &value);
    void* fact = EnvCreateFact(environment, shape);
    value.type = INTEGER;
    for (std::size_t c = 0; c < kFacts; ++c) {
      value.value = EnvAddLong(environment, rows[row][c]);
      EnvPutFactSlot(environment, fact, columns_of(programme)[c].name.data(), &value);
    }
    fact = EnvAssert(environment, fact);
    EnvRun(environment, -1);
    EnvRetract(environment, fact);
    return {static_cast<std::int32_t>(global("outcome")), static_cast<std::int32_t>(global("amount")),
            static_cast<std::uint32_t>(global("failed"))};
  }

  long long global(const char* name) {
    DATA_OBJECT value;
    EnvGetDefglobalValue(environment, name, &value);
    return EnvValueToLong(environment, value.value);
  }

  Programme programme;
  const std::vector<Row>& rows;
  void* environment;
  void* shape;
};

bool add() {
  versions().push_back("CLIPS 6.30");
  return add_face<Clips>("one", "clips");
}

[[maybe_unused]] const bool added = add();

}  // namespace
