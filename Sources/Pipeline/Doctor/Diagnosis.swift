package import Records

/// One thing that was looked at, and what to do about it.
package struct Diagnosis: Sendable {
    package enum Verdict: String, Sendable, Comparable, CaseIterable {
        case ok
        /// Works, but somebody should look.
        case look
        /// Does not do what it has to.
        case bad

        package var title: Text {
            switch self {
            case .ok: Text(en: "ok", zh: "正常")
            case .look: Text(en: "look", zh: "留意")
            case .bad: Text(en: "bad", zh: "有误")
            }
        }

        package static func < (a: Verdict, b: Verdict) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }
    }

    /// For programs: `xml-self-test`.
    package let name: String
    package let title: Text
    package let verdict: Verdict
    package let text: Text
    /// `nil` where all is well.
    package let advice: Text?

    private init(_ name: String, _ title: Text, _ verdict: Verdict, _ text: Text, _ advice: Text?) {
        (self.name, self.title, self.verdict, self.text, self.advice) = (name, title, verdict, text, advice)
    }

    static func ok(_ name: String, _ title: Text, _ text: Text) -> Diagnosis {
        Diagnosis(name, title, .ok, text, nil)
    }

    static func look(_ name: String, _ title: Text, _ text: Text, do advice: Text) -> Diagnosis {
        Diagnosis(name, title, .look, text, advice)
    }

    static func bad(_ name: String, _ title: Text, _ text: Text, do advice: Text) -> Diagnosis {
        Diagnosis(name, title, .bad, text, advice)
    }

    /// A number of bytes in millions, without its unit.
    static func megabytes(_ bytes: Int) -> String { (bytes / 1_000_000).grouped }
}
