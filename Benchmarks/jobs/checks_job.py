"""Counts resident ids with a wrong check character in CSV files with DuckDB: the one check that everybody writes first.

    python3 checks_job.py --threads 2 FILE=COLUMN...
"""

import argparse

import duckdb

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def query(path, column):
    total = " + ".join(f"(ascii(substr(id, {place + 1}, 1)) - 48) * {weight}" for place, weight in enumerate(WEIGHTS))
    return f"""
        SELECT count(*), count(*) FILTER (WHERE upper(substr(id, 18, 1)) <> substr('10X98765432', 1 + ({total}) % 11, 1))
        FROM (SELECT "{column}" AS id FROM read_csv('{path}', all_varchar = true, header = true))
        WHERE regexp_full_match(id, '[0-9]{{17}}[0-9Xx]')"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("files", nargs="+", metavar="FILE=COLUMN")
    options = parser.parse_args()
    connection = duckdb.connect(config={"threads": options.threads})
    for file in options.files:
        path, column = file.rsplit("=", 1)
        ids, wrong = connection.execute(query(path, column)).fetchone()
        print(f"{path}: {wrong} of {ids} ids have a wrong check character")


if __name__ == "__main__":
    main()
