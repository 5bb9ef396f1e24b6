import Foundation
import Mustache
package import Records

/// The templates of the pages, inside the program. A new one is a file in `Templates`, a line in Package.swift and a line
/// here.
package enum Templates {
    /// First line of every template: it picks the `Escaper`.
    package static let pragma = "{{% CONTENT_TYPE: DESK}}"

    package static let sources: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache,
        "error": PackageResources.error_mustache,
        "sign-in": PackageResources.sign_in_mustache,
        "accounts": PackageResources.accounts_mustache,
        "start": PackageResources.start_mustache,
        "agreement": PackageResources.agreement_mustache,
        "approvals": PackageResources.approvals_mustache,
        "clusters": PackageResources.clusters_mustache,
        "exports": PackageResources.exports_mustache,
        "findings": PackageResources.findings_mustache,
        "history": PackageResources.history_mustache,
        "learning": PackageResources.learning_mustache,
        "work": PackageResources.work_mustache,
        "sample": PackageResources.sample_mustache,
        "overview": PackageResources.overview_mustache,
        "pair": PackageResources.pair_mustache,
        "person": PackageResources.person_mustache,
        "queue": PackageResources.queue_mustache,
        "repairs": PackageResources.repairs_mustache,
        "runs": PackageResources.runs_mustache,
        "difference": PackageResources.difference_mustache,
        "search": PackageResources.search_mustache,
        "trail": PackageResources.trail_mustache,
    ]

    /// The texts of the catalogue stand in them: looking one up for each visitor takes longer than all else of a page.
    private static let english = library(.english)
    private static let chinese = library(.chinese)

    private static func library(_ language: Language) -> MustacheLibrary {
        MustacheContentTypes.register(Escaper(), named: "DESK")
        var templates: [String: MustacheTemplate] = [:]
        for (name, bytes) in sources {
            do {
                templates[name] = try MustacheTemplate(string: source(bytes, language))
            } catch {
                // The templates are part of the program, and a test reads all of them.
                preconditionFailure("template \(name): \(error)")
            }
        }
        return MustacheLibrary(templates: templates)
    }

    /// A template with the texts of a language in the places of `{{t.…}}`.
    private static func source(_ bytes: [UInt8], _ language: Language) -> String {
        var filled = ""
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        while let open = rest.firstRange(of: "{{t."), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let text = Catalogue.text(String(rest[open.upperBound..<close.lowerBound]), language)
            filled += rest[..<open.lowerBound] + Escaper().escapeText(text)
            rest = rest[close.upperBound...]
        }
        return filled + rest
    }

    package static func render(_ name: String, _ language: Language, _ values: [String: Any]) -> String {
        switch language {
        case .english: english.render(TemplateValues(values), withTemplate: name) ?? ""
        case .chinese: chinese.render(TemplateValues(values), withTemplate: name) ?? ""
        }
    }
}

/// What a template looks names up in. Values have types of their own, because the engine asks each of them what it can do, and
/// asking a dictionary or a text takes longer than all that is done with it.
struct TemplateValues: MustacheParent {
    private let values: [String: Any]

    /// An empty text is no text: `{{#advice}}` leaves its section out. Among nothing but texts it stays one.
    init(_ values: [String: Any]) {
        let areTexts = values.values.allSatisfy { $0 is String }
        self.values = values.mapValues { Self.prepared($0, isText: areTexts) }
    }

    func child(named name: String) -> Any? { values[name] }

    private static func prepared(_ value: Any, isText: Bool = false) -> Any {
        switch value {
        case let text as String: TemplateText(text: text, isNull: text.isEmpty && !isText)
        case let flag as Bool: flag
        case let values as [String: Any]: TemplateValues(values)
        case let list as [[String: Any]]: list.map { TemplateValues($0) }
        default: value
        }
    }
}

/// A text as the engine takes it; `isNull` leaves its section out.
private struct TemplateText: MustacheCustomRenderable {
    let text: String
    let isNull: Bool

    var renderText: String { text }
}
