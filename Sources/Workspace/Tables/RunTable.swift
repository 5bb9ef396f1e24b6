import GRDB
package import Records

/// A finished run: what went in, what came out.
package struct StoredRun: Sendable, Hashable {
    package struct Output: Sendable, Hashable {
        /// Within the run's folder.
        package let path: String
        /// Hex.
        package let sha256: String
        package let size: Int

        package init(path: String, sha256: String, size: Int) {
            self.path = path
            self.sha256 = sha256
            self.size = size
        }
    }

    package enum Kind: String, Sendable, CaseIterable {
        /// The whole line: persons are known after it.
        case clean
        /// Checks alone.
        case check
    }

    /// From 1, over runs of both kinds; `WorkspaceWriter.nextRun` gives the next one.
    package let id: Int
    package let kind: Kind
    /// Of its folder in the outbox.
    package let name: String
    /// Name of the workspace's folder at that time.
    package let workspace: String
    /// Where its files are: within the workspace, or absolute.
    package let folder: String
    /// UTC, ISO 8601, to the second.
    package let finishedAt: String
    package let tool: String
    /// SHA-256 of the rule book, of the inputs and of the live decisions, hex: the same three give the same outputs.
    package let rules: String
    package let inputs: String
    package let decisions: String
    /// What it worked on, ascending.
    package let batches: [Int]
    package let records: Int
    package let persons: Int
    /// The newest event that it knew: with the rules, the batches and the day this is all it stands on.
    package let basis: Int
    /// The day that "future" was measured by, `YYYY-MM-DD`.
    package let day: String
    package let language: Language
    /// SHA-256 of the model it was pinned to, hex; `nil` when it fitted its own.
    package let model: String?
    /// Sequence of its `run.completed`.
    package let event: Int
    /// By path.
    package let outputs: [Output]

    package init(
        id: Int, kind: Kind = .clean, name: String, workspace: String = "", folder: String, finishedAt: String,
        tool: String, rules: String,
        inputs: String, decisions: String, batches: [Int], records: Int, persons: Int, basis: Int, day: String,
        language: Language, model: String? = nil, event: Int, outputs: [Output]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.workspace = workspace
        self.folder = folder
        self.finishedAt = finishedAt
        self.tool = tool
        self.rules = rules
        self.inputs = inputs
        self.decisions = decisions
        self.batches = batches
        self.records = records
        self.persons = persons
        self.basis = basis
        self.day = day
        self.language = language
        self.model = model
        self.event = event
        self.outputs = outputs
    }
}

extension StoredRun {
    /// Where its files are.
    package func folder(in workspace: String) -> String { folder.hasPrefix("/") ? folder : workspace + "/" + folder }
}

/// A rule book as it stood when a run used it.
package struct StoredRuleBook: Sendable, Hashable {
    /// Hex.
    package let sha256: String
    /// Where it was read from; paths in it are relative to that place.
    package let path: String
    package let text: String

    package init(sha256: String, path: String, text: String) {
        self.sha256 = sha256
        self.path = path
        self.text = text
    }
}

enum RunTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE rule_book (
                    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
                    path TEXT NOT NULL,
                    text TEXT NOT NULL
                ) STRICT;
                -- The files that pinned models were read from.
                CREATE TABLE model (
                    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
                    text TEXT NOT NULL
                ) STRICT;
                -- Written last; what belongs to a run is checked against it when the transaction ends.
                CREATE TABLE run (
                    id INTEGER PRIMARY KEY CHECK (id > 0),
                    kind TEXT NOT NULL CHECK (kind IN ('clean', 'check')),
                    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
                    -- Name of the workspace's folder then.
                    workspace TEXT NOT NULL,
                    folder TEXT NOT NULL CHECK (folder <> ''),
                    finished_at TEXT NOT NULL CHECK (finished_at LIKE '____-__-__T__:__:__Z'),
                    tool TEXT NOT NULL,
                    rules TEXT NOT NULL REFERENCES rule_book (sha256),
                    inputs TEXT NOT NULL CHECK (length(inputs) = 64),
                    decisions TEXT NOT NULL CHECK (length(decisions) = 64),
                    records INTEGER NOT NULL CHECK (records >= 0),
                    persons INTEGER NOT NULL CHECK (persons >= 0),
                    basis INTEGER NOT NULL CHECK (basis >= 0 AND basis < event),
                    day TEXT NOT NULL CHECK (day LIKE '____-__-__'),
                    language TEXT NOT NULL,
                    model TEXT REFERENCES model (sha256),
                    event INTEGER NOT NULL UNIQUE REFERENCES event (sequence)
                ) STRICT;
                CREATE TABLE run_batch (
                    run INTEGER NOT NULL REFERENCES run (id),
                    batch INTEGER NOT NULL REFERENCES batch (id),
                    PRIMARY KEY (run, batch)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE run_output (
                    run INTEGER NOT NULL REFERENCES run (id),
                    path TEXT NOT NULL CHECK (path <> ''),
                    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                    size INTEGER NOT NULL CHECK (size >= 0),
                    PRIMARY KEY (run, path)
                ) STRICT, WITHOUT ROWID;
                """)
        try Migrations.makeAppendOnly("run", db)
    }

    static func insert(_ run: StoredRun, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO run
                    (id, kind, name, workspace, folder, finished_at, tool, rules, inputs, decisions, records, persons,
                    basis, day, language, model, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.id, run.kind.rawValue, run.name, run.workspace, run.folder, run.finishedAt, run.tool, run.rules,
                run.inputs,
                run.decisions, run.records, run.persons, run.basis, run.day, run.language.rawValue, run.model,
                run.event,
            ])
        for batch in run.batches {
            try db.execute(sql: "INSERT INTO run_batch (run, batch) VALUES (?, ?)", arguments: [run.id, batch])
        }
        for output in run.outputs { try insert(output, of: run.id, db) }
    }

    static func insert(_ output: StoredRun.Output, of run: Int, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO run_output (run, path, sha256, size) VALUES (?, ?, ?, ?)",
            arguments: [run, output.path, output.sha256, output.size])
    }

    static func nextID(_ db: Database) throws -> Int {
        try db.value(Int.self, sql: "SELECT coalesce(max(id), 0) + 1 FROM run") ?? 1
    }

    /// - Parameter kind: `nil`: of any kind.
    static func last(_ db: Database, kind: StoredRun.Kind?) throws -> StoredRun? {
        try db.row(
            sql: "SELECT * FROM run WHERE kind = ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT 1",
            arguments: [kind?.rawValue]
        ).map { try run($0, db) }
    }

    static func all(_ db: Database, kind: StoredRun.Kind?) throws -> [StoredRun] {
        try db.rows(
            sql: "SELECT * FROM run WHERE kind = ?1 OR ?1 IS NULL ORDER BY id", arguments: [kind?.rawValue]
        ).map { try run($0, db) }
    }

    private static func run(_ row: Row, _ db: Database) throws -> StoredRun {
        let id: Int = row["id"]
        return StoredRun(
            id: id, kind: StoredRun.Kind(rawValue: row["kind"]) ?? .clean, name: row["name"],
            workspace: row["workspace"], folder: row["folder"], finishedAt: row["finished_at"], tool: row["tool"],
            rules: row["rules"], inputs: row["inputs"], decisions: row["decisions"],
            batches: try db.values(
                Int.self, sql: "SELECT batch FROM run_batch WHERE run = ? ORDER BY batch", arguments: [id]),
            records: row["records"], persons: row["persons"], basis: row["basis"], day: row["day"],
            language: Language(rawValue: row["language"]) ?? .english, model: row["model"], event: row["event"],
            outputs: try db.rows(
                sql: "SELECT path, sha256, size FROM run_output WHERE run = ? ORDER BY path", arguments: [id]
            ).map { StoredRun.Output(path: $0["path"], sha256: $0["sha256"], size: $0["size"]) })
    }

    static func remember(_ book: StoredRuleBook, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO rule_book (sha256, path, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [book.sha256, book.path, book.text])
    }

    static func remember(model text: String, sha256: String, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO model (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [sha256, text])
    }

    static func model(_ sha256: String, _ db: Database) throws -> String? {
        try db.value(String.self, sql: "SELECT text FROM model WHERE sha256 = ?", arguments: [sha256])
    }

    static func ruleBook(_ db: Database, sha256: String) throws -> StoredRuleBook? {
        try db.row(sql: "SELECT * FROM rule_book WHERE sha256 = ?", arguments: [sha256])
            .map { StoredRuleBook(sha256: $0["sha256"], path: $0["path"], text: $0["text"]) }
    }

    /// Of the last run.
    static func ruleBook(_ db: Database, kind: StoredRun.Kind?) throws -> StoredRuleBook? {
        try db.row(
            sql: """
                SELECT rule_book.* FROM rule_book JOIN run ON run.rules = rule_book.sha256
                WHERE kind = ?1 OR ?1 IS NULL ORDER BY run.id DESC LIMIT 1
                """, arguments: [kind?.rawValue]
        ).map { StoredRuleBook(sha256: $0["sha256"], path: $0["path"], text: $0["text"]) }
    }
}
