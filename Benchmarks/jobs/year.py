"""A year of weekly exports: each week's run goes on from the one before, and is held against comparing everything.

    python3 year.py                              52 weeks of 100,000 records
    python3 year.py --records 20000 --weeks 8    a short one
    python3 year.py --replay 4                   every fourth week is replayed without the cache (default: every week)

For every week: seconds of the run, of a full run of the same export into a workspace of its own, and whether the run's files
come out byte for byte when all pairs are compared again (audit replay). At the end: both sums, how the workspace grew, and how
many persons kept their ids although nothing happened to their records.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from process import measure

ROOT = Path(__file__).resolve().parent.parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000, help="records of the first week (default: 100000)")
    parser.add_argument("--weeks", type=int, default=52, help="weeks (default: 52)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the made registry (default: 1)")
    parser.add_argument("--replay", type=int, default=1, help="hold every so many weeks against a replay; 0: none")
    parser.add_argument("--full", type=int, default=4, help="measure a full run every so many weeks (default: 4)")
    parser.add_argument("--qingku", type=Path, default=ROOT / ".build" / "release" / "qingku", help="the binary")
    parser.add_argument("--rules", type=Path, default=ROOT / "rules" / "latin.yaml", help="the rule book")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    return parser.parse_args()


def members(folder):
    with open(folder / "members.csv", newline="", encoding="utf-8") as file:
        return {row["record_id"]: row["person_id"] for row in csv.DictReader(file)}


def exported(folder):
    with open(folder / "people.csv", newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: row[1:] for row in rows}


def unexplained(before, after, was, now):
    """Persons of the week before whose id is gone, although among their records, and those that these stand with now, none
    came, went, or was altered."""
    groups, joined = defaultdict(set), defaultdict(set)
    for record, person in before.items():
        groups[person].add(record)
    for record, person in after.items():
        joined[person].add(record)

    def has_reason(records):
        if not all(record in after for record in records):
            return True
        together = set().union(*(joined[after[record]] for record in records))
        return any(record not in was or was[record] != now[record] for record in together)

    gone = set(groups) - set(joined)
    return [person for person in gone if not has_reason(groups[person])]


def main():
    options = arguments()
    work = options.keep or Path(tempfile.mkdtemp(prefix="qingku-year-"))
    work.mkdir(parents=True, exist_ok=True)
    data, workspace = work / "exports", work / "year.qingku"
    shutil.rmtree(workspace, ignore_errors=True)
    if not data.exists():
        subprocess.run(
            [options.qingku, "synthesize", "--layout", "latin", "--records", str(options.records), "--seed",
             str(options.seed), "--weeks", str(options.weeks), "--out", data], check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
    weekly, full, sizes, problems = [], [], [], []
    churn = Counter()
    before = None
    for week in range(1, options.weeks + 1):
        export = data / f"week-{week:02}"
        usage = measure([str(options.qingku), "clean", str(options.rules), f"people={export / 'people.csv'}",
                         "--workspace", str(workspace)])
        run = sorted((workspace / "outbox").iterdir())[-1]
        account = json.loads((run / "run.json").read_text())
        again = account["continued"]
        weekly.append(usage.wall)
        sizes.append((workspace / "registry.sqlite").stat().st_size)
        line = (f"week {week:2}: {usage.wall:6.2f} s, {account['counts']['records']} records, "
                f"{again['changed_records']} changed, {again['compared_pairs']} pairs compared")
        if again["drift"]:
            line += f", new model: {again['drift']}"
        if options.full and (week - 1) % options.full == 0:
            alone = work / "alone.qingku"
            shutil.rmtree(alone, ignore_errors=True)
            whole = measure([str(options.qingku), "clean", str(options.rules), f"people={export / 'people.csv'}",
                             "--workspace", str(alone)])
            full.append(whole.wall)
            line += f", full run {whole.wall:.2f} s"
            shutil.rmtree(alone, ignore_errors=True)
        if options.replay and week % options.replay == 0:
            replay = subprocess.run([options.qingku, "audit", "replay", "--workspace", workspace], capture_output=True)
            if replay.returncode != 0:
                problems.append(f"week {week}: {replay.stdout.decode()[-300:]}{replay.stderr.decode()[-300:]}")
            line += ", replay " + ("equal" if replay.returncode == 0 else "DIFFERENT")
        ids, rows = members(run), exported(export)
        if before:
            lost = unexplained(before[0], ids, before[1], rows)
            churn["ids that changed without a reason"] += len(lost)
            churn["persons"] += len(set(before[0].values()))
        before = (ids, rows)
        print(line, flush=True)
    subprocess.run([options.qingku, "audit", "verify", "--workspace", workspace], check=True,
                   stdout=subprocess.DEVNULL)
    mean = sum(full) / len(full) if full else float("nan")
    print(f"\n{options.weeks} weekly runs: {sum(weekly):.1f} s; {options.weeks} full runs at {mean:.2f} s: "
          f"{mean * options.weeks:.1f} s; ratio {sum(weekly) / (mean * options.weeks):.3f}")
    if len(sizes) > 3:
        growth = (sizes[-1] - sizes[1]) / (len(sizes) - 2)
        half = len(sizes) // 2
        early, late = (sizes[half] - sizes[1]) / (half - 1), (sizes[-1] - sizes[half]) / (len(sizes) - 1 - half)
        print(f"store: {sizes[0] / 1e6:.1f} MB after the first week, {growth / 1e6:.2f} MB a week "
              f"(first half {early / 1e6:.2f}, second {late / 1e6:.2f})")
    print(f"of {churn['persons']} persons over the weeks {churn['ids that changed without a reason']} "
          "lost their id although no record of theirs, or of those they stand with now, came, went or was altered")
    for problem in problems:
        print(problem)
    if not options.keep:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
