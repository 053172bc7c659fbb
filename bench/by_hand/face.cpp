// Hand-written C++, one decision: a call into another translation unit, as a till would make it.
#include "face.hpp"

#include "by_hand/rules.hpp"

namespace {

using namespace bench;

struct ByHand {
  explicit ByHand(Programme programme)
      : rows(rows_of(programme)), decide(programme == Programme::appliances ? by_hand::appliance : by_hand::car) {}
  Answer answer(std::size_t row) { return decide(rows[row]); }

  const std::vector<Row>& rows;
  Answer (*decide)(const Row&);
};

[[maybe_unused]] const bool added = add_face<ByHand>("one", "by_hand");

}  // namespace
