#!/usr/bin/env python3
"""Rules of the engines whose languages know no dates: days are written as {2025-01-31} there, and become their number since 1970-01-01.

Usage: with_days.py FILE…   writes FILE without its last ending, `.in`, into the current folder
"""
import datetime
import pathlib
import re
import sys

EPOCH = datetime.date(1970, 1, 1)

for name in sys.argv[1:]:
    path = pathlib.Path(name)
    text = re.sub(r"\{(\d{4}-\d\d-\d\d)\}", lambda day: str((datetime.date.fromisoformat(day[1]) - EPOCH).days), path.read_text())
    pathlib.Path(path.stem).write_text(text)
