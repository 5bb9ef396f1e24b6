/// Turns the bytes of a file, chunk by chunk, into well-formed UTF-8, and knows for every line where it stood in the file.
///
/// A byte that is no character becomes U+FFFD and is noted; the text goes on behind it.
struct TextDecoder {
    /// Bytes that are no characters, and where their U+FFFD stands in the decoded text.
    struct Damage {
        let offset: Int
        let bytes: [UInt8]
    }

    /// The decoded text of the last call.
    private(set) var output: [UInt8] = []
    /// Not taken yet, in the order of the text. A file of nothing but noise fills it up to a limit and no further.
    private(set) var damage: [Damage] = []
    /// Those at the beginning that were asked for.
    private var takenDamage = 0

    private let encoding: TextEncoding
    private let unit: Int
    private let isBigEndian: Bool
    /// `nil` for UTF-8.
    private let converter: Iconv?
    private var skip: Int
    private var pending: [UInt8] = []
    private var rawCount: Int
    private var decodedCount = 0
    /// Places known in both texts: decoded offset, raw offset. Behind one, UTF-8 runs in step up to the next; in other
    /// encodings only line starts are exact.
    private var anchors: [(decoded: Int, raw: Int)]
    private var anchor = 0
    private static let damageLimit = 50_000

    /// `skipping`: bytes of the byte order mark. `nil` when the converter is not to be had.
    init?(_ encoding: TextEncoding, skipping mark: Int = 0) {
        self.encoding = encoding
        unit = encoding.unit
        isBigEndian = encoding == .utf16BE
        skip = mark
        rawCount = mark
        anchors = [(0, mark)]
        if encoding == .utf8 {
            converter = nil
        } else {
            guard let converter = Iconv(from: encoding.iconvName) else { return nil }
            self.converter = converter
        }
    }

    mutating func decode(_ chunk: [UInt8]) {
        var bytes = chunk
        if skip > 0 {
            let cut = min(skip, bytes.count)
            bytes.removeFirst(cut)
            skip -= cut
        }
        if !pending.isEmpty {
            bytes = pending + bytes
            pending = []
        }
        convert(bytes, isLast: false)
    }

    /// The end of the file: a character that was cut off is noted as damage.
    mutating func finish() {
        let rest = pending
        pending = []
        convert(rest, isLast: true)
    }

    /// All of `bytes` at once; `nil` when the converter is not to be had.
    static func text(_ bytes: [UInt8], _ encoding: TextEncoding, skipping mark: Int = 0, isWhole: Bool) -> [UInt8]? {
        guard var decoder = TextDecoder(encoding, skipping: mark) else { return nil }
        decoder.decode(bytes)
        var text = decoder.output
        if isWhole {
            decoder.finish()
            text += decoder.output
        }
        return text
    }

    private mutating func convert(_ bytes: [UInt8], isLast: Bool) {
        output.removeAll(keepingCapacity: true)
        let decodedStart = decodedCount
        let rawStart = rawCount
        bytes.withUnsafeBufferPointer { buffer in
            let end =
                if let converter { decode(buffer, with: converter, isLast: isLast) } else {
                    decodeUTF8(buffer, isLast: isLast)
                }
            pending = Array(buffer[end...])
            rawCount += end
            if converter != nil { anchorLines(UnsafeBufferPointer(rebasing: buffer[..<end]), rawStart, decodedStart) }
        }
        decodedCount += output.count
    }

    /// Returns how many bytes are done with.
    private mutating func decodeUTF8(_ buffer: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Int {
        var index = 0
        while true {
            let end = UTF8Form.end(buffer, from: index)
            output.append(contentsOf: buffer[index..<end])
            guard end < buffer.count else { return end }
            let length = UTF8Form.length(buffer, at: end)
            if length == 0, !isLast { return end }
            index = length == 0 ? buffer.count : end - length
            note(buffer[end..<index])
            anchors.append((decodedCount + output.count, rawCount + index))
        }
    }

    private mutating func decode(_ buffer: UnsafeBufferPointer<UInt8>, with converter: Iconv, isLast: Bool) -> Int {
        var index = 0
        while index < buffer.count {
            let (end, stop) = converter.convert(buffer, from: index, into: &output)
            switch stop {
            case nil: return buffer.count
            case .incomplete where !isLast: return end
            case .incomplete: index = buffer.count
            case .malformed:
                if let han = GB18030Edition.character(buffer, at: end, of: encoding) {
                    output.append(contentsOf: han)
                    index = end + 4
                    continue
                }
                index = min(end + unit, buffer.count)
            }
            note(buffer[end..<index])
        }
        return index
    }

    private mutating func note(_ bad: Slice<UnsafeBufferPointer<UInt8>>) {
        if damage.count - takenDamage < Self.damageLimit {
            damage.append(Damage(offset: decodedCount + output.count, bytes: Array(bad.prefix(4))))
        }
        output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    }

    /// Line ends are the same characters in both texts, one for one: walks them side by side.
    private mutating func anchorLines(_ raw: UnsafeBufferPointer<UInt8>, _ rawStart: Int, _ decodedStart: Int) {
        let low = isBigEndian ? 1 : 0
        var decoded = 0
        var index = 0
        while index + unit <= raw.count {
            let byte = raw[index + low]
            let isLineEnd = (byte == 0x0A || byte == 0x0D) && (unit == 1 || raw[index + 1 - low] == 0)
            index += unit
            guard isLineEnd else { continue }
            while decoded < output.count, output[decoded] != byte { decoded += 1 }
            guard decoded < output.count else { return }
            decoded += 1
            anchors.append((decodedStart + decoded, rawStart + index))
        }
    }

    /// Where in the file the decoded text's byte `offset` stood. Ask in rising order; exact at the start of a line.
    mutating func rawOffset(of offset: Int) -> UInt64 {
        while anchor + 1 < anchors.count, anchors[anchor + 1].decoded <= offset { anchor += 1 }
        if anchor > 4096 {
            anchors.removeFirst(anchor)
            anchor = 0
        }
        let (decoded, raw) = anchors[anchor]
        return UInt64(max(0, raw + offset - decoded))
    }

    /// The damage before decoded byte `end`, which is then forgotten.
    mutating func takeDamage(before end: Int) -> [Damage] {
        let begin = takenDamage
        while takenDamage < damage.count, damage[takenDamage].offset < end { takenDamage += 1 }
        if begin == takenDamage { return [] }
        let taken = Array(damage[begin..<takenDamage])
        if takenDamage > 4_096 {
            damage.removeFirst(takenDamage)
            takenDamage = 0
        }
        return taken
    }
}
