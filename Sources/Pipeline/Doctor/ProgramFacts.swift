import Foundation
import Importers
import Records
import Reports
import Workspace

/// What the program is made of: itself, the compiler, the packages it was built with and the libraries it runs with.
package struct ProgramFacts: Sendable {
    package struct Part: Sendable, Hashable, Codable {
        package let name: String
        package let version: String
    }

    package let tool = Version.text
    /// Of the compiler that built it, as far as that can be asked.
    package let swift = Self.compiler
    /// System libraries of this process.
    package let libraries: [Part]
    /// Swift packages it was built with, by name.
    package let packages: [Part]
    package let sqliteOptions: [String]

    package init() {
        libraries = [
            Part(name: "SQLite", version: SQLiteLibrary.version),
            Part(name: "libxml2", version: ParserLibraries.libxml2),
            Part(name: "libxlsxwriter", version: WorkbookLibrary.version),
            Part(name: "zlib", version: ParserLibraries.zlib),
        ]
        packages = Self.resolvedPackages()
        sqliteOptions = SQLiteLibrary.options
    }

    /// `packages.json` is a link to the Package.resolved of the checkout, which the package manager writes before it builds.
    private static func resolvedPackages() -> [Part] {
        struct Resolved: Decodable {
            struct Pin: Decodable {
                struct State: Decodable {
                    let version: String?
                    let revision: String?
                }

                let identity: String
                let state: State
            }

            let pins: [Pin]
        }
        let bytes = Data(PackageResources.packages_json)
        guard let resolved = try? JSONDecoder().decode(Resolved.self, from: bytes) else { return [] }
        return resolved.pins.map { Part(name: $0.identity, version: $0.state.version ?? $0.state.revision ?? "") }
            .sorted { $0.name < $1.name }
    }

    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}

/// What of the program has to be looked at.
enum ProgramDiagnoses {
    static func all(_ facts: ProgramFacts) -> [Diagnosis] {
        [program(facts), packages(facts), sqlite(facts), libraries(facts), xml]
    }

    private static func program(_ facts: ProgramFacts) -> Diagnosis {
        .ok(
            "program", Text(en: "program", zh: "程序"),
            Text(en: "qingku \(facts.tool), Swift \(facts.swift)", zh: "qingku \(facts.tool)，Swift \(facts.swift)"))
    }

    private static func packages(_ facts: ProgramFacts) -> Diagnosis {
        let title = Text(en: "packages", zh: "软件包")
        if facts.packages.isEmpty {
            return .look(
                "packages", title, Text(en: "not known", zh: "未知"),
                do: Text(en: "Build it from a whole checkout.", zh: "请从完整的源码目录构建。"))
        }
        let list = facts.packages.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        return .ok("packages", title, Text(en: list, zh: list))
    }

    private static func sqlite(_ facts: ProgramFacts) -> Diagnosis {
        let title = Text(en: "SQLite", zh: "SQLite")
        let shown = ["THREADSAFE", "SECURE_DELETE", "DEFAULT_SYNCHRONOUS", "ENABLE_PREUPDATE_HOOK"].compactMap { name in
            facts.sqliteOptions.first { $0 == name || $0.hasPrefix(name + "=") }
        }.joined(separator: " ")
        let text = "\(SQLiteLibrary.version) \(shown)"
        guard SQLiteLibrary.isThreadSafe else {
            return .bad(
                "sqlite", title, Text(en: "\(text): built for one thread", zh: "\(text)：仅支持单线程"),
                do: Text(en: "Install a SQLite that was built with THREADSAFE=1.", zh: "请安装以 THREADSAFE=1 构建的 SQLite。"))
        }
        guard SQLiteLibrary.hasResetFault else { return .ok("sqlite", title, Text(en: text, zh: text)) }
        return .look(
            "sqlite", title, Text(en: text, zh: text),
            do: Text(
                en: """
                    Before 3.51.3 two connections that write at once can damage a database. qingku never has two; let no \
                    other program write to registry.sqlite.
                    """,
                zh: "3.51.3 之前的版本在两个连接同时写入时可能损坏数据库。qingku 始终只用一个写连接；请勿让其他程序写入 registry.sqlite。"))
    }

    private static func libraries(_ facts: ProgramFacts) -> Diagnosis {
        let list = facts.libraries.filter { $0.name != "SQLite" }.map { "\($0.name) \($0.version)" }
            .joined(separator: ", ")
        let unused = ParserLibraries.unusedFeatures.joined(separator: ", ")
        return .ok(
            "libraries", Text(en: "libraries", zh: "程序库"),
            Text(
                en: list + (unused.isEmpty ? "" : " (libxml2's \(unused): not used)"),
                zh: list + (unused.isEmpty ? "" : "（未使用 libxml2 的 \(unused)）")))
    }

    private static var xml: Diagnosis {
        let title = Text(en: "XML self-test", zh: "XML 自检")
        let failed = XMLSelfTest.unguarded
        if failed.isEmpty {
            let all = XMLSelfTest.Probe.allCases.map(\.title)
            return .ok(
                "xml-self-test", title,
                Text(
                    en: "refused: \(all.map(\.en).joined(separator: ", "))",
                    zh: "均已拒绝：\(all.map(\.zh).joined(separator: "、"))"))
        }
        return .bad(
            "xml-self-test", title,
            Text(
                en: "the parser follows: \(failed.map(\.title.en).joined(separator: ", "))",
                zh: "解析器会展开：\(failed.map(\.title.zh).joined(separator: "、"))"),
            do: Text(en: "Update libxml2; until then no XML is read.", zh: "请升级 libxml2；在此之前不读取 XML。"))
    }
}
