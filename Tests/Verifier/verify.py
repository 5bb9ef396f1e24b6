#!/usr/bin/env python3
"""Checks the audit trail of a Qingku workspace without Qingku: one SQLite file, Python's standard library.

usage: verify.py [--checkpoint FILE]... [--key VERIFIER]... [--proof FILE] [--json] [registry.sqlite]

Checks the chain and the payloads of all events, the Merkle tree (RFC 6962) against every checkpoint (signed-note and
tlog-checkpoint of c2sp.org; Ed25519, RFC 8032), the changes of keys, the rows that events vouch for, source records,
retired person ids and guard rails. Exit status 0: sound, 5: not. What nobody kept elsewhere it cannot miss: give the
checkpoints and the key that you kept.
"""
import argparse, base64, bisect, functools, hashlib, json, re, sqlite3, struct, sys
def sha(data): return hashlib.sha256(data).digest()
def unbase64(text): return base64.b64decode(text, validate=True)
def unhex(text): return bytes.fromhex(text) if re.fullmatch("[0-9a-f]{64}", text) else b""

# Ed25519, RFC 8032 section 5.1.7. Verification needs no secret, so it may take its time.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def point_mul(scalar, p):
    q = point_mul(scalar >> 1, point_add(p, p)) if scalar else (0, 1, 1, 0)
    return point_add(p, q) if scalar & 1 else q
def point(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - x2) % P or (x == 0 and sign): raise ValueError("not on the curve")
    if x & 1 != sign: x = P - x
    return x, y, 1, x * y % P
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
@functools.lru_cache(maxsize=1000)
def ed25519(public, message, signature):
    if len(signature) != 64 or (s := int.from_bytes(signature[32:], "little")) >= L: return False
    try: a, r = point(public), point(signature[:32])
    except ValueError: return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = point_mul(s, BASE), point_add(r, point_mul(k, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
class Key:  # name+hash+base64
    def __init__(self, text):
        self.text, (self.name, hashed, data) = text, text.split("+", 2)
        self.id, self.public = sha(self.name.encode() + b"\n" + (data := unbase64(data)))[:4], data[1:]
        if data[0] != 1 or len(data) != 33 or self.id.hex() != hashed: raise ValueError("no verifier key: " + text)
class Checkpoint:  # a signed note of origin, size and root
    FORM = re.compile("((.+)\n(0|[1-9][0-9]*)\n(.+)\n(?:.+\n)*)\n((?:\u2014 [^ \n]+ [^ \n]+\n)+)")
    def __init__(self, text):
        if not (match := self.FORM.fullmatch(text)): raise ValueError("no checkpoint")
        self.body, self.origin, size, root, signatures = match.groups()
        self.size, self.root = int(size), unbase64(root)
        signatures = [line.split(" ") for line in signatures.split("\n")[:-1]]
        self.signatures = [(name, unbase64(data)[:4], unbase64(data)[4:]) for _, name, data in signatures]
        if len(self.root) != 32 or not all(data for _, _, data in self.signatures): raise ValueError("no checkpoint")
    def signed_by(self, key):
        own = [signature for name, id, signature in self.signatures if name == key.name and id == key.id]
        return bool(own) and all(ed25519(key.public, self.body.encode(), signature) for signature in own)

def parse(kind, text):
    try: return kind(text)
    except (ValueError, IndexError, AttributeError, RecursionError): return None
def compact(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
def subjects(text):
    """A list of texts as Qingku writes it; else what no event has, so that the hash does not fit."""
    found = parse(json.loads, text)
    is_list = isinstance(found, list) and all(isinstance(subject, str) for subject in found)
    return found if is_list and compact(found) == text else ["\0"]
def node(a, b): return sha(b"\x01" + a + b)
def root_of(edge):  # the roots of the whole subtrees, the greatest first
    return functools.reduce(lambda root, left: node(left, root), reversed(edge)) if edge else sha(b"")
def append(edge, size, hash):  # the leaf after `size` others
    leaf = sha(b"\x00" + hash)
    while size & 1: leaf, size = node(edge.pop(), leaf), size >> 1
    edge.append(leaf)
def event_hash(event):
    """Keys in their order, no blanks, nothing escaped but what must be: RFC 8785 for texts and integers."""
    hashed = {name: event[name] for name in "actor commitment role rules sequence subjects time tool type".split()}
    canonical = compact(hashed).encode(errors="surrogateescape")
    return sha(b"qingku/event/v1" + unhex(event["previous_hash"]) + canonical).hex()
# Tables whose rows events vouch for: the column that grows, and the order of the rows. Of three not all columns are
# sealed: the rest is in the digest of the record's version, or follows from records and rules.
SEALED = dict.fromkeys("""source layout batch batch_issue record record_version decision cell_override withdrawal waiver
    approval run restriction erasure erased_row removed_version emptied_run account
    calibration person_floor""".split(), ("id", "id")) | {
    "batch_content": ("batch", "batch"), "cell_override_record": ("override", "override, record"),
    "model": ("rowid", "rowid"), "rule_book": ("rowid", "rowid"), "run_batch": ("run", "run, batch"),
    "run_output": ("run", "run, path"), "person": ("number", "number"), "person_alias": ("run", "person, run"),
    "membership": ("run", "record, run"), "finding": ("run", "id"), "finding_change": ("run", "finding, run")}
COLUMNS = {"record": "id, source, occurrence", "record_version": "id, record, batch, digest",
    "finding": 'id, kind, "check", severity, record, field, suggestion, other_record, detail, content, run, salt'}
# What may stand in a commit without a checkpoint: types of events, and tables with new rows.
UNSIGNED = ({"erasure.executed", "restriction.set", "rows.sealed"},
    {"emptied_run", "erased_row", "erasure", "person_floor", "removed_version", "restriction"})
# Tables, indexes and triggers, blanks folded, one a line by type and name; then how the database came to them.
GUARD_RAILS = "482304900cbf71fc2841a6129abb7ff39ceb025464d15c055b7b8db6ef1d3e13"
def sealed_cell(value):
    if value is None: return b"n"
    if isinstance(value, int): return b"i" + struct.pack(">q", value)
    kind, data = (b"b", value) if isinstance(value, bytes) else (b"t", value.encode(errors="surrogateescape"))
    return kind + struct.pack(">I", len(data)) + data
def varint(number): return bytes([number & 127 | 128]) + varint(number >> 7) if number >= 128 else bytes([number])

class Audit:
    """One reading of a workspace; `problems` are pairs of a kind and the event it begins at, or 0, in that order."""
    def __init__(self, path, checkpoints, keys):
        self.db = sqlite3.connect("file:" + path.replace("?", "%3f").replace("#", "%23") + "?mode=ro", uri=True)
        self.db.text_factory = lambda data: data.decode(errors="surrogateescape")
        self.problems, self.restores, self.signed, self.last, self.head = [], [], 0, 0, "0" * 64
        self.claims = [(size, edge, parse(Checkpoint, note)) for size, note, edge in
            self.db.execute("SELECT size, note, edge FROM checkpoint")]
        self.claims += [(0, None, parse(Checkpoint, text)) for text in checkpoints]
        self.sizes = sorted(size for size, edge, _ in self.claims if edge is not None)
        self.keys, self.runs, self.ends, self.seals, self.size, self.roots = [], [], [], [], 0, {0: root_of([])}
        self.events()
        self.signing_keys({Key(key).text for key in keys})
        for claim in sorted(self.claims, key=lambda claim: (claim[2].size if claim[2] else 0, claim[0])):
            self.checkpoint(*claim)
        for table in SEALED: self.rows(table)
        for check in (self.run_checkpoints, self.records, self.findings, self.persons, self.guard_rails): check()
        self.problems.sort(key=lambda problem: problem[1])
    def found(self, kind, sequence=0): self.problems.append((kind, sequence))
    def events(self):
        edge, unsigned, wanted = [], False, {checkpoint.size for _, _, checkpoint in self.claims if checkpoint}
        strays, is_boundary, sizes, signed = [], True, set(self.sizes), max(self.sizes, default=0)
        erased = {int(subject[6:]): sequence for sequence, text in self.db.execute("""SELECT sequence, subjects
            FROM event WHERE type = 'erasure.executed' ORDER BY sequence DESC""")
            for subject in subjects(text) if re.fullmatch("event:[0-9]+", subject)}
        cursor = self.db.execute("""SELECT sequence, type, time, actor, role, tool, rules, subjects, commitment,
            previous_hash, hash, salt, body FROM event LEFT JOIN event_payload ON event = sequence ORDER BY sequence""")
        for row in cursor:
            event = dict(zip([column[0] for column in cursor.description], row))
            event["subjects"] = subjects(event["subjects"])
            sequence, salt, body = event["sequence"], event["salt"], event["body"]
            is_end, expected, previous = event["type"] == "rows.sealed", self.last + 1, self.head
            seal, begins = {}, event["type"] == "backup.restored" and "unsigned" in event["subjects"]
            self.last, self.head = sequence, event["hash"]
            if sequence != expected: self.found("sequence", expected)
            elif event["previous_hash"] != previous: self.found("link", expected)
            elif event_hash(event) != event["hash"]: self.found("content", expected)
            elif salt is not None and sha(salt + body).hex() != event["commitment"]: self.found("payload", expected)
            if salt is None and erased.get(sequence, 0) <= sequence or salt is not None and sequence in erased:
                self.found("erasure", sequence)
            if event["type"].startswith("key."): self.key_event(event)
            if event["type"] == "run.completed": self.runs.append(sequence)
            if is_end:
                if not unsigned: self.ends.append(sequence)
                try: seal = {part["table"]: part for part in json.loads(body)["tables"]}
                except (TypeError, ValueError, KeyError): seal = {None: self.found("rows", sequence)}
                self.seals.append((sequence, seal))
            # A backup may be put back where the key is not, and who was erased is erased again; all else was signed.
            is_bare = event["type"] in UNSIGNED[0] and seal.keys() <= UNSIGNED[1]
            if not is_bare if unsigned else not is_boundary if begins else sequence > signed: strays.append(sequence)
            if begins and not unsigned: self.restores.append(sequence)
            unsigned, is_boundary = begins if not unsigned else not is_end, is_end or sequence in sizes
            append(edge, self.size, unhex(self.head) or sha(b""))
            self.size += 1
            if self.size in wanted: self.roots[self.size] = root_of(edge)
        if unsigned: strays.append(self.restores[-1])
        if strays: self.found("checkpoint", strays[0])
    def key_event(self, event):
        sequence, kind = event["sequence"], event["type"]
        named = [subject[4:] for subject in event["subjects"] if subject.startswith("key:")]
        if (key := parse(Key, named[0]) if named else None) is None: return self.found("key", sequence)
        if bool(self.keys) == (kind == "key.created"): self.found("key", sequence)
        elif kind == "key.rotated" and named[1:] != [self.keys[-1][1].text]: self.found("key", sequence)
        if kind != "key.created" and sequence not in self.sizes: self.found("key", sequence)
        file = next((subject[5:] for subject in event["subjects"] if subject.startswith("file:")), None)
        self.keys.append((sequence, key, kind, file))
    def signing_keys(self, pinned):
        listed = {row[0]: row[1:] for row in self.db.execute("SELECT event, verifier, file FROM signing_key")}
        brought = {sequence: (key.text, file) for sequence, key, _, file in self.keys}
        for sequence in listed.keys() | brought.keys():
            if listed.get(sequence) != brought.get(sequence): self.found("key", sequence)
        for key in pinned - {text for text, _ in brought.values()}: self.found("key", min(brought, default=0))
    def checkpoint(self, place, edge, note):  # `edge` is None for one that was kept elsewhere
        nodes = [edge[i:i + 32] for i in range(0, len(edge), 32)] if edge is not None else []
        if note is None or edge is not None and (
                note.size != place or len(nodes) != bin(place).count("1") or root_of(nodes) != note.root):
            return self.found("checkpoint", place)
        before, epoch = len(self.problems), [key for key in self.keys if key[0] <= note.size]
        if epoch and note.origin != epoch[-1][1].name: self.found("checkpoint")
        is_change = bool(epoch) and epoch[-1][2] == "key.rotated" and epoch[-1][0] == note.size
        if not epoch or not all(note.signed_by(key[1]) for key in epoch[-2 if is_change else -1:]):
            self.found("signature", min(note.size, self.signed + 1))
        if note.size > self.size: self.found("truncated", self.size + 1)
        elif self.roots.get(note.size) != note.root: self.found("root", self.signed + 1)
        if len(self.problems) == before: self.signed = max(self.signed, note.size)
    def rows(self, table):
        (key, order), parts = SEALED[table], [(sequence, seal[table]) for sequence, seal in self.seals if table in seal]
        bounds, beyond, made = [part["to"] for _, part in parts], 0, [[0, hashlib.sha256()] for _ in parts]
        erased = {key: (digest, remains) for key, digest, remains in self.db.execute(
            "SELECT key, digest, remains FROM erased_row WHERE \"table\" = ? ORDER BY id", (table,))}
        cursor = self.db.execute("SELECT %s, %s FROM %s %s ORDER BY %s" % (key, COLUMNS.get(table, "*"), table,
            "WHERE path <> 'checkpoint.txt'" if table == "run_output" else "", order))
        is_erasable = "salt" in [column[0] for column in cursor.description]
        for place, *row in cursor:
            data = b"".join(map(sealed_cell, row))
            # An erasure, or a later wording, may change a row: it counts with the digest it had, if it is what was left.
            if is_erasable:
                digest, remains = erased.get(row[0], (None, None))
                data = digest if sha(data) == remains else sha(data)
            part = bisect.bisect_left(bounds, place)
            if part == len(parts): beyond += 1
            else:
                made[part][0] += 1
                made[part][1].update(data)
        wrong = [sequence for (sequence, part), (rows, digest) in zip(parts, made)
            if (rows, digest.hexdigest()) != (part["rows"], part["digest"])]
        if wrong or beyond: self.found("rows", wrong[0] if wrong else 0)
    def run_checkpoints(self):  # every commit and run has one, and a run lists it as the workspace keeps it
        for end in set(self.ends) - set(self.sizes): self.found("checkpoint", end)
        for run, end in zip(self.runs, self.runs[1:] + [float("inf")]):
            if bisect.bisect_left(self.sizes, run) == bisect.bisect_left(self.sizes, end): self.found("checkpoint", run)
        for event, digest, size, note in self.db.execute("""SELECT event, sha256, run_output.size, (SELECT note
                FROM checkpoint WHERE checkpoint.size >= event ORDER BY checkpoint.size LIMIT 1)
                FROM run LEFT JOIN run_output ON run_output.run = run.id AND path = 'checkpoint.txt'"""):
            note = (note or "").encode(errors="surrogateescape")
            if (digest, size) != (sha(note).hex(), len(note)): self.found("rows", event)
    def records(self):  # the versions of a batch, and the cells of each, are what the office delivered
        batches = {row[0]: row[1:] + (hashlib.sha256(),) for row in self.db.execute("""SELECT batch.id, layout.digest,
            rows, batch_content.digest FROM batch JOIN layout ON layout.id = batch.layout
            LEFT JOIN batch_content ON batch_content.batch = batch.id""")}
        tokens = dict(self.db.execute("SELECT record, token FROM erasure"))
        removed = {row[0]: row[1:] for row in self.db.execute("SELECT version, name, salt FROM removed_version")}
        for batch, name, cells, digest, record, version, salt in self.db.execute("""SELECT batch, record_id, cells,
                record_version.digest, record, record_version.id, salt FROM record_version
                JOIN record ON record.id = record_version.record ORDER BY record_version.id"""):
            layout, _, _, versions = batches.get(batch, (b"", b"", b"", hashlib.sha256()))
            versions.update(digest or bytes(32))
            if digest is None: continue
            text = name.encode(errors="surrogateescape")
            if record in tokens: whole = cells is None and tokens[record] == name
            elif version in removed: whole = cells is None and sha(removed[version][1] + text) == removed[version][0]
            else: whole = cells is not None and sha(salt + layout + varint(len(text)) + text + cells) == digest
            if not whole: self.found("record")
        for _, rows, digest, versions in batches.values():
            versions.update(rows or b"")
            if versions.digest() != digest: self.found("batch")
    def findings(self):
        """The state of each is its newest change; what it says is sealed."""
        states = dict(self.db.execute("SELECT finding, change FROM finding_change ORDER BY run"))
        for id, erased, state in self.db.execute("""SELECT id, EXISTS (SELECT 1 FROM erasure
                WHERE erasure.record IN (f.record, other_record)), state FROM finding AS f"""):
            if state != states.get(id, "open") and not erased: self.found("finding")
    def guard_rails(self):
        text = "\n".join(" ".join(sql.split()) for sql, in self.db.execute("""SELECT sql FROM (SELECT type, name, sql
            FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            UNION ALL SELECT 'version', identifier, identifier FROM grdb_migrations) ORDER BY type, name"""))
        if self.db.execute("PRAGMA foreign_key_check").fetchone(): self.found("reference")
        if sha(text.encode(errors="surrogateescape")).hex() != GUARD_RAILS: self.found("schema")
    def persons(self):
        """Retired ids, the newest word on each, lead to one that is not."""
        into = {person: other for person, _, other in
            self.db.execute("SELECT person, run, into_person FROM person_alias ORDER BY person, run")}
        for person in into:
            path = [person]
            while (end := into.get(path[-1])) is not None and end not in path: path.append(end)
            if end is not None: self.found("person")

def check_proof(text, key):  # the event that `qingku audit prove` proved, or None
    proof, key = json.loads(text), Key(key)
    event, checkpoint, payload = proof["event"], Checkpoint(proof["checkpoint"]), proof.get("payload")
    place, last, root = event["sequence"] - 1, checkpoint.size - 1, sha(b"\x00" + bytes.fromhex(event["hash"]))
    sound = checkpoint.signed_by(key) and event_hash(event) == event["hash"] and 0 <= place <= last
    if payload: sound = sound and sha(unbase64(payload["salt"]) + payload["body"].encode()).hex() == event["commitment"]
    for step in map(unbase64, proof["hashes"]):
        sound, is_right = sound and last > 0, place & 1 or place == last
        root = node(step, root) if is_right else node(root, step)
        while is_right and place and not place & 1: place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return event if sound and last == 0 and root == checkpoint.root else None

def main():
    args, many = argparse.ArgumentParser(usage=__doc__), {"action": "append", "default": []}
    for name, more in (("--checkpoint", many), ("--key", many), ("--proof", {}), ("--json", {"action": "store_true"}),
            ("database", {"nargs": "?"})): args.add_argument(name, **more)
    args = args.parse_args()
    if args.proof:
        event = check_proof(open(args.proof, encoding="utf-8").read(), args.key[0])
        print("proved: event %d, %s" % (event["sequence"], event["type"]) if event else "not proved")
        return 0 if event else 5
    try:
        kept = [open(file, encoding="utf-8", newline="").read() for file in args.checkpoint]
        audit = Audit(args.database, kept, args.key)
        problems, facts = audit.problems, {"events": audit.last, "signed": audit.signed, "head": audit.head}
        facts["unsigned_restores"] = audit.restores
    except sqlite3.DatabaseError as error: problems, facts = [("database", 0)], {"error": str(error)}
    if args.json: print(json.dumps({"sound": not problems, "problems": problems, **facts}))
    for kind, sequence in [] if args.json else problems:
        print(kind + (" from event %d on" % sequence if sequence else ""))
    if not problems and not args.json: print("sound: %(events)d events, signed up to %(signed)d" % facts)
    return 5 if problems else 0

if __name__ == "__main__": sys.exit(main())
