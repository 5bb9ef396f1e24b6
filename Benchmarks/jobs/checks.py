"""Measures qingku's checks, every one of them over every cell, beside a DuckDB query for the check character of ids alone.

    python3 checks.py                    1,000,000 records of three offices, 3 rounds
    python3 checks.py --quick --check    100,000 records, 1 round; fails when what must hold does not

See Benchmarks/README.md for what is measured and how to read it.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys

from process import measure
from run import DATA, HERE, ROOT, VENV, install, table

RULES = ROOT / "rules" / "registry.yaml"
# The checks of each record, and those that look at its linked records.
CHECKING = ["check", "check-linked"]
# Seconds of the clock for 1,000,000 records on two cores, beside import; CPU that no busy neighbour can lengthen.
MOST_CPU_PER_MILLION = 12
MOST_WALL_PER_MILLION = 6


def registry(options, records):
    """The exports of three offices, from the last run if they are there."""
    folder = DATA / f"offices-{records}-{options.seed}"
    if not (folder / "truth.csv").exists():
        print(f"Making {records:,} records", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        command = [str(options.qingku), "synthesize", "--records", str(records), "--seed", str(options.seed)]
        command += ["--community", "csv", "--dossier-encoding", "utf-8", "--out", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def book(folder):
    """The shipped rule book with the community's export as CSV, so that both sides read the same files."""
    text = RULES.read_text()
    for line, csv in (("record: /jmxx/jm", ""), ("format: xml", "format: csv"), ('record_id: "@bh"', "record_id: id")):
        assert line in text, f"rules/registry.yaml has changed: {line}"
        text = text.replace(line, csv)
    path = folder / "rules.yaml"
    path.write_text(text)
    return path


def ours(options, folder):
    """Wall and CPU seconds of checking, and of reading before it, from the account of the run."""
    out, workspace = folder / "out", folder / "workspace"
    for old in (out, workspace):
        shutil.rmtree(old, ignore_errors=True)
    sources = [f"{name}={folder / name}.csv" for name in ("registry", "community", "dossier")]
    command = [str(options.qingku), "clean", str(book(folder)), *sources, "--threads", str(options.threads)]
    measure([*command, "--out", str(out), "--workspace", str(workspace)], allowed=(0, 1))
    account = json.loads((out / "run.json").read_text())
    stages = {stage["name"]: stage for stage in account["measured"]["stages"]}
    return {
        "wall": sum(stages[name]["seconds"] for name in CHECKING),
        "cpu": sum(stages[name]["cpu_seconds"] for name in CHECKING),
        "read_cpu": stages["read"]["cpu_seconds"] + stages["normalise"]["cpu_seconds"],
    }


def duckdb(options, folder):
    columns = {"registry": "公民身份号码", "community": "sfzh", "dossier": "id_no"}
    files = [f"{folder / name}.csv={column}" for name, column in columns.items()]
    command = [str(VENV / "bin" / "python"), str(HERE / "checks_job.py"), "--threads", str(options.threads), *files]
    usage = measure(command)
    return {"wall": usage.wall, "cpu": usage.cpu}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, help="records of the made registry (default: 1000000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the made registry (default: 1)")
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds (default: 3)")
    parser.add_argument("--qingku", default=ROOT / ".build" / "release" / "qingku", help="the binary")
    parser.add_argument("--threads", type=int, default=2, help="threads of both sides (default: 2)")
    parser.add_argument("--quick", action="store_true", help="100,000 records and one round")
    parser.add_argument("--check", action="store_true", help="end with status 1 when something that must hold does not")
    parser.add_argument("--json", action="store_true", help="print everything measured as JSON")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    options.records = options.records or (100_000 if options.quick else 1_000_000)
    return options


def main():
    options = arguments()
    install()
    folder = registry(options, options.records)
    rounds = {"qingku": [], "duckdb": []}
    sides = [("qingku", ours), ("duckdb", duckdb)]
    for turn in range(options.rounds):
        for name, job in sides if turn % 2 == 0 else reversed(sides):
            usage = job(options, folder)
            rounds[name].append(usage)
            print(f"  round {turn + 1}  {name}: {usage['wall']:.2f} s, CPU {usage['cpu']:.2f} s", file=sys.stderr)
    medians = {
        name: {key: statistics.median(usage[key] for usage in usages) for key in usages[0]}
        for name, usages in rounds.items()
    }
    mine, peer = medians["qingku"], medians["duckdb"]
    million = options.records / 1_000_000
    limits = {"cpu": MOST_CPU_PER_MILLION * million}
    if options.rounds > 1:
        limits["wall"] = MOST_WALL_PER_MILLION * million
    broken = [
        f"the checks took {mine[name]:.2f} s ({name}), at most {limit:.2f} must hold"
        for name, limit in limits.items()
        if mine[name] > limit
    ]
    ratios = {name: mine[name] / peer[name] for name in ("wall", "cpu")}
    if options.json:
        result = {"records": options.records, "cores": os.cpu_count(), "rounds": rounds, "medians": medians}
        print(json.dumps({**result, "ratios": ratios, "broken": broken}, indent=2))
    else:
        print(f"{options.records:,} records, medians of {options.rounds}\n")
        rows = [
            ["qingku: all checks, beside reading", f"{mine['wall']:.2f}", f"{mine['cpu']:.2f}"],
            ["qingku: reading and normalising", "", f"{mine['read_cpu']:.2f}"],
            ["DuckDB: check character, with reading", f"{peer['wall']:.2f}", f"{peer['cpu']:.2f}"],
            ["all checks / DuckDB", f"{ratios['wall']:.2f}", f"{ratios['cpu']:.2f}"],
        ]
        table(["job", "wall s", "CPU s"], rows)
    for line in broken:
        print(f"must hold, does not: {line}", file=sys.stderr)
    if options.check and broken:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
