"""GoRules Zen from Python. What counts is the engine's own clock, which it gives with each answer, not the way in from Python."""
import importlib.metadata
import statistics

import zen

import peer
import zen_graph


def decision(programme):
    return zen.ZenEngine().create_decision(zen_graph.text(programme))


def answers(folder, programme, file):
    decide = decision(programme)
    results = (decide.evaluate(row)["result"] for row in peer.rows(folder, programme, peer.AGREEMENT))
    peer.write(file, ((int(r["outcome"]), int(r["amount"]), int(r["failed"])) for r in results))


def nanoseconds(text):
    for unit, size in (("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)):
        if text.endswith(unit):
            return float(text[: -len(unit)]) * size
    raise ValueError(text)


def measure(folder, programme, seconds):
    decide = decision(programme)
    rows = peer.rows(folder, programme, peer.DISTINCT)
    for row in rows[:1000]:
        decide.evaluate(row)
    return statistics.median(nanoseconds(decide.evaluate(row)["performance"]) for row in rows[: int(seconds * 50_000)])


peer.main(f"GoRules Zen {importlib.metadata.version('zen-engine')}", {("one", "zen"): (answers, measure)})
