/// The right to do one kind of thing in a workspace, beside the right to write to it: others who want to do the same are
/// refused meanwhile. It ends with the process, however that ends.
package struct WorkspaceTurn {
    private let lock: WorkspaceLock

    /// - Parameter kind: a word that names the file.
    /// - Throws: `E-WS-001` while somebody else has it, `E-WS-005`, `E-WS-007` when there is no workspace.
    package init(directory: String, of kind: String) throws {
        _ = try WorkspaceStore.openReadOnly(directory: directory)
        lock = try WorkspaceLock(directory: directory, patience: .zero, file: kind + ".lock")
    }

    /// Keeps it until here.
    package func end() { withExtendedLifetime(lock) {} }
}
