import GRDB
import Records

/// Who may sign in to the review desk. A change is a further row with everything that holds from then on; the newest row
/// of a name counts.
enum AccountTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE account (
                    id INTEGER PRIMARY KEY,
                    -- The event that records it.
                    event INTEGER NOT NULL UNIQUE REFERENCES event (sequence),
                    name TEXT NOT NULL CHECK (name <> ''),
                    -- JSON arrays of texts.
                    roles TEXT NOT NULL CHECK (roles LIKE '[%]'),
                    areas TEXT NOT NULL CHECK (areas LIKE '[%]'),
                    sources TEXT NOT NULL CHECK (sources LIKE '[%]'),
                    -- Parameters, salt and hash; never the password.
                    password TEXT NOT NULL CHECK (password LIKE '$scrypt$%'),
                    state TEXT NOT NULL CHECK (state IN ('open', 'disabled')),
                    "by" TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z')
                ) STRICT;
                CREATE INDEX account_name ON account (name);
                """)
        try Migrations.makeAppendOnly("account", db)
    }

    static func insert(_ account: Account, by: String, at: String, event: Int, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO account (event, name, roles, areas, sources, password, state, "by", at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            event, account.name, try JSON.text(account.roles.map(\.rawValue).sorted()), try JSON.text(account.areas),
            try JSON.text(account.sources), account.password, account.isDisabled ? "disabled" : "open", by, at,
        ])
    }

    private static let newest = "SELECT * FROM account WHERE id IN (SELECT max(id) FROM account GROUP BY name)"

    /// By name.
    static func all(_ db: Database) throws -> [StoredAccount] {
        try db.rows(sql: newest + " ORDER BY name").map(account)
    }

    static func find(_ name: String, _ db: Database) throws -> StoredAccount? {
        try db.cachedStatement(sql: "SELECT * FROM account WHERE name = ? ORDER BY id DESC LIMIT 1")
            .fetchFirst(name).map(account)
    }

    static func isEmpty(_ db: Database) throws -> Bool {
        try db.value(Bool.self, sql: "SELECT NOT EXISTS (SELECT 1 FROM account)") ?? true
    }

    private static func account(_ row: Row) -> StoredAccount {
        StoredAccount(
            version: row["id"],
            account: Account(
                name: row["name"], roles: Set(list(row["roles"]).compactMap { Role(rawValue: $0) }),
                areas: list(row["areas"]), sources: list(row["sources"]), password: row["password"],
                isDisabled: row["state"] != "open"))
    }

    private static func list(_ json: String) -> [String] { JSON.texts(json) }
}

extension Statement {
    fileprivate func fetchFirst(_ name: String) throws -> Row? { try Row.fetchOne(self, arguments: [name]) }
}
