"""DuckDB: a CASE query over a table of a million rows into a table, in memory, one thread."""
import pathlib
import time

import duckdb

import peer
import sql


def loaded(folder, programme):
    data = duckdb.connect(":memory:", config={"threads": 1})
    types = ", ".join(f"'{name}': 'INTEGER'" for name in peer.COLUMNS[programme])
    file = pathlib.Path(folder) / f"{programme}.csv"
    data.execute(f"create table cases_in as select * from read_csv('{file}', header = true, columns = {{{types}}})")
    return data


def decide(data, programme):
    data.execute("create or replace table answers as " + sql.query(programme, "cases_in", "//"))


def answers(folder, programme, file):
    data = loaded(folder, programme)
    decide(data, programme)
    peer.write(file, data.execute(f"select outcome, amount, failed from answers limit {peer.AGREEMENT}").fetchall())


def measure(folder, programme, seconds):
    data = loaded(folder, programme)
    decide(data, programme)
    count, begin = 0, time.process_time_ns()
    while time.process_time_ns() - begin < seconds * 1e9:
        decide(data, programme)
        count += 1
    return (time.process_time_ns() - begin) / count / 1_000_000


peer.main(f"DuckDB {duckdb.__version__}", {("columns", "duckdb"): (answers, measure)})
