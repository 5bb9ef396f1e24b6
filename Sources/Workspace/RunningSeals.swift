import Crypto
import Records

/// The seals of the tables that have a row for every record or finding, made while a commit puts the rows in: reading a
/// million of them back takes about as long as storing them.
///
/// Delicate: what passes here has to be what `RowSeals` reads, all rows of the commit, in the same columns and order. Debug
/// builds compare the two at each seal.
struct RunningSeals {
    var record = RunningSeal()
    var version = RunningSeal()
    var person = RunningSeal()
    var membership = RunningSeal()
    var finding = RunningSeal()

    /// `nil` for a table that the commit added nothing to, or whose rows did not pass here.
    func part(_ table: RowSeals.Table) -> RowSeal.Part? {
        switch table.name {
        case "record": record.part(table)
        case "record_version": version.part(table)
        case "person": person.part(table)
        case "membership": membership.part(table)
        case "finding": finding.part(table)
        default: nil
        }
    }
}

/// The seal of rows that come in the order in which a `RowSeals.Table` takes them.
struct RunningSeal {
    private var hash = SHA256()
    private var bytes: [UInt8] = []
    private var row: [UInt8] = []
    private var rows = 0
    private var to: Int64 = 0

    /// One row: its key, and its columns one after the other.
    mutating func add(_ key: Int64, _ columns: (inout [UInt8]) -> Void) {
        columns(&bytes)
        rows += 1
        to = key
        guard bytes.count > 1 << 16 else { return }
        hash.update(data: bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// The same for a row of an erasable table, which counts with its digest.
    mutating func addErasable(_ key: Int64, _ columns: (inout [UInt8]) -> Void) {
        row.removeAll(keepingCapacity: true)
        columns(&row)
        let digest = SHA256.hash(data: row)
        add(key) { bytes in digest.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    }

    fileprivate func part(_ table: RowSeals.Table) -> RowSeal.Part? {
        if rows == 0 { return nil }
        var hash = hash
        hash.update(data: bytes)
        return RowSeal.Part(table: table.name, to: Int(to), rows: rows, digest: Hex.text(hash.finalize()))
    }
}

/// A value so that no other value, and no other row of values, gives the same bytes: a letter for its type, the length of a
/// text or blob in four bytes, an integer in eight, the highest first.
extension [UInt8] {
    mutating func appendSealed(_ integer: Int64) {
        append(UInt8(ascii: "i"))
        Swift.withUnsafeBytes(of: integer.bigEndian) { append(contentsOf: $0) }
    }

    mutating func appendSealedNull() { append(UInt8(ascii: "n")) }

    mutating func appendSealed(_ text: String) {
        var text = text
        text.withUTF8 { appendSealed(text: UnsafeRawBufferPointer($0)) }
    }

    mutating func appendSealed(blob: UnsafeRawBufferPointer) { appendSealed(UInt8(ascii: "b"), blob) }

    mutating func appendSealed(text: UnsafeRawBufferPointer) { appendSealed(UInt8(ascii: "t"), text) }

    private mutating func appendSealed(_ type: UInt8, _ content: UnsafeRawBufferPointer) {
        append(type)
        Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: content.count).bigEndian) { append(contentsOf: $0) }
        append(contentsOf: content)
    }
}
