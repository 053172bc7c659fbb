"""The two programmes as a query: flags in an inner select, CASE over them. Days since 1970-01-01, fen, one row of three integers a case.
DuckDB and SQLite read the same text but for the division of integers."""
import datetime


def day(year, month, of_month):
    return (datetime.date(year, month, of_month) - datetime.date(1970, 1, 1)).days


Y2025, Y2026, Y2027 = day(2025, 1, 1), day(2026, 1, 1), day(2027, 1, 1)


def appliances(table, divide):
    return f"""
select case when not in_force then 4 when failed <> 0 then 1 else 0 end as outcome,
       case when not in_force or failed <> 0 then 0
            when y2026 then least(150000, (list_price - discounts) * 15 {divide} 100)
            when tier = 0 then least(200000, (list_price - discounts) * 20 {divide} 100)
            else least(200000, (list_price - discounts) * 15 {divide} 100) end as amount,
       case when in_force then failed else 0 end as failed
from (select *, case when buyer <> 0 then 1 else 0 end
              + case when participating = 0 then 2 else 0 end
              + case when category >= case when y2026 then 6 when date >= {Y2025} then 12 else 8 end then 4 else 0 end
              + case when tier > case when y2026 then 0 else 1 end then 8 else 0 end
              + case when y2026 and takes_back = 0 then 16 else 0 end as failed
      from (select *, date >= {day(2024, 8, 25)} and date < {Y2027} as in_force, date >= {Y2026} as y2026 from {table}) as versions) as cases"""


def cars(table, divide):
    by = lambda petrol, others, electric: f"case old_fuel when 0 then {petrol} when 3 then {electric} else {others} end"
    return f"""
select case when not in_force then 4 when failed <> 0 then 1 when is_open then 3 else 0 end as outcome,
       case when not in_force or failed <> 0 or is_open then 0
            when y2026 then least(flat, (price * case when drive = 0 then 12 else 10 end + 9999) {divide} 10000 * 100)
            else flat end as amount,
       case when in_force then failed else 0 end as failed
from (select *, case when drive = 0 then 2000000 else 1500000 end as flat,
             (drive <> 0 and displacement > 2000 and displacement < 2050) or held_since = held_by
             or (y2026 and (papers_on < {Y2026} or papers_on >= {Y2027})) or (y2025 and papers_on = {day(2026, 1, 10)}) as is_open,
             case when old_registered_on > case
                when y2026 then {by(day(2013, 6, 30), day(2015, 6, 30), day(2019, 12, 31))}
                when y2025 then {by(day(2012, 6, 30), day(2014, 6, 30), day(2018, 12, 31))}
                else {by(day(2011, 6, 30), day(2013, 6, 30), day(2018, 4, 30))} end then 1 else 0 end
              + case when drive <> 0 and displacement >= 2050 then 2 else 0 end
              + case when y2026 and papers_on < {Y2026} or y2025 and (papers_on < {Y2025} or papers_on >= {Y2026})
                       or y2024 and (papers_on < {day(2024, 4, 24)} or papers_on >= {Y2025}) then 4 else 0 end
              + case when y2025 and papers_on > {day(2026, 1, 10)}
                       or y2024 and (papers_on < {day(2024, 4, 24)} or papers_on > {day(2025, 1, 10)}) then 8 else 0 end
              + case when held_since > held_by then 16 else 0 end
              + case when old_fuel = 3 and drive <> 0 then case when y2026 then 128 else 64 end else 0 end as failed
      from (select *, invoiced_on >= {day(2024, 4, 24)} and invoiced_on < {Y2027} as in_force, invoiced_on < {Y2025} as y2024,
                   invoiced_on >= {Y2025} and invoiced_on < {Y2026} as y2025, invoiced_on >= {Y2026} as y2026,
                   case when invoiced_on >= {Y2025} then {day(2025, 1, 8)} else {day(2024, 7, 25)} end as held_by
            from {table}) as versions) as cases"""


def query(programme, table, divide="/", least="least"):
    text = appliances(table, divide) if programme == "appliances" else cars(table, divide)
    return text.replace("least(", least + "(")
