"""SQLite: the same CASE query over a table of a million rows into a table, in memory."""
import sqlite3
import time

import peer
import sql


def loaded(folder, programme):
    data = sqlite3.connect(":memory:")
    names = peer.COLUMNS[programme]
    data.execute(f"create table cases_in ({', '.join(name + ' integer' for name in names)})")
    data.executemany(f"insert into cases_in values ({', '.join('?' * len(names))})", zip(*peer.columns(folder, programme).values()))
    return data


def decide(data, programme):
    data.execute("drop table if exists answers")
    data.execute("create table answers as " + sql.query(programme, "cases_in", least="min"))


def answers(folder, programme, file):
    data = loaded(folder, programme)
    decide(data, programme)
    peer.write(file, data.execute(f"select outcome, amount, failed from answers order by rowid limit {peer.AGREEMENT}"))


def measure(folder, programme, seconds):
    data = loaded(folder, programme)
    count, begin = 0, time.process_time_ns()
    while count == 0 or time.process_time_ns() - begin < seconds * 1e9:
        decide(data, programme)
        count += 1
    return (time.process_time_ns() - begin) / count / 1_000_000


peer.main(f"SQLite {sqlite3.sqlite_version}", {("columns", "sqlite"): (answers, measure)})
