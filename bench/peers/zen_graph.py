"""The two programmes as a GoRules decision graph, as its editor would save it: a decision table chooses what a version sets, an
expression node holds the requirements and the amount. Printed as JSON for the peer in Node."""
import json
import sys

from sql import Y2025, Y2026, Y2027, day


def table(field, rows):
    outputs = list(rows[0][1])
    return {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": "when", "name": field, "field": field}],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [{"_id": str(i), "when": when, **{name: str(sets[name]) for name in outputs}} for i, (when, sets) in enumerate(rows)],
    }


def graph(versions, expressions):
    nodes = [
        ("in", "inputNode", {}),
        ("version", "decisionTableNode", versions),
        ("decide", "expressionNode", {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions.items()]}),
        ("out", "outputNode", {}),
    ]
    return {
        "nodes": [{"id": name, "name": name, "type": kind, "content": content, "position": {"x": 0, "y": 0}} for name, kind, content in nodes],
        "edges": [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for (a, *_), (b, *_) in zip(nodes, nodes[1:])],
    }


def appliances():
    sets = lambda in_force, goods, levels, bonus, cap, y2026: dict(in_force=in_force, goods=goods, levels=levels, bonus=bonus, cap=cap, y2026=y2026)
    versions = table("date", [
        (f"[{day(2024, 8, 25)}..{Y2025 - 1}]", sets("true", 8, 1, 5, 200000, "false")),
        (f"[{Y2025}..{Y2026 - 1}]", sets("true", 12, 1, 5, 200000, "false")),
        (f"[{Y2026}..{Y2027 - 1}]", sets("true", 6, 0, 0, 150000, "true")),
        ("", sets("false", 0, 0, 0, 0, "false")),
    ])
    return graph(versions, {
        "failed": "not in_force ? 0 : (buyer != 0 ? 1 : 0) + (participating == 0 ? 2 : 0) + (category >= goods ? 4 : 0)"
                  " + (tier > levels ? 8 : 0) + (y2026 and takes_back == 0 ? 16 : 0)",
        "outcome": "not in_force ? 4 : $.failed != 0 ? 1 : 0",
        "amount": "$.outcome != 0 ? 0 : min([floor((list_price - discounts) * (15 + (tier == 0 ? bonus : 0)) / 100), cap])",
    })


def cars():
    later = day(2199, 12, 31)
    sets = lambda in_force, year, petrol, others, electric, held_by, first, last, asked_from, asked_to: dict(
        in_force=in_force, year=year, petrol=petrol, others=others, electric=electric, held_by=held_by, first=first, last=last,
        asked_from=asked_from, asked_to=asked_to)
    begin = day(2024, 4, 24)
    versions = table("invoiced_on", [
        (f"[{begin}..{Y2025 - 1}]", sets("true", 2024, day(2011, 6, 30), day(2013, 6, 30), day(2018, 4, 30), day(2024, 7, 25),
                                         begin, Y2025 - 1, begin, day(2025, 1, 10))),
        (f"[{Y2025}..{Y2026 - 1}]", sets("true", 2025, day(2012, 6, 30), day(2014, 6, 30), day(2018, 12, 31), day(2025, 1, 8),
                                         Y2025, Y2026 - 1, 0, day(2026, 1, 10))),
        (f"[{Y2026}..{Y2027 - 1}]", sets("true", 2026, day(2013, 6, 30), day(2015, 6, 30), day(2019, 12, 31), day(2025, 1, 8),
                                         Y2026, later, 0, later)),
        ("", sets("false", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    ])
    return graph(versions, {
        "failed": "not in_force ? 0 : (old_registered_on > (old_fuel == 0 ? petrol : old_fuel == 3 ? electric : others) ? 1 : 0)"
                  " + (drive != 0 and displacement >= 2050 ? 2 : 0) + (papers_on < first or papers_on > last ? 4 : 0)"
                  " + (papers_on < asked_from or papers_on > asked_to ? 8 : 0) + (held_since > held_by ? 16 : 0)"
                  " + (drive != 0 and old_fuel == 3 ? (year == 2026 ? 128 : 64) : 0)",
        "is_open": f"drive != 0 and displacement > 2000 or held_since == held_by or year == 2025 and papers_on == asked_to"
                   f" or year == 2026 and (papers_on < {Y2026} or papers_on >= {Y2027})",
        "outcome": "not in_force ? 4 : $.failed != 0 ? 1 : $.is_open ? 3 : 0",
        "flat": "drive == 0 ? 2000000 : 1500000",
        "amount": "$.outcome != 0 ? 0 : year != 2026 ? $.flat : min([floor((price * (drive == 0 ? 12 : 10) + 9999) / 10000) * 100, $.flat])",
    })


def text(programme):
    return json.dumps(appliances() if programme == "appliances" else cars())


if __name__ == "__main__":
    print(text(sys.argv[1]))
