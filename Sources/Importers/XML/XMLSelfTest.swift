import Foundation
package import Records

/// Whether the XML parser of this machine follows entities: into a file, through a parameter entity, or into themselves.
///
/// Flags and versions say little (CVE-2024-40896: a guard that a distribution had broken), so documents are read that a parser
/// without guard would expand. Every import refuses to start when one gets through; trying takes about a millisecond.
package enum XMLSelfTest {
    package enum Probe: String, Sendable, CaseIterable {
        case externalEntity = "external entity"
        case parameterEntity = "parameter entity"
        case billionLaughs = "billion laughs"

        package var title: Text {
            switch self {
            case .externalEntity: Text(en: rawValue, zh: "外部实体")
            case .parameterEntity: Text(en: rawValue, zh: "参数实体")
            case .billionLaughs: Text(en: rawValue, zh: "实体膨胀")
            }
        }

        /// - Parameter folder: where the files lie that it asks for.
        func document(_ folder: String) -> String {
            switch self {
            case .externalEntity:
                return "<!DOCTYPE r [<!ENTITY e SYSTEM \"file://\(folder)/entity.txt\">]><r><c><t>&e;</t></c></r>"
            case .parameterEntity:
                return "<!DOCTYPE r [<!ENTITY % p SYSTEM \"file://\(folder)/entity.dtd\">%p;]><r><c><t>&e;</t></c></r>"
            case .billionLaughs:
                let levels = (1...9).map { level in
                    "<!ENTITY l\(level) \"\(String(repeating: "&l\(level - 1);", count: 10))\">"
                }.joined()
                return "<!DOCTYPE r [<!ENTITY l0 \"\(marker)\">\(levels)]><r><c><t>&l9;</t></c></r>"
            }
        }
    }

    static let marker = "qingku-entity"

    /// The probes that the import of this process did not refuse because of their DOCTYPE; found once.
    package static let unguarded: [Probe] = probe { document in
        _ = try XMLImport.readUntested(plan, ByteSource(document, path: "probe.xml"), schema)
    }

    /// - Throws: `E-XML-011` when one got through.
    static func check(_ unguarded: [Probe]) throws {
        guard !unguarded.isEmpty else { return }
        let names = (
            unguarded.map(\.title.en).joined(separator: ", "), unguarded.map(\.title.zh).joined(separator: "、")
        )
        throw Failure(
            .verification, code: "E-XML-011",
            Text(
                en: "the XML parser of this machine follows what a document names (\(names.0)), so no XML is read",
                zh: "本机的 XML 解析器会展开文档中引用的内容（\(names.1)），因此不读取任何 XML"),
            advice: Text(
                en: "Update libxml2, then run “qingku doctor”; until then ask for the export as CSV.",
                zh: "请升级 libxml2 后运行 qingku doctor；在此之前请索取 CSV 格式的导出。"))
    }

    /// - Parameter read: takes a document in, and throws `E-XML-001` for its DOCTYPE.
    static func probe(_ read: ([UInt8]) throws -> Void) -> [Probe] {
        let folder = NSTemporaryDirectory() + "/qingku-xml-" + UUID().uuidString
        // Where nothing can be written, the documents ask for files that are not there, and have to be refused all the same.
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try? Data(marker.utf8).write(to: URL(fileURLWithPath: folder + "/entity.txt"))
        try? Data("<!ENTITY e \"\(marker)\">".utf8).write(to: URL(fileURLWithPath: folder + "/entity.dtd"))
        return Probe.allCases.filter { probe in
            do {
                try read(Array(probe.document(folder).utf8))
            } catch let failure as Failure where failure.code == "E-XML-001" {
                return false
            } catch {
                // Another reason is no guard: the next document may not have it.
            }
            return true
        }
    }

    private static let schema = Schema([Field(name: "t", kind: .text)])
    private static let plan = SourcePlan(
        profile: SourceProfile(name: "probe"), path: nil, format: .xml, recordPath: "/r/c",
        mappings: [SourcePlan.Mapping(field: 0, path: "t")])
}
