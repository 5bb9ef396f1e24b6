import Foundation

/// What the trail was at one moment, signed: c2sp.org/tlog-checkpoint, three lines of origin, number of events and root in
/// base64. Kept elsewhere, it shows later whether any of these events was changed or cut off.
package struct Checkpoint: Sendable, Hashable {
    package let origin: String
    /// Events; the sequence of the last one.
    package let size: Int
    package let root: TreeHash
    package let note: SignedNote

    package static let fileName = "checkpoint.txt"

    /// - Parameter keys: the first one's name is the origin.
    package init(_ tree: MerkleTree, signedBy keys: [SigningKey]) throws {
        precondition(!keys.isEmpty, "a checkpoint is signed")
        origin = keys[0].verifier.name
        size = tree.size
        root = tree.root
        note = try SignedNote(
            "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n", signedBy: keys)
    }

    /// `nil` for a text that is no checkpoint. Further lines are let pass, as the specification wants it.
    package init?(_ text: String) {
        guard let note = SignedNote(text) else { return nil }
        let lines = note.body.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, !lines[0].isEmpty, !lines.dropLast().contains(""),
            let size = Int(lines[1]), size >= 0, String(size) == lines[1],
            let data = Data(base64Encoded: String(lines[2])), let root = TreeHash(data)
        else { return nil }
        origin = String(lines[0])
        self.size = size
        self.root = root
        self.note = note
    }
}
