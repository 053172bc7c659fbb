// See short_figure.hpp.
#include "explain/short_figure.hpp"

#include "explain/show.hpp"
#include "values/amount_kind.hpp"

namespace guiju::explain {

// Only what is paid is the amount; a ceiling, an average and a charge have their ends alone.
ShortFigure short_figure(const run::Decision& d) {
  ShortFigure out;
  if (!d.has_amount || d.outcome == run::Outcome::ineligible || d.outcome == run::Outcome::not_in_force) return out;
  out.kind = name_of(d.amount_kind);
  out.least = show_fen(d.amount.least);
  if (!d.amount.unbounded) out.most = show_fen(d.amount.most);
  if (d.amount.known() && d.amount_kind == AmountKind::payment) out.amount = out.least;
  return out;
}

}  // namespace guiju::explain
