package import Encryption
package import Reports

/// What somebody asks of `qingku export`.
package struct ExportRequest: Sendable {
    /// Where the tables come from.
    package enum Origin: Sendable {
        /// The newest run of a workspace.
        case workspace(String)
        /// The folder of a run; of a run of a workspace wherever it lies, its workspace is named unless the folder is within.
        case folder(String, workspace: String?)
    }

    package var origin: Origin
    package var format: ExportFormat
    /// Names of tables, `all` for every one; empty: `master`.
    package var tables: [String]
    /// `nil`: the table's name in the working folder.
    package var output: String?
    package var purpose: String
    package var recipient: String
    package var isPseudonymised: Bool
    package var keyPath: String?
    /// Columns and fields that stay as they are.
    package var keep: [String]
    /// Whose keys open the file; empty: it is not encrypted.
    package var encryptedTo: [AgeRecipient]
    package var actor: String
    package var clock: Clock

    package init(
        origin: Origin, format: ExportFormat, tables: [String], output: String?, purpose: String, recipient: String,
        isPseudonymised: Bool, keyPath: String?, keep: [String], encryptedTo: [AgeRecipient] = [],
        actor: String, clock: Clock
    ) {
        self.origin = origin
        self.format = format
        self.tables = tables
        self.output = output
        self.purpose = purpose
        self.recipient = recipient
        self.isPseudonymised = isPseudonymised
        self.keyPath = keyPath
        self.keep = keep
        self.encryptedTo = encryptedTo
        self.actor = actor
        self.clock = clock
    }
}
