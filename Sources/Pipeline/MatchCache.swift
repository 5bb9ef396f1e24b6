import Crypto
import Foundation
import Matching
import Records
import Workspace

/// What matching leaves for the next run of a workspace that goes on with the same model.
enum MatchCache {
    /// As bytes, numbers with the lowest byte first: rows, pairs; a print a row; rows, pattern and key of each pair.
    private static let version = "1"

    /// - Returns: `nil` where matching does not go on with the model, or nothing was left for it.
    static func read(_ store: WorkspaceStore, _ model: StandingModel?, _ standing: Standing) -> KeptMatching? {
        guard let model, model.isContinued else { return nil }
        return MatchCacheFile.read(in: store.directory, key: key(model.text, standing.calibration)).flatMap {
            KeptMatching(bytes: $0)
        }
    }

    static func write(_ kept: KeptMatching, _ store: WorkspaceStore, model: ModelText, calibration: Calibration?) {
        MatchCacheFile.write(kept.bytes, key: key(model, calibration), in: store.directory)
    }

    /// Which pairs are kept depends on the model, with the plan in it, on how its scores are read, and on the tool.
    private static func key(_ model: ModelText, _ calibration: Calibration?) -> [UInt8] {
        let read = calibration.map { "\($0.shift.bitPattern) \($0.slope.bitPattern)" } ?? ""
        return Array(SHA256.hash(data: Data([version, Version.text, model.sha256, read].joined(separator: "\n").utf8)))
    }
}

extension KeptMatching {
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + prints.count * 8 + pairs.count * 17)
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(UInt64(prints.count))
        append(UInt64(pairs.count))
        for print in prints { append(print) }
        for pair in pairs {
            append(pair.a)
            append(pair.b)
            append(pair.pattern)
            append(pair.key)
        }
        return bytes
    }

    /// - Returns: `nil` for bytes that are not those of one.
    init?(bytes: [UInt8]) {
        let kept = bytes.withUnsafeBytes { bytes -> (prints: [UInt64], pairs: [Pair])? in
            func number<Number: FixedWidthInteger>(_ place: Int, _ type: Number.Type) -> Number {
                Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: type))
            }
            guard bytes.count >= 16 else { return nil }
            let (rows, pairs) = (number(0, UInt64.self), number(8, UInt64.self))
            guard rows <= UInt32.max, pairs <= UInt32.max, bytes.count == 16 + Int(rows) * 8 + Int(pairs) * 17 else {
                return nil
            }
            let start = 16 + Int(rows) * 8
            let found = (0..<Int(pairs)).map { index in
                let place = start + index * 17
                return Pair(
                    a: number(place, UInt32.self), b: number(place + 4, UInt32.self),
                    pattern: number(place + 8, UInt64.self), key: number(place + 16, UInt8.self))
            }
            guard found.allSatisfy({ $0.a < $0.b && UInt64($0.b) < rows }) else { return nil }
            return ((0..<Int(rows)).map { number(16 + $0 * 8, UInt64.self) }, found)
        }
        guard let kept else { return nil }
        self.init(prints: kept.prints, pairs: kept.pairs)
    }
}
