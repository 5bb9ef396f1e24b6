import Foundation
import Records
import Testing

@testable import ReviewDesk

/// Templates, texts and what goes around every page.
struct PageTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/ReviewDesk")

    private static func files(_ suffix: String) throws -> [(name: String, text: String)] {
        let all = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        return try (all ?? []).filter { $0.pathExtension == suffix }.map {
            ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
        }
    }

    @Test func `every template is in the program and begins by naming the escaper`() throws {
        #expect(Set(try Self.files("mustache").map(\.name)) == Set(Templates.sources.keys))
        for (name, bytes) in Templates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix(Templates.pragma + "\n"), "\(name)")
            // Unescaped text is the content that a template made, and no other.
            let raw = text.matches(of: #/\{\{\{\s*([^}]*)\}\}\}|\{\{&\s*([^}]*)\}\}/#).map {
                $0.output.1 ?? $0.output.2 ?? ""
            }
            #expect(raw == (name == "layout" ? ["content"] : []), "\(name)")
            #expect(text.matches(of: #/<script(?! src)|\son\w+=|style="/#).isEmpty, "\(name): inline code or style")
            #expect(text.matches(of: #/=\{\{/#).isEmpty, "\(name): an attribute without quotes")
        }
    }

    @Test(
        "SEC-24: text is inert in content and in attributes",
        arguments: [
            "\"\u{308} onmouseover=alert(1) x=\"", "<script>alert(1)</script>", "'\u{301}><img src=x onerror=alert(1)>",
            "</title><svg onload=alert(1)>", "&lt;b&gt;", "{{content}}", "`\u{308}", "<\u{338}script>", "\u{0}<b>",
        ])
    func inert(text: String) throws {
        let html = Templates.render(
            "sign-in", .english, ["hasAccounts": true, "name": text, "back": text, "title": text])
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<svg"))
        // Bytes, as a browser sees them: the value ends where the template ends it.
        let bytes = Array(html.utf8)
        let opening = Array(#"name="name" value=""#.utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: opening) }) + opening.count
        let end = try #require(bytes[start...].firstIndex(of: UInt8(ascii: "\"")))
        #expect(bytes[end...].starts(with: Array(#"" autocomplete="username""#.utf8)))
        #expect(Escaper().escapeText(text).utf8.allSatisfy { ![34, 39, 60, 62, 96, 0].contains($0) })
    }

    @Test func `text without special characters stays as it is`() {
        for text in ["王\u{308}芳", "𠮷野家", "\u{1F468}\u{200D}\u{1F469}", "a\tb\nc", ""] {
            #expect(Escaper().escapeText(text) == text)
        }
    }

    // MARK: - Catalogue

    @Test func `every text has both languages, with the same places for values`() {
        #expect(Catalogue.keys.count == Set(Catalogue.keys).count)
        for (key, text) in Catalogue.all {
            #expect(!text.en.isEmpty && !text.zh.isEmpty, "\(key)")
            func places(_ text: String) -> [String] {
                text.matches(of: #/\{[^}]*\}/#).map { String($0.output) }.sorted()
            }
            #expect(places(text.en) == places(text.zh), "\(key)")
            #expect(text.zh.unicodeScalars.contains { $0.properties.isIdeographic }, "\(key)")
        }
    }

    @Test func `every key that is used is there, and every key is used`() throws {
        var used: Set<String> = []
        for (_, text) in try Self.files("mustache") {
            used.formUnion(text.matches(of: #/\{\{[#^&]?t\.([^}]+)\}\}/#).map { String($0.output.1) })
        }
        let code = try Self.files("swift").filter { !$0.name.hasPrefix("Catalogue") }.map(\.text).joined()
        used.formUnion(code.matches(of: #/words\("([^"\\]+)"/#).map { String($0.output.1) })
        #expect(used.subtracting(Catalogue.keys).sorted() == [])
        // Keys made from a role, a status or the entries of the bar.
        used.formUnion(Role.allCases.flatMap { ["role-\($0.rawValue)", "may-\($0.rawValue)"] })
        used.formUnion([400, 401, 403, 404, 405, 409, 413, 415, 421, 429, 500, 503].map { "error-\($0)" })
        used.formUnion(Layout.navigation.map(\.key))
        #expect(used.subtracting(Catalogue.keys).sorted() == [])
        // Families: `words("state-\(name)")`.
        let families = Set(code.matches(of: #/"([a-z-]+-)\\\(/#).map { String($0.output.1) })
        used.formUnion(Catalogue.keys.filter { key in families.contains { key.hasPrefix($0) } })
        used.formUnion(
            code.matches(of: #/"([a-z-]+)"/#).map { String($0.output.1) }.filter { Catalogue.all[$0] != nil })
        #expect(Set(Catalogue.keys).subtracting(used).sorted() == [])
    }

    @Test func `values go to their places, and only once`() {
        #expect(Catalogue.text("session-warning", .english, ["time": "{time}"]) == "You will be signed out in {time}.")
        #expect(Catalogue.text("session-warning", .chinese, ["time": "1:05"]) == "1:05 后将自动退出。")
    }

    // MARK: - Assets

    @Test func `SEC-23: style and script ask no other host, and have their digest in their address`() throws {
        for asset in Asset.all {
            #expect(asset.path.contains(#/^/assets/(desk|review|draft)-[0-9a-f]{16}\.(css|js)$/#))
            let text = String(decoding: asset.response.body, as: UTF8.self)
            #expect(!text.contains("http") && !text.contains("@import") && !text.contains("url("))
            #expect(!text.contains("innerHTML") && !text.contains("eval("))
        }
    }

    @Test("every error has its page in both languages", arguments: Language.allCases)
    func errors(language: Language) {
        var request = DeskRequest(.get, "/x")
        request.language = language
        for refusal in [
            Refusal.badRequest, .signedOut, .forbidden, .foreign, .notFound, .method(allowed: []),
            .conflict(Text(en: "Li was first.", zh: "李已先处理。")), .tooLarge, .mediaType, .misdirected, .tooMany(wait: 9),
            .inside("ab12"),
        ] {
            let page = ErrorPage.html(refusal, request)
            #expect(page.status == refusal.status && page.text.contains(refusal.failure.code))
            #expect(page.text.contains(Escaper().escapeText(refusal.failure.message(language))))
            #expect(page.text.contains("<h1>\(Catalogue.text("error-\(refusal.status)", language))</h1>"))
            #expect(Catalogue.all["error-\(refusal.status)"] != nil)
        }
    }
}
