import Records
package import Workspace

/// Which pair somebody was shown. Every run numbers its pairs anew: a number alone may be another pair by the time of the answer.
package struct CaseToken: Sendable, Hashable {
    package let run: Int
    /// Stored records.
    package let a: Int64
    package let b: Int64

    init(_ pair: DeskPair, _ desk: DeskRun) { (run, a, b) = (desk.run.id, pair.a, pair.b) }

    package init(run: Int, a: Int64, b: Int64) { (self.run, self.a, self.b) = (run, a, b) }

    /// `2-17-204`: as a form carries it.
    package var text: String { "\(run)-\(a)-\(b)" }

    /// - Returns: `nil` for what is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let run = Int(parts[0]), let a = Int64(parts[1]), let b = Int64(parts[2]) else {
            return nil
        }
        self.init(run: run, a: a, b: b)
    }
}

extension ReviewSession {
    /// - Throws: `E-DSK-003` when the pair is not the one that was shown.
    package func check(_ token: CaseToken, is pair: DeskPair) throws {
        if try CaseToken(pair, desk()) != token { throw Self.otherPair }
    }

    static var otherPair: Failure {
        Failure(
            .notDone, code: "E-DSK-003",
            Text(
                en: "there was a run since you saw this pair, and its number may be another pair's now",
                zh: "在您查看之后已有新的运行，该编号现在可能是另一对记录"),
            advice: Text(en: "Look at the pair that is shown now, then answer.", zh: "请查看当前显示的记录对后再作判定。"))
    }
}
