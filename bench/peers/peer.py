"""What those who decide in a Python process share: the rows of the workload, and the four words that bench/measure.py says."""
import array
import pathlib
import sys
import time

AGREEMENT, DISTINCT, FACTS = 100_000, 65_536, 8
COLUMNS = {
    "appliances": ["date", "category", "tier", "list_price", "discounts", "participating", "takes_back", "buyer"],
    "cars": ["invoiced_on", "papers_on", "old_fuel", "old_registered_on", "held_since", "drive", "displacement", "price"],
}


def columns(folder, programme):
    """One array of 32-bit integers for each fact."""
    values = array.array("i")
    values.frombytes((pathlib.Path(folder) / f"{programme}.rows").read_bytes())
    count = len(values) // FACTS
    return {name: values[i * count : (i + 1) * count] for i, name in enumerate(COLUMNS[programme])}


def rows(folder, programme, count):
    """Each row as a dictionary."""
    data = columns(folder, programme)
    return [dict(zip(data, row)) for row in zip(*(column[:count] for column in data.values()))]


def write(file, answers):
    """Triples of outcome, amount and failures."""
    out = array.array("i")
    for answer in answers:
        out.extend(answer)
    pathlib.Path(file).write_bytes(out.tobytes())


def repeat(decide, cases, seconds):
    """Nanoseconds of processor time of one call, over many of them."""
    for case in cases[:1000]:
        decide(case)
    count, begin = 0, time.process_time_ns()
    while time.process_time_ns() - begin < seconds * 1e9:
        for case in cases[count % DISTINCT :][:1000]:
            decide(case)
        count += 1000
    return (time.process_time_ns() - begin) / count


def main(version, faces):
    """`faces`: for each name a pair of functions, (folder, programme, file) -> None and (folder, programme, seconds) -> nanoseconds."""
    word, *rest = sys.argv[1:]
    if word == "version":
        print(version)
    elif word == "list":
        print("\n".join(f"{group}/{programme}/{name}" for group, name in faces for programme in COLUMNS))
    else:
        group, programme, name = rest[0].split("/")
        answers, measure = faces[group, name]
        if word == "answers":
            answers(rest[1], programme, rest[2])
        else:
            print(measure(rest[1], programme, float(rest[2])))
