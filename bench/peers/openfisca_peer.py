"""OpenFisca: a variable for each fact and each answer, formulas over arrays of all cases, one thread."""
import importlib.metadata
import pathlib
import time

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import peer
from sql import Y2025, Y2026, Y2027, day

PERIOD = "2024-01"
LATER = day(2199, 12, 31)


def by_year(on, y2024, y2025, y2026):
    return numpy.where(on >= Y2026, y2026, numpy.where(on >= Y2025, y2025, y2024))


def appliance_failed(case, period):
    on, tier = case("date", period), case("tier", period)
    in2026 = on >= Y2026
    return ((case("buyer", period) != 0) + 2 * (case("participating", period) == 0)
            + 4 * (case("category", period) >= by_year(on, 8, 12, 6)) + 8 * (tier > numpy.where(in2026, 0, 1))
            + 16 * (in2026 & (case("takes_back", period) == 0))) * appliance_in_force(on)


def appliance_in_force(on):
    return (on >= day(2024, 8, 25)) & (on < Y2027)


def appliance_outcome(case, period):
    return numpy.where(appliance_in_force(case("date", period)), numpy.where(case("failed", period) != 0, 1, 0), 4)


def appliance_amount(case, period):
    in2026 = case("date", period) >= Y2026
    percent = numpy.where(in2026 | (case("tier", period) != 0), 15, 20)
    share = (case("list_price", period) - case("discounts", period)) * percent // 100
    return numpy.where(case("outcome", period) == 0, numpy.minimum(share, numpy.where(in2026, 150000, 200000)), 0)


def car_in_force(on):
    return (on >= day(2024, 4, 24)) & (on < Y2027)


def car_held_by(on):
    return numpy.where(on >= Y2025, day(2025, 1, 8), day(2024, 7, 25))


def car_failed(case, period):
    on, papers, fuel = case("invoiced_on", period), case("papers_on", period), case("old_fuel", period)
    petrol = by_year(on, day(2011, 6, 30), day(2012, 6, 30), day(2013, 6, 30))
    others = by_year(on, day(2013, 6, 30), day(2014, 6, 30), day(2015, 6, 30))
    electric = by_year(on, day(2018, 4, 30), day(2018, 12, 31), day(2019, 12, 31))
    by = numpy.where(fuel == 0, petrol, numpy.where(fuel == 3, electric, others))
    burns = case("drive", period) != 0
    begin = day(2024, 4, 24)
    return ((case("old_registered_on", period) > by) + 2 * (burns & (case("displacement", period) >= 2050))
            + 4 * ((papers < by_year(on, begin, Y2025, Y2026)) | (papers > by_year(on, Y2025 - 1, Y2026 - 1, LATER)))
            + 8 * ((papers < by_year(on, begin, 0, 0)) | (papers > by_year(on, day(2025, 1, 10), day(2026, 1, 10), LATER)))
            + 16 * (case("held_since", period) > car_held_by(on)) + (burns & (fuel == 3)) * by_year(on, 64, 64, 128)) * car_in_force(on)


def car_outcome(case, period):
    on, papers, size = case("invoiced_on", period), case("papers_on", period), case("displacement", period)
    is_open = ((case("drive", period) != 0) & (size > 2000) & (size < 2050) | (case("held_since", period) == car_held_by(on))
               | (on >= Y2026) & ((papers < Y2026) | (papers >= Y2027))
               | (on >= Y2025) & (on < Y2026) & (papers == day(2026, 1, 10)))
    return numpy.where(car_in_force(on), numpy.where(case("failed", period) != 0, 1, numpy.where(is_open, 3, 0)), 4)


def car_amount(case, period):
    electric = case("drive", period) == 0
    flat = numpy.where(electric, 2000000, 1500000)
    share = (case("price", period).astype(numpy.int64) * numpy.where(electric, 12, 10) + 9999) // 10000 * 100
    paid = numpy.where(case("invoiced_on", period) >= Y2026, numpy.minimum(share, flat), flat)
    return numpy.where(case("outcome", period) == 0, paid, 0)


FORMULAS = {
    "appliances": {"failed": appliance_failed, "outcome": appliance_outcome, "amount": appliance_amount},
    "cars": {"failed": car_failed, "outcome": car_outcome, "amount": car_amount},
}


def system(programme):
    case = build_entity("case", "cases", "a case", is_person=True)
    out = TaxBenefitSystem([case])

    def add(name, members=None):
        shape = {"value_type": int, "entity": case, "definition_period": DateUnit.MONTH, "label": name}
        out.add_variable(type(name, (Variable,), {**shape, **(members or {})}))

    for name in peer.COLUMNS[programme]:
        add(name)
    for name, formula in FORMULAS[programme].items():
        add(name, {"formula": formula})
    return out


def decide(rules, data):
    simulation = SimulationBuilder().build_default_simulation(rules, len(next(iter(data.values()))))
    for name, values in data.items():
        simulation.set_input(name, PERIOD, values)
    return [simulation.calculate(name, PERIOD) for name in ("outcome", "amount", "failed")]


def columns(folder, programme, count=None):
    return {name: numpy.array(values[:count], dtype=numpy.int32) for name, values in peer.columns(folder, programme).items()}


def answers(folder, programme, file):
    found = decide(system(programme), columns(folder, programme, peer.AGREEMENT))
    pathlib.Path(file).write_bytes(numpy.stack(found, axis=1).astype("<i4").tobytes())


def measure(folder, programme, seconds):
    rules, data = system(programme), columns(folder, programme)
    decide(rules, data)
    count, begin = 0, time.process_time_ns()
    while count == 0 or time.process_time_ns() - begin < seconds * 1e9:
        decide(rules, data)
        count += 1
    return (time.process_time_ns() - begin) / count / 1_000_000


peer.main(f"OpenFisca {importlib.metadata.version('openfisca-core')}", {("columns", "openfisca"): (answers, measure)})
