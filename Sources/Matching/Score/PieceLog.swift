import Foundation
import Records
import Synchronization

/// The pieces of one comparison in a file, each behind its length and a hash.
final class PieceLog: Sendable {
    private struct Entry {
        let piece: UInt32
        let body: Range<Int>
    }

    /// What an earlier run left, and where each piece stands in it.
    private let earlier: [UInt8]
    private let places: [UInt32: Range<Int>]
    private let file: Mutex<Output>

    private struct Output {
        /// Closed once it cannot be written any more.
        var descriptor: Int32?
        var unsynchronized = 0
    }

    /// Pieces of a quarter of a million pairs each between two waits for the disk: some seconds.
    private static let between = 64
    private static let magic = Array("qingku pieces 1\n".utf8)
    private static var headSize: Int { magic.count + 8 }
    private static let entrySize = 16

    /// - Returns: `nil` where the file cannot be had, or another run has it.
    init?(_ path: String, key: UInt64) {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        var head = PackedWriter(expecting: Self.headSize)
        for byte in Self.magic { head.append(byte) }
        head.append(key)
        let bytes = Array(FileManager.default.contents(atPath: path) ?? Data())
        let isSame = bytes.starts(with: head.bytes)
        let entries = isSame ? Self.entries(bytes) : []
        earlier = isSame ? bytes : []
        places = Dictionary(entries.map { ($0.piece, $0.body) }) { first, _ in first }
        // What was cut off in its last entry, or belongs to another comparison, makes room.
        let end = isSame ? entries.last?.body.upperBound ?? Self.headSize : 0
        file = Mutex(Output(descriptor: descriptor))
        guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, 0, SEEK_END) >= 0,
            fchmod(descriptor, 0o600) == 0
        else { return nil }
        if !isSame { file.withLock { Self.write(head.bytes, &$0) } }
    }

    deinit {
        file.withLock { output in
            if let descriptor = output.descriptor { close(descriptor) }
        }
    }

    /// Pieces that need not be compared again.
    var count: Int { places.count }

    subscript(piece: Int) -> ArraySlice<UInt8>? { places[UInt32(piece)].map { earlier[$0] } }

    func append(_ piece: Int, _ body: [UInt8]) {
        guard body.count <= UInt32.max else { return }
        var entry = PackedWriter(expecting: Self.entrySize + body.count)
        entry.append(UInt32(piece))
        entry.append(UInt32(body.count))
        entry.append(Self.hash(UInt32(piece), body[...]))
        let bytes = entry.bytes + body
        file.withLock { Self.write(bytes, &$0) }
    }

    private static func write(_ bytes: [UInt8], _ output: inout Output) {
        guard let descriptor = output.descriptor else { return }
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(descriptor)
                output.descriptor = nil
                return
            }
            start += count
        }
        output.unsynchronized += 1
        if output.unsynchronized >= between {
            fsync(descriptor)
            output.unsynchronized = 0
        }
    }

    /// As far as the file is whole.
    private static func entries(_ bytes: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        var place = headSize
        while true {
            var reader = PackedReader(bytes[place...])
            guard let piece = reader.next(UInt32.self), let length = reader.next(UInt32.self),
                let hash = reader.next(UInt64.self), Int(length) <= reader.count
            else { return entries }
            let body = place + entrySize..<place + entrySize + Int(length)
            guard self.hash(piece, bytes[body]) == hash else { return entries }
            entries.append(Entry(piece: piece, body: body))
            place = body.upperBound
        }
    }

    private static func hash(_ piece: UInt32, _ body: ArraySlice<UInt8>) -> UInt64 {
        var hash = StableHash()
        for shift in [0, 8, 16, 24] { hash.combine(UInt8(truncatingIfNeeded: piece >> UInt32(shift))) }
        body.withUnsafeBytes { hash.combine($0.bindMemory(to: UInt8.self)) }
        return hash.value
    }
}
