#!/usr/bin/env python3
"""The review desk under load: a register whose duplicates are all left to people, many reviewers, a server that is killed.

Usage: desk.py QINGKU [--rows 1000000] [--reviewers 50] [--seconds 60] [--keep FOLDER] [--check]

Makes a register and cleans it with "merge: off", opens the desk, and measures
- how long a page takes a lone reader (median and 95 % of queue, pair, person, findings, search, overview),
- signed-in page reads a second over 64 connections (wrk),
- decisions a second that are durable when the reply is sent, by all reviewers at once, while the server is killed (-9) and
  started again every few seconds; afterwards every decision that was answered as saved has to be in the workspace,
- the highest resident memory of the server.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote, urlencode

HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "a long sentence for the desk"
MUST = {"p95_ms": 100, "reads_per_s": 500, "decisions_per_s": 20, "memory_mb": 250}


class Server:
    """The desk, as a process that can be killed and started again on the same port."""

    def __init__(self, tool, workspace):
        self.tool, self.workspace, self.port, self.peak = tool, workspace, 0, 0
        self.start()

    def start(self):
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [self.tool, "review", "--workspace", str(self.workspace), "--port", str(self.port), "--no-browser"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True)
        address = self.process.stdout.readline().strip()
        if not address.startswith("http://"):
            raise SystemExit(f"the desk did not start: {address!r}")
        self.host = re.match(r"http://([^/]+)", address).group(1)
        self.port = int(self.host.rsplit(":", 1)[1])
        return time.perf_counter() - began

    def note_peak(self):
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return
        found = re.search(r"VmHWM:\s+(\d+)", status)
        if found:
            self.peak = max(self.peak, int(found.group(1)) / 1024)

    def end(self, how):
        self.note_peak()
        self.process.send_signal(how)
        self.process.wait()


class Reader:
    """A browser without a window: one connection, its cookies, the page token."""

    def __init__(self, server, name):
        self.server, self.name, self.cookies, self.token = server, name, {}, ""
        self.connection = None

    def ask(self, method, path, body=None, headers=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.server.host, timeout=30)
        headers = dict(headers or {}, Cookie="; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if method == "POST":
            headers["Origin"] = f"http://{self.server.host}"
        try:
            self.connection.request(method, path, body, headers)
            reply = self.connection.getresponse()
            text = reply.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            key, value = cookie.split(";")[0].split("=", 1)
            self.cookies[key] = value
        return reply.status, text

    def page(self, path):
        status, text = self.ask("GET", path)
        found = re.search(rb'name="page-token" content="([^"]*)"', text)
        if found:
            self.token = found.group(1).decode()
        return status, text

    def sign_in(self):
        self.cookies = {}
        self.page("/sign-in")
        form = urlencode({"page-token": self.token, "name": self.name, "password": PASSWORD, "back": "/"})
        status, text = self.ask("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"})
        if status != 303:
            raise RuntimeError(f"signing in: {status}")
        self.page("/")

    def case(self, pair):
        """Status of a pair's page, and what an answer to it says that it is about."""
        status, text = self.page(f"/pairs/{pair}")
        found = re.search(rb'data-case="([^"]*)"', text)
        return status, found.group(1).decode() if found else None

    def answer(self, pair, case, verdict):
        body = json.dumps({"answer": verdict, "case": case, "seen": "open", "why": "compared"})
        return self.ask(
            "POST", f"/pairs/{pair}/answer", body, {"Content-Type": "application/json", "X-Page-Token": self.token})


def prepare(tool, folder, rows):
    """The workspace, its accounts, and the numbers of its open pairs."""
    people, truth = folder / "people.csv", folder / "truth.csv"
    subprocess.run(
        [sys.executable, str(HERE / "make_registry.py"), "--rows", str(rows), "--seed", "1", "--out", str(people),
         "--truth", str(truth)], check=True, stdout=subprocess.DEVNULL)
    rules = folder / "rules.yaml"
    text = (HERE.parent.parent / "rules" / "latin.yaml").read_text()
    rules.write_text(re.sub(r"decide: \{[^}]*\}", "decide: { merge: off, review: 0.1 }", text))
    workspace = folder / "w"
    subprocess.run([tool, "clean", str(rules), f"people={people}", "--workspace", str(workspace)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return workspace


def accounts(tool, folder, workspace, reviewers):
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    for number in range(reviewers):
        subprocess.run(
            [tool, "account", "add", f"r{number}", "--role", "reviewer", "--password-file", str(password),
             "--workspace", str(workspace)], check=True, stdout=subprocess.DEVNULL)


def rows(path, sql):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def repairs(server, reviewers):
    """Pages of proposed repairs of the check that proposes most, as many as one visitor may open."""
    reader = Reader(server, f"r{reviewers - 1}")
    reader.sign_in()
    _, text = reader.page("/findings")
    checks = {c.decode() for c in re.findall(rb'href="/findings\?check=([a-z0-9-]+)"', text)}
    found = {}
    for check in sorted(checks)[:2]:
        _, page = reader.page(f"/findings/repairs?check={check}")
        count = re.search(rb'class="count">([\d,]+)<', page)
        found[check] = int(count.group(1).replace(b",", b"")) if count else 0
    if not any(found.values()):
        return ["/findings"]
    best = max(found, key=found.get)
    return [f"/findings/repairs?check={best}&page={max(1, found[best] // 100 * part // 2)}" for part in range(3)]


def alone(server, workspace, pairs, reviewers):
    """Milliseconds per page of a reader who is alone, by kind of page; another one a kind, for what they open is counted."""
    name = rows(workspace / "registry.sqlite", "SELECT person FROM membership ORDER BY random() LIMIT 100")
    persons = [f"P{number:08d}" for (number,) in name]
    places = {
        "overview": ["/"] * 20,
        "queue": ["/pairs"] * 10 + ["/pairs?reason=score", "/pairs?differs=dob", "/pairs?page=200",
                                    "/pairs?least=0.2&most=0.5"] * 5,
        "pair": [f"/pairs/{pair}" for pair in pairs[:100]],
        "person": [f"/persons/{person}" for person in persons],
        "groups": ["/clusters"] * 20,
        "findings": ["/findings"] * 20,
        "search": [f"/search?q={quote(word)}" for word in ["smith", "jones", "mary brown", "anna", "P00000218"] * 8],
        "dates": [f"/search?q=19{year}-03-07" for year in range(52, 92, 8)] * 8,
        "history": ["/history"] * 20,
        "approvals": ["/approvals"] * 20,
        "work": ["/work"] * 20,
        "repairs": repairs(server, reviewers),
    }
    figures = {}
    for number, (kind, paths) in enumerate(places.items()):
        reader, times = Reader(server, f"r{number % reviewers}"), []
        reader.sign_in()
        for path in paths:
            began = time.perf_counter()
            status, _ = reader.page(path)
            times.append((time.perf_counter() - began) * 1000)
            if status not in (200, 404):
                raise SystemExit(f"{path}: {status}")
        figures[kind] = (statistics.median(times), sorted(times)[max(0, int(len(times) * 0.95) - 1)])
    return figures


def reads(reader, server, folder, pairs, seconds):
    """Page reads a second over 64 connections: pairs, and the queue now and then."""
    if not shutil.which("wrk"):
        print("wrk is not installed: page reads over 64 connections are not measured", file=sys.stderr)
        return None, "-"
    script = folder / "pages.lua"
    paths = [f"/pairs/{pair}" for pair in pairs[:500]] + ["/pairs"] * 20
    random.Random(1).shuffle(paths)
    script.write_text(
        "local paths = {" + ",".join(f'"{path}"' for path in paths) + "}\nlocal next = 0\n"
        "request = function() next = next % #paths + 1; return wrk.format('GET', paths[next]) end\n")
    cookie = "; ".join(f"{k}={v}" for k, v in reader.cookies.items())
    done = subprocess.run(
        ["wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", "-s", str(script), "-H", f"Cookie: {cookie}",
         f"http://{server.host}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in done:
        raise SystemExit(done)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done).group(1))
    return rate, re.search(r"99%\s+(\S+)", done).group(1)


def decide(server, workspace, pairs, reviewers, seconds):
    """All reviewers answer while the server is killed again and again."""
    stop, lock = time.monotonic() + seconds, threading.Lock()
    saved, refused, waits, failed, kills = {}, [0], [], [], 0

    def work(number):
        mine, reader = pairs[number::reviewers], Reader(server, f"r{number}")
        signed_in, place = False, 0
        chance = random.Random(number)
        while time.monotonic() < stop and place < len(mine):
            try:
                if not signed_in:
                    reader.sign_in()
                    signed_in = True
                verdict = chance.choice(["same", "different", "unsure"])
                status, case = reader.case(mine[place])
                if case is None:
                    if status in (303, 401):
                        signed_in = False
                    else:
                        place += 1
                    continue
                began = time.perf_counter()
                status, text = reader.answer(mine[place], case, verdict)
                took = time.perf_counter() - began
                if status == 200:
                    with lock:
                        saved[mine[place]] = (verdict, json.loads(text)["event"])
                        waits.append(took)
                    place += 1
                elif status == 401:
                    signed_in = False
                elif status == 409:
                    # Committed before the kill, and the reply was lost.
                    refused[0] += 1
                    place += 1
                else:
                    # An exit in a thread would end the thread alone, and nobody would know.
                    failed.append(f"answer: {status} {text[:200]}")
                    return
            except (OSError, http.client.HTTPException, RuntimeError):
                # The desk is down for a moment; the session outlasts it.
                time.sleep(0.1)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(reviewers)]
    for thread in threads:
        thread.start()
    chance, began, down = random.Random(7), time.monotonic(), 0.0
    while time.monotonic() < stop - 8:
        time.sleep(chance.uniform(8, 14))
        server.end(signal.SIGKILL)
        down += server.start()
        kills += 1
    for thread in threads:
        thread.join(seconds + 60)
    if failed:
        raise SystemExit(failed[0])
    server.note_peak()
    elapsed = time.monotonic() - began
    known = {event for (event,) in rows(workspace / "registry.sqlite", "SELECT event FROM decision")}
    lost = [pair for pair, (_, event) in saved.items() if event is not None and event not in known]
    return {"saved": len(saved), "lost": len(lost), "kills": kills, "down": down, "rate": len(saved) / elapsed,
            "refused": refused[0], "p95": sorted(waits)[int(len(waits) * 0.95)] * 1000 if waits else 0}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("tool")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--reviewers", type=int, default=50)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--keep", help="folder for the register and its workspace, used again when it is there")
    options.add_argument("--check", action="store_true", help="end with 1 below what must hold")
    given = options.parse_args()
    tool = os.path.abspath(given.tool)
    folder = pathlib.Path(given.keep or tempfile.mkdtemp(prefix="desk-load-"))
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "w"
    if not workspace.exists():
        prepare(tool, folder, given.rows)
    if not rows(workspace / "registry.sqlite", "SELECT 1 FROM account LIMIT 1"):
        accounts(tool, folder, workspace, given.reviewers)
    server = Server(tool, workspace)
    try:
        reader = Reader(server, "r0")
        began = time.perf_counter()
        reader.sign_in()
        print(f"first page after {time.perf_counter() - began:.1f} s")
        pairs = [pair for (pair,) in rows(
            workspace / "desk.sqlite", "SELECT id FROM pair WHERE state = 0 ORDER BY rank DESC, id")]
        print(f"{len(pairs)} open pairs")
        sample = random.Random(3).sample(pairs, min(len(pairs), 5_000))
        pages = alone(server, workspace, sample, given.reviewers)
        for kind, (median, p95) in pages.items():
            print(f"{kind:10} median {median:6.1f} ms   95 % {p95:6.1f} ms")
        rate, p99 = reads(reader, server, folder, sample, min(given.seconds, 20))
        if rate is not None:
            print(f"{rate:.0f} page reads/s over 64 connections, 99 % within {p99}")
        said = decide(server, workspace, random.Random(5).sample(pairs, len(pairs)), given.reviewers, given.seconds)
        print(f"{said['saved']} decisions by {given.reviewers} reviewers, {said['rate']:.0f}/s, 95 % within {said['p95']:.0f} ms; "
              f"{said['kills']} kills ({said['down']:.1f} s down), {said['lost']} lost, {said['refused']} answered before the kill")
        print(f"peak {server.peak:.0f} MB")
    finally:
        server.end(signal.SIGTERM)
        if not given.keep:
            shutil.rmtree(folder)
    figures = {"p95_ms": max(p95 for _, p95 in pages.values()), "memory_mb": server.peak}
    below = [name for name, value in figures.items() if value > MUST[name]]
    below += [name for name, value in [("reads_per_s", rate), ("decisions_per_s", said["rate"])] if value is None or value < MUST[name]]
    below += ["lost"] if said["lost"] else []
    print("missed: " + ", ".join(below) if below else "all within what must hold")
    sys.exit(1 if given.check and below else 0)


if __name__ == "__main__":
    main()
