#!/usr/bin/env python3
"""Checks the audit trail of a Qingku workspace without Qingku: one SQLite file, Python's standard library, nothing else.

usage: verify.py [--checkpoint FILE]... [--key VERIFIER]... [--proof FILE] [--json] [registry.sqlite]

Checks the chain and the payloads of all events, the Merkle tree (RFC 6962) against every checkpoint (c2sp.org/signed-note,
tlog-checkpoint; Ed25519, RFC 8032), the changes of keys, the rows that events vouch for, the source records, the retired
person ids and the guard rails. Exit status 0: sound, 5: not. It cannot see what nobody kept elsewhere: give the checkpoints
and the key that you kept.
"""
import argparse, base64, binascii, hashlib, json, re, sqlite3, struct, sys

def sha(data): return hashlib.sha256(data).digest()

# Ed25519, RFC 8032 section 5.1.7. Verification needs no secret, so it may take its time.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def point_mul(scalar, p):
    q = (0, 1, 1, 0)
    while scalar:
        if scalar & 1: q = point_add(q, p)
        p, scalar = point_add(p, p), scalar >> 1
    return q
def point(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P: return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign): return None
    if x & 1 != sign: x = P - x
    return x, y, 1, x * y % P
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
def ed25519(public, message, signature):
    if len(signature) != 64: return False
    a, s = point(public), int.from_bytes(signature[32:], "little")
    if a is None or s >= L: return False
    r = point(signature[:32])
    if r is None: return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = point_mul(s, BASE), point_add(r, point_mul(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0

class Key:
    """A verifier key, name+hash+base64."""
    def __init__(self, text):
        self.text, (self.name, hashed, data) = text, text.split("+", 2)
        data = base64.b64decode(data, validate=True)
        self.id = sha(self.name.encode() + b"\n\x01" + data[1:])[:4]
        if data[0] != 1 or len(data) != 33 or self.id.hex() != hashed: raise ValueError("no verifier key: " + text)
        self.public = data[1:]
    def __eq__(self, other): return self.text == other.text

class Checkpoint:
    """A signed note of origin, size and root."""
    def __init__(self, text):
        cut = text.rindex("\n\n")
        self.body = text[:cut + 1]
        lines = self.body.split("\n")
        self.origin, self.size, self.root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        if len(lines) < 4 or not all(lines[:-1]) or str(self.size) != lines[1] or len(self.root) != 32 or self.size < 0:
            raise ValueError("no checkpoint")
        self.signatures = []
        for line in text[cut + 2:-1].split("\n"):
            dash, name, data = line.split(" ")
            data = base64.b64decode(data, validate=True)
            if dash != "\u2014" or len(data) <= 4 or text[-1] != "\n": raise ValueError("no signature")
            self.signatures.append((name, data[:4], data[4:]))
    def signed_by(self, key):
        own = [s for n, i, s in self.signatures if n == key.name and i == key.id]
        return bool(own) and all(ed25519(key.public, self.body.encode(), s) for s in own)

def parse(kind, text):
    try: return kind(text)
    except (ValueError, IndexError, binascii.Error, AttributeError): return None
def node(a, b): return sha(b"\x01" + a + b)
class Tree:
    def __init__(self): self.size, self.edge = 0, []
    def append(self, leaf):
        leaf, rest = sha(b"\x00" + leaf), self.size
        while rest & 1: leaf, rest = node(self.edge.pop(), leaf), rest >> 1
        self.edge.append(leaf)
        self.size += 1
    def root(self, edge=None):
        edge = list(self.edge if edge is None else edge)
        if not edge: return sha(b"")
        root = edge.pop()
        while edge: root = node(edge.pop(), root)
        return root

FIELDS = ["actor", "commitment", "role", "rules", "sequence", "subjects", "time", "tool", "type"]
def event_hash(event):
    """Keys in their order, no blanks, nothing escaped but what must be: RFC 8785 for texts and integers."""
    canonical = json.dumps({f: event[f] for f in FIELDS}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    previous = event["previous_hash"]
    previous = bytes.fromhex(previous) if re.fullmatch("[0-9a-f]{64}", previous) else b""
    return sha(b"qingku/event/v1" + previous + canonical.encode())
SEALED = {"source": "id", "layout": "id", "batch": "id", "batch_content": "batch", "record": "id",
    "record_version": "id", "batch_issue": "id", "decision": "id", "cell_override": "id",
    "cell_override_record": "override", "withdrawal": "id", "model": "rowid",
    "rule_book": "rowid", "run": "id", "run_batch": "run", "run_output": "run", "person": "number", "person_alias": "run",
    "membership": "run", "restriction": "id", "erasure": "id", "erased_row": "id", "removed_version": "id", "emptied_run": "id"}
COLUMNS = {"record": "id, source, occurrence", "record_version": "id, record, batch, digest"}
ORDER = {"cell_override_record": "override, record", "run_batch": "run, batch", "run_output": "run, path", "person_alias": "person, run", "membership": "record, run"}
GUARDED = ["event", "checkpoint", "signing_key", "batch", "batch_content", "record", "run", "person", "person_alias", "waiver",
    "membership", "finding_change", "decision", "record_version", "restriction", "erasure", "erased_row", "removed_version",
    "emptied_run", "cell_override", "cell_override_record", "withdrawal", "batch_issue"]
# What an erasure may do: rows of these tables count with the digest they had, as long as what is left is what it left.
ERASABLE = ("decision", "waiver", "restriction", "cell_override", "withdrawal", "batch_issue")
EXISTS = "EXISTS (SELECT 1 FROM %s WHERE %s)"
UNLESS = {t: EXISTS % ("erased_row", "\"table\" = '%s' AND key = OLD.id" % t) for t in ERASABLE}
UNLESS["record"] = ("NEW.source = OLD.source AND NEW.occurrence = OLD.occurrence AND "
    + EXISTS % ("erasure", "record = OLD.id AND token = NEW.record_id"))
UNLESS["record_version"] = ("NEW.record = OLD.record AND NEW.batch = OLD.batch AND NEW.digest IS OLD.digest AND NEW.cells IS NULL "
    "AND (%s OR %s)" % (EXISTS % ("erasure", "record = OLD.record"), EXISTS % ("removed_version", "version = OLD.id")))

def cell(value):
    if value is None: return b"n"
    if isinstance(value, int): return b"i" + struct.pack(">q", value)
    kind, data = (b"b", value) if isinstance(value, bytes) else (b"t", value.encode(errors="surrogateescape"))
    return kind + struct.pack(">I", len(data)) + data

def varint(number): return bytes([number & 127 | 128]) + varint(number >> 7) if number >= 128 else bytes([number])

def verify(path, checkpoints=(), keys=()):
    """The problems found, as (kind, sequence or 0), in the order of sequences."""
    db = sqlite3.connect("file:" + path.replace("?", "%3f").replace("#", "%23") + "?mode=ro", uri=True)
    db.text_factory = lambda data: data.decode(errors="surrogateescape")
    problems, found = [], lambda kind, sequence=0: problems.append((kind, sequence))
    claims = [(size, edge, parse(Checkpoint, note)) for size, note, edge in
        db.execute("SELECT size, note, edge FROM checkpoint")] + [(None, None, parse(Checkpoint, c)) for c in checkpoints]
    sizes = sorted(size for size, _, _ in claims if size is not None)
    wanted, roots, tree = {c.size for _, _, c in claims if c}, {}, Tree()
    if 0 in wanted: roots[0] = tree.root()
    erased = {}
    for sequence, subjects in db.execute("SELECT sequence, subjects FROM event WHERE type = 'erasure.executed' ORDER BY 1"):
        for subject in json.loads(subjects):
            if re.fullmatch(r"event:\d+", subject): erased.setdefault(int(subject[6:]), sequence)

    # Chain, payloads, keys.
    last, head, chain, runs, seals = 0, "0" * 64, [], [], []
    names = ["sequence", "type", "time", "actor", "role", "tool", "rules", "subjects", "commitment", "previous_hash", "hash"]
    for row in db.execute("SELECT " + ", ".join(names) + ", salt, body FROM event LEFT JOIN event_payload ON "
            "event_payload.event = sequence ORDER BY sequence"):
        event, salt, body = dict(zip(names, row)), row[-2], row[-1]
        try: event["subjects"] = json.loads(event["subjects"])
        except ValueError: event["subjects"] = []
        sequence, expected, previous, last, head = event["sequence"], last + 1, head, event["sequence"], event["hash"]
        if sequence != expected: found("sequence", expected)
        elif event["previous_hash"] != previous: found("link", expected)
        elif event_hash(event).hex() != event["hash"]: found("content", expected)
        elif salt is not None and sha(salt + body).hex() != event["commitment"]: found("payload", expected)
        if (salt is None) != (erased.get(sequence, 0) > sequence) or (salt is not None and sequence in erased):
            found("erasure", sequence)
        if event["type"].startswith("key."):
            named = [s[4:] for s in event["subjects"] if s.startswith("key:")]
            key, kind = parse(Key, named[0]) if named else None, event["type"]
            if key is None: found("key", sequence)
            else:
                follows = not chain if kind == "key.created" else bool(chain)
                if kind == "key.rotated": follows = follows and named[1:] == [chain[-1][1].text]
                if not follows: found("key", sequence)
                file = next((s[5:] for s in event["subjects"] if s.startswith("file:")), None)
                chain.append((sequence, key, kind, file))
        if event["type"] == "run.completed": runs.append(sequence)
        if event["type"] == "rows.sealed":
            try: seals.append((sequence, {t["table"]: t for t in json.loads(body)["tables"]}))
            except (TypeError, ValueError, KeyError): found("rows", sequence)
        tree.append(bytes.fromhex(head) if re.fullmatch("[0-9a-f]{64}", head) else sha(b""))
        if tree.size in wanted: roots[tree.size] = tree.root()

    # Keys and checkpoints.
    listed = {row[0]: row[1:] for row in db.execute("SELECT event, verifier, file FROM signing_key")}
    brought = {sequence: (key.text, file) for sequence, key, _, file in chain}
    for sequence in listed.keys() | brought.keys():
        if listed.get(sequence) != brought.get(sequence): found("key", sequence)
    for key in keys:
        if Key(key).text not in [text for text, _ in brought.values()]: found("key", min(brought, default=0))
    for sequence, _, kind, _ in chain:
        if kind == "key.rotated" and sequence not in sizes: found("key", sequence)
    good = 0
    for size, edge, point in sorted(claims, key=lambda c: (c[2].size if c[2] else 0, c[0] or 0)):
        nodes = None if edge is None else [edge[i:i + 32] for i in range(0, len(edge), 32)]
        if point is None or size is not None and (point.size != size or len(nodes) != bin(size).count("1")
                or tree.root(nodes) != point.root):
            found("checkpoint", size or 0)
            continue
        before, epoch = len(problems), [k for k in chain if k[0] <= point.size]
        if epoch and point.origin != epoch[-1][1].name: found("checkpoint")
        both = epoch and epoch[-1][2] == "key.rotated" and epoch[-1][0] == point.size
        if not epoch or not all(point.signed_by(k[1]) for k in epoch[-2 if both else -1:]):
            found("signature", min(point.size, good + 1))
        if point.size > tree.size: found("truncated", tree.size + 1)
        elif roots.get(point.size) != point.root: found("root", good + 1)
        if len(problems) == before: good = max(good, point.size)
    for place, run in enumerate(runs):
        end = runs[place + 1] if place + 1 < len(runs) else float("inf")
        if not any(run <= size < end for size in sizes): found("checkpoint", run)

    # Rows that events vouch for.
    for table, key in SEALED.items():
        parts = [(sequence, seal[table]) for sequence, seal in seals if table in seal]
        was = {key: (digest, left) for key, digest, left in
            db.execute("SELECT key, digest, remains FROM erased_row WHERE \"table\" = ? ORDER BY id", (table,))}
        made, beyond = [[0, hashlib.sha256()] for _ in parts], 0
        for row in db.execute("SELECT %s, %s FROM %s %s ORDER BY %s" % (key, COLUMNS.get(table, "*"), table,
                "WHERE path <> 'checkpoint.txt'" if table == "run_output" else "", ORDER.get(table, key))):
            place = next((i for i, (_, part) in enumerate(parts) if row[0] <= part["to"]), None)
            data, (digest, left) = b"".join(map(cell, row[1:])), was.get(row[0], (b"", b""))
            if table in ERASABLE: data = digest if sha(data) == left else sha(data)
            if place is None: beyond += 1
            else: made[place][0] += 1; made[place][1].update(data)
        wrong = [s for (s, part), (rows, digest) in zip(parts, made) if (rows, digest.hexdigest()) != (part["rows"], part["digest"])]
        if wrong: found("rows", wrong[0])
        elif beyond: found("rows")
    for event, digest, size, note in db.execute("SELECT event, sha256, run_output.size, (SELECT note FROM checkpoint "
            "WHERE checkpoint.size >= event ORDER BY checkpoint.size LIMIT 1) FROM run LEFT JOIN run_output "
            "ON run_output.run = run.id AND path = 'checkpoint.txt'"):
        note = (note or "").encode(errors="surrogateescape")
        if digest != sha(note).hex() or size != len(note): found("rows", event)

    # Source records, as the offices delivered them.
    layouts = dict(db.execute("SELECT batch.id, digest FROM batch JOIN layout ON layout.id = batch.layout"))
    digests = {batch: hashlib.sha256() for batch in layouts}
    tokens = dict(db.execute("SELECT record, token FROM erasure"))
    removed = {version for version, in db.execute("SELECT version FROM removed_version")}
    for batch, name, cells, digest, record, version in db.execute("SELECT batch, record_id, cells, record_version.digest, record, "
            "record_version.id FROM record_version JOIN record ON record.id = record_version.record ORDER BY record_version.id"):
        if batch in digests: digests[batch].update(digest or bytes(32))
        if digest is None: continue
        text = name.encode(errors="surrogateescape")
        if record in tokens or version in removed: whole = cells is None and tokens.get(record, name) == name
        else: whole = cells is not None and sha(layouts.get(batch, b"") + varint(len(text)) + text + cells) == digest
        if not whole: found("record")
    contents = {batch: (rows, digest) for batch, rows, digest in db.execute("SELECT batch, rows, digest FROM batch_content")}
    for batch, digest in digests.items():
        rows, stored = contents.get(batch, (b"", b""))
        digest.update(rows)
        if digest.digest() != stored: found("batch")

    # Retired person ids, the newest word on each; guard rails.
    into = {p: i for p, _, i in db.execute("SELECT person, run, into_person FROM person_alias ORDER BY person, run")}
    for person in into:
        seen, end = set(), person
        while into.get(end) is not None and end not in seen: seen.add(end); end = into[end]
        if into.get(end) is not None: found("person")
    triggers = {name: sql for name, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")}
    guards = [(t, *g) for t in GUARDED for g in (("UPDATE", "changed"), ("DELETE", "deleted"))]
    for table, verb, word in guards + [("event_payload", "UPDATE", "changed")]:
        sql = triggers.pop("%s_never_%s" % (table, word), "")
        want = "CREATE TRIGGER %s_never_%s BEFORE %s ON %s %sBEGIN SELECT RAISE(ABORT, '%s: rows are never %s'); END"
        unless = "WHEN NOT (NEW.id = OLD.id AND %s) " % UNLESS[table] if verb == "UPDATE" and table in UNLESS else ""
        if " ".join(sql.split()) != want % (table, word, verb, table, unless, table, word): found("schema")
    return sorted(problems, key=lambda p: p[1]), {"events": last, "signed": good, "head": head}

def check_proof(text, key):
    """The event that `qingku audit prove` proved, or None."""
    proof, key = json.loads(text), Key(key)
    event, point = proof["event"], Checkpoint(proof["checkpoint"])
    if not point.signed_by(key) or event_hash(event).hex() != event["hash"]: return None
    if (payload := proof.get("payload")) and sha(base64.b64decode(payload["salt"]) + payload["body"].encode()).hex() != event["commitment"]: return None
    place, last, root = event["sequence"] - 1, point.size - 1, sha(b"\x00" + bytes.fromhex(event["hash"]))
    if not 0 <= place <= last: return None
    for step in map(base64.b64decode, proof["hashes"]):
        if last == 0: return None
        if place & 1 or place == last:
            root = node(step, root)
            while not place & 1 and place: place, last = place >> 1, last >> 1
        else: root = node(root, step)
        place, last = place >> 1, last >> 1
    return event if last == 0 and root == point.root else None

def main():
    args = argparse.ArgumentParser(usage=__doc__)
    for name in ("--checkpoint", "--key"): args.add_argument(name, action="append", default=[])
    args.add_argument("--proof")
    args.add_argument("--json", action="store_true")
    args.add_argument("database", nargs="?")
    args = args.parse_args()
    if args.proof:
        event = check_proof(open(args.proof, encoding="utf-8").read(), args.key[0])
        print("proved: event %d, %s" % (event["sequence"], event["type"]) if event else "not proved")
        return 0 if event else 5
    texts = [open(c, encoding="utf-8", newline="").read() for c in args.checkpoint]
    try: problems, facts = verify(args.database, texts, args.key)
    except sqlite3.DatabaseError as error: problems, facts = [("database", 0)], {"error": str(error)}
    if args.json: print(json.dumps({"sound": not problems, "problems": problems, **facts}))
    else:
        for kind, sequence in problems: print(kind + (" from event %d on" % sequence if sequence else ""))
        if not problems: print("sound: %(events)d events, signed up to %(signed)d" % facts)
    return 5 if problems else 0

if __name__ == "__main__":
    sys.exit(main())
