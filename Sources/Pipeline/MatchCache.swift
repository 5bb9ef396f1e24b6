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
        var writer = PackedWriter(expecting: 16 + prints.count * 8 + pairs.count * 17)
        writer.append(UInt64(prints.count))
        writer.append(UInt64(pairs.count))
        for print in prints { writer.append(print) }
        for pair in pairs {
            writer.append(pair.a)
            writer.append(pair.b)
            writer.append(pair.pattern)
            writer.append(pair.key)
        }
        return writer.bytes
    }

    /// - Returns: `nil` for bytes that are not those of one.
    init?(bytes: [UInt8]) {
        var reader = PackedReader(bytes[...])
        guard let rows = reader.next(UInt64.self), let count = reader.next(UInt64.self), rows <= UInt32.max,
            count <= UInt32.max, reader.count == Int(rows) * 8 + Int(count) * 17
        else { return nil }
        let prints = (0..<rows).compactMap { _ in reader.next(UInt64.self) }
        var pairs: [Pair] = []
        pairs.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let a = reader.next(UInt32.self), let b = reader.next(UInt32.self),
                let pattern = reader.next(UInt64.self), let key = reader.next(UInt8.self), a < b, UInt64(b) < rows
            else { return nil }
            pairs.append(Pair(a: a, b: b, pattern: pattern, key: key))
        }
        self.init(prints: prints, pairs: pairs)
    }
}
