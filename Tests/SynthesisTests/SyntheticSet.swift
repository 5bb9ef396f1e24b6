import Foundation
import Records
import Synthesis
import Testing

/// A set written to a folder of its own, and its files as rows.
struct SyntheticSet {
    let folder: String
    let summary: Summary

    static func registry(_ change: (inout RegistryOptions) -> Void = { _ in }) throws -> SyntheticSet {
        var options = RegistryOptions()
        options.dossierEncoding = .utf8
        change(&options)
        let folder = newFolder()
        return SyntheticSet(folder: folder, summary: try RegistrySynthesizer.write(options, to: folder))
    }

    static func latin(_ change: (inout LatinOptions) -> Void = { _ in }) throws -> SyntheticSet {
        var options = LatinOptions()
        change(&options)
        let folder = newFolder()
        return SyntheticSet(folder: folder, summary: try LatinSynthesizer.write(options, to: folder))
    }

    static func newFolder() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("synthesis-\(UUID().uuidString)")
            .path
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    func text(_ name: String) throws -> String {
        try #require(String(bytes: bytes(name), encoding: .utf8))
    }

    /// Rows below the header, fields by column name. The files of these tests need no quotes.
    func rows(_ name: String) throws -> [[String: String]] {
        var lines = try text(name).split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = lines.removeFirst()
        return lines.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    func header(_ name: String) throws -> String {
        String(try text(name).prefix { !$0.isNewline })
    }

    /// Of all files, in the order of their names.
    func hash() throws -> String {
        var hash = StableHash()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            hash.combine(name)
            for byte in try bytes(name) { hash.combine(byte) }
        }
        return hash.hex
    }
}
