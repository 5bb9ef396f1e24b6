import CZlib
import Foundation
import Records

/// The files of a ZIP archive, held in memory: stored or deflated, without ZIP64, encryption or parts (PKWARE APPNOTE 6.3). What
/// it says of itself is held against what it has, and a small file does not grow into a large one.
struct ZipArchive {
    /// Of the archive, in bytes.
    static let largestFile = 32 << 20
    /// Of all files in it together, unpacked.
    static let largestContent = 128 << 20
    static let mostEntries = 500

    private struct Entry {
        let method: Int
        let crc: UInt32
        let packed: Int
        let size: Int
        let header: Int
    }

    private let bytes: [UInt8]
    private let entries: [String: Entry]

    /// - Throws: `E-XLS-001` for what is no such archive, `E-XLS-002` for one that is too large.
    init(_ bytes: [UInt8]) throws {
        guard bytes.count <= Self.largestFile else { throw Self.tooLarge }
        self.bytes = bytes
        guard let end = Self.end(bytes) else { throw Self.broken }
        let (count, start) = (Self.number16(bytes, end + 10) ?? 0, Self.number32(bytes, end + 16) ?? 0)
        guard count <= Self.mostEntries else { throw Self.tooLarge }
        var entries: [String: Entry] = [:]
        var (place, total) = (start, 0)
        for _ in 0..<count {
            guard Self.number32(bytes, place) == 0x0201_4B50, let flags = Self.number16(bytes, place + 8),
                let method = Self.number16(bytes, place + 10), let crc = Self.number32(bytes, place + 16),
                let packed = Self.number32(bytes, place + 20), let size = Self.number32(bytes, place + 24),
                let name = Self.number16(bytes, place + 28), let extra = Self.number16(bytes, place + 30),
                let comment = Self.number16(bytes, place + 32), let header = Self.number32(bytes, place + 42),
                place + 46 + name <= bytes.count, flags & 1 == 0,
                let text = String(validating: bytes[(place + 46)..<(place + 46 + name)], as: UTF8.self)
            else { throw Self.broken }
            total += size
            guard total <= Self.largestContent, size <= max(4_096, packed * 1_040) else { throw Self.tooLarge }
            let entry = Entry(
                method: method, crc: UInt32(truncatingIfNeeded: crc), packed: packed, size: size, header: header)
            // Two files of one name are read differently by different programs.
            guard entries.updateValue(entry, forKey: text) == nil else { throw Self.broken }
            place += 46 + name + extra + comment
        }
        self.entries = entries
    }

    /// - Returns: `nil` when there is no such file.
    func file(_ name: String) throws -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        let header = entry.header
        guard Self.number32(bytes, header) == 0x0403_4B50, let name = Self.number16(bytes, header + 26),
            let extra = Self.number16(bytes, header + 28)
        else { throw Self.broken }
        let start = header + 30 + name + extra
        guard start + entry.packed <= bytes.count else { throw Self.broken }
        let packed = bytes[start..<(start + entry.packed)]
        let content: [UInt8]
        switch entry.method {
        case 0: content = Array(packed)
        case 8: content = try Self.inflated(packed, size: entry.size)
        default: throw Self.broken
        }
        let sum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        guard content.count == entry.size, UInt32(truncatingIfNeeded: sum) == entry.crc else { throw Self.broken }
        return content
    }

    private static func inflated(_ packed: ArraySlice<UInt8>, size: Int) throws -> [UInt8] {
        if size == 0 { return [] }
        var stream = z_stream()
        guard qingku_inflate_begin(&stream) == Z_OK else { throw broken }
        defer { inflateEnd(&stream) }
        var input = Array(packed)
        var isWhole = false
        let content = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(size)
                isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = size - Int(stream.avail_out)
        }
        guard isWhole else { throw broken }
        return content
    }

    /// Of the end of the directory: 22 bytes and a comment of at most 65,535.
    private static func end(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65_535), by: -1)
        where bytes[place] == 0x50 && number32(bytes, place) == 0x0605_4B50 {
            return place
        }
        return nil
    }

    private static func number16(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard place >= 0, place + 2 <= bytes.count else { return nil }
        return Int(bytes[place]) | Int(bytes[place + 1]) << 8
    }

    private static func number32(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard let low = number16(bytes, place), let high = number16(bytes, place + 2) else { return nil }
        return low | high << 16
    }

    static let broken = Failure(
        .badInput, code: "E-XLS-001", Text(en: "this is no workbook that can be read", zh: "这不是可读取的工作簿"),
        advice: Text(
            en: "Save it as “Excel workbook (.xlsx)”, without a password, and try again.",
            zh: "请另存为不带密码的“Excel 工作簿（.xlsx）”后重试。"))

    static let tooLarge = Failure(
        .badInput, code: "E-XLS-002",
        Text(en: "the workbook is larger than any that qingku writes", zh: "工作簿超出 qingku 所写的大小"),
        advice: Text(
            en: "At most 32 MiB, and 128 MiB unpacked.", zh: "最大 32 MiB，解压后 128 MiB。"))
}
