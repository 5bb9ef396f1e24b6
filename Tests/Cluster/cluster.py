"""The same job embedded and on a Spark cluster of this machine: same bytes, also when an executor dies, when it is stopped and
goes on, and no byte when a worker is cut short. No value of a record is in any log.

usage: cluster.py QINGKU WORKER RECORDS, with SPARK_HOME set
"""
import csv, filecmp, json, os, random, shutil, signal, stat, subprocess, sys, tempfile, time

from local_cluster import LocalCluster

qingku, worker, records = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
home = os.environ["SPARK_HOME"]
state = tempfile.mkdtemp(prefix="qingku-cluster-")
inputs = ["registry", "community", "dossier"]
cluster = LocalCluster(state, home)


def path(name):
    return state + "/" + name


def say(text):
    print(f"{time.time() - began:6.1f} s  {text}", flush=True)


def check(holds, text):
    say(("ok    " if holds else "WRONG ") + text)
    if not holds:
        failures.append(text)


def begin(verb, out, spark, worker=worker, cap=50, master=cluster.master):
    words = [qingku, verb, "rules/registry.yaml"] + [f"{name}={path('in')}/{files[name]}" for name in inputs]
    words += ["--out", path(out), "--language", "en"]
    if verb == "clean":
        words += ["--workspace", path(out + ".qingku"), "--by", "lane"]
    if spark:
        words += ["--engine", "spark", "--master", master, "--stages", path("stages"), "--worker", worker]
        words += ["--block-cap", str(cap), "--spark-conf", cluster.conf]
    # Whoever started this may ignore Ctrl-C, as a shell does for what runs behind it; the tool is to hear of it.
    jobs.append(subprocess.Popen(words, stdout=open(path(out + ".out"), "w"), stderr=open(path(out + ".err"), "w"),
                                 start_new_session=True, env=cluster.environment,
                                 preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)))
    return jobs[-1]


def run(*arguments, **options):
    at = time.time()
    status = begin(*arguments, **options).wait()
    return status, time.time() - at


def said(out):
    return open(path(out + ".err")).read()


def same(left, right, names):
    return all(filecmp.cmp(path(left) + "/" + name, path(right) + "/" + name, shallow=False) for name in names)


def account(out):
    """run.json without what differs from run to run."""
    facts = json.load(open(path(out) + "/run.json"))
    facts.pop("measured")
    return facts


def stages():
    return os.listdir(path("stages")) if os.path.isdir(path("stages")) else []


def wait_for(holds, process, seconds=300):
    for _ in range(seconds * 20):
        if holds() or process.poll() is not None:
            return
        time.sleep(0.05)


def in_pairs():
    return any(os.path.exists(f"{path('stages')}/{name}/pairs/_temporary") for name in stages())


def processes(words):
    listing = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout.splitlines()
    return [int(line.split()[0]) for line in listing if all(word in line for word in words)]


def wrapped(name, lines):
    """A worker that is not what it should be."""
    os.makedirs(path(name))
    program = path(name) + "/qingku-worker"
    with open(program, "w") as file:
        file.write("#!/bin/bash\n" + lines.replace("REAL", worker) + "\n")
    os.chmod(program, 0o755)
    return program


def planted():
    """Names, numbers and phones of 50 records."""
    with open(path("in") + "/" + files["registry"], encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head, rows = rows[0], random.Random(1).sample(rows[1:], 50)
    places = [place for place, name in enumerate(head) if any(sign in name for sign in ["姓名", "身份证", "电话", "手机"])]
    return {row[place] for row in rows for place in places if len(row[place].encode()) >= 6}


def texts_of_logs():
    for folder, _, names in os.walk(state):
        parts = os.path.relpath(folder, state).split("/")
        if parts[0] in ["in", "local"] or parts[0].startswith(("emb", "spk", "clean")):
            continue
        for name in names:
            if name.endswith((".log", ".err", ".out", "stderr", "stdout", ".sql", ".json")) or parts[0] == "events":
                yield folder + "/" + name


jobs = []
began, failures, files = time.time(), [], {"registry": "registry.csv", "community": "community.xml", "dossier": "dossier.csv"}
try:
    subprocess.run([qingku, "synthesize", "--records", records, "--seed", "5", "--out", path("in")], check=True,
                   stdout=subprocess.DEVNULL)
    cluster.start()
    say(f"a master and two workers run; {records} records")
    tables = ["members.csv", "pairs.csv"]
    status, seconds = run("match", "emb", False)
    check(status == 0, f"embedded: {seconds:.1f} s")
    status, seconds = run("match", "spk", True)
    check(status == 0 and same("emb", "spk", tables), f"cluster, cap 50: {seconds:.1f} s, same bytes {said('spk')[-600:]}")
    check(account("emb") == account("spk"), "the accounts say the same")
    check(not stages(), "no stage is left")

    process = begin("match", "spk-kill", True)
    wait_for(in_pairs, process)
    executors = processes(["CoarseGrainedExecutorBackend"])
    if executors:
        os.kill(executors[0], signal.SIGKILL)
    status = process.wait()
    check(executors and status == 0 and same("emb", "spk-kill", tables), "an executor is killed in mid job: same bytes")

    process = begin("match", "spk-stop", True)
    wait_for(in_pairs, process)
    at = time.time()
    process.send_signal(signal.SIGINT)
    status = process.wait()
    took = time.time() - at
    time.sleep(5)
    alive = processes([path("stages")]) + processes(["CoarseGrainedExecutorBackend"]) + processes(["--job-hash"])
    check(status == 130 and took < 5 and not alive, f"Ctrl-C: status {status} after {took:.1f} s, {len(alive)} processes left")
    check(len(stages()) == 1 and not os.path.exists(path("spk-stop")), "what was done is kept for the next run")
    mode = stat.S_IMODE(os.stat(path("stages") + "/" + stages()[0]).st_mode) if stages() else 0
    check(mode == 0o700, "SEC-: only the owner may look into the stages")
    before = [os.stat(f"{path('stages')}/{name}/keys/_SUCCESS").st_mtime for name in stages()]
    process = begin("match", "spk-on", True)
    after = []
    while process.poll() is None:
        after = [os.stat(f"{path('stages')}/{name}/keys/_SUCCESS").st_mtime for name in stages()
                 if os.path.exists(f"{path('stages')}/{name}/keys/_SUCCESS")] or after
        time.sleep(0.2)
    check(process.wait() == 0 and same("emb", "spk-on", tables) and before == after,
          "the same command goes on at the stage that was not done: same bytes")

    short = wrapped("cut", 'if [ "$1" = MODE ]; then { head -n 500; cat >/dev/null; } | REAL "$@"; else exec REAL "$@"; fi')
    for mode in ["keys", "pairs"]:
        program = wrapped("cut-" + mode, open(short).read().split("\n", 1)[1].replace("MODE", mode))
        status, _ = run("match", "spk-cut-" + mode, True, worker=program)
        check(status == 2 and "E-SPK-006" in said("spk-cut-" + mode) and not os.path.exists(path("spk-cut-" + mode)),
              f"a worker that is cut short in “{mode}” is noticed, and nothing is written")
    program = wrapped("wrong", "exec REAL \"${@:1:6}\" 0000")
    status, _ = run("match", "spk-wrong", True, worker=program)
    check(status == 2 and "E-SPK-007" in said("spk-wrong") and "another" in said("spk-wrong"), "a worker of another job refuses it")
    program = wrapped("spoilt", "sed 's/\\x1f/ /' | REAL \"$@\"")
    status, _ = run("match", "spk-spoilt", True, worker=program)
    check(status == 2 and "E-SPK-007" in said("spk-spoilt"), "spoilt lines stop the job: " + said("spk-spoilt").split("\n")[0][:160])

    status, seconds = run("clean", "clean-emb", False)
    check(status == 0, f"clean, embedded: {seconds:.1f} s")
    status, seconds = run("clean", "clean-spk", True)
    tables = [name for name in os.listdir(path("clean-emb")) if name.endswith((".csv", ".xml"))]
    check(status == 0 and same("clean-emb", "clean-spk", tables), f"clean on the cluster: {seconds:.1f} s, same bytes in {len(tables)} files")

    words, hits, size = planted(), set(), 0
    cluster.stop()
    for name in texts_of_logs():
        text = open(name, "rb").read()
        size += len(text)
        hits |= {(word, os.path.relpath(name, state)) for word in words if word.encode() in text}
    check(words and not hits, f"SEC-: {len(words)} planted values, {size:,} bytes of logs, {len(hits)} found {sorted({name for _, name in hits})}")
finally:
    for job in jobs:
        if job.poll() is None:
            job.send_signal(signal.SIGINT)
            job.wait(20)
    cluster.stop()
    if failures and os.environ.get("KEEP"):
        print("kept:", state)
    else:
        shutil.rmtree(state, ignore_errors=True)
sys.exit("; ".join(failures) if failures else 0)
