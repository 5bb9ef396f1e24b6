package import Estimation
import Records
import Workspace

/// A random sample of what the machine settled alone, with what people found in it.
///
/// The answers count in the order of the draw, up to the first pair that nobody has answered: pairs that somebody decided for
/// another reason would not be drawn at random by themselves.
package struct AuditSample: Sendable {
    package struct Part: Sendable {
        /// `over` the merge line, or `near`, `far` and `hopeless` under the review line (`LetGoSample.Stratum`).
        package let stratum: String
        /// All there are.
        package let pairs: Int
        /// That can be asked, as they were drawn.
        package let drawn: Int
        /// That are to be answered.
        package let wanted: Int
        /// Right or wrong.
        package let found: ErrorRate
        /// Answered with “cannot tell”: they count neither way.
        package let unsure: Int
        /// The first that nobody has answered; `nil` when all that are wanted are.
        package let next: Int?

        package var answered: Int { found.size + unsure }
    }

    /// Pairs wanted of each stratum.
    package let size: Int
    package let over: Part
    package let under: [Part]

    /// Pairs of the run that were merged and are two persons.
    package var falseMerges: StratifiedErrors { StratifiedErrors([.init(pairs: over.pairs, found: over.found)]) }

    /// Pairs of the run that were left apart and are one person. A stratum without an answer is left out.
    package var missed: StratifiedErrors {
        StratifiedErrors(under.filter { $0.found.size > 0 }.map { .init(pairs: $0.pairs, found: $0.found) })
    }

    /// Every stratum under the line has an answer.
    package var coversUnder: Bool { under.allSatisfy { $0.pairs == 0 || $0.found.size > 0 } }
}

extension ReviewSession {
    /// - Parameter size: pairs wanted of each stratum.
    package func auditSample(size: Int = 400) throws -> AuditSample {
        _ = try desk()
        let strata = try index.strata()
        func part(_ stratum: String) throws -> AuditSample.Part {
            let (pairs, total) = try index.sample(stratum, limit: size)
            var (errors, right, unsure) = (0, 0, 0)
            var next: Int?
            for pair in pairs {
                let isOver = stratum == DeskDraw.overLine
                let answer = Self.answer(pair, isOver: isOver)
                switch answer {
                case .right: right += 1
                case .wrong: errors += 1
                case .unsure: unsure += 1
                case nil: next = pair.id
                }
                if answer == nil { break }
            }
            return AuditSample.Part(
                stratum: stratum, pairs: total, drawn: strata[stratum]?.drawn ?? 0, wanted: pairs.count,
                found: ErrorRate(errors: errors, size: errors + right), unsure: unsure, next: next)
        }
        return AuditSample(
            size: size, over: try part(DeskDraw.overLine),
            under: try LetGoSample.Stratum.allCases.map { try part($0.rawValue) })
    }

    private enum Answer { case right, wrong, unsure }

    /// What people say of what the machine did; `nil`: nothing yet.
    private static func answer(_ pair: DeskIndex.Standing, isOver: Bool) -> Answer? {
        switch pair.state {
        // The decision itself has made the two one person in the next run: the machine had left them apart all the same.
        case .same: return isOver || pair.isOnePerson && !pair.wasDecided ? .right : .wrong
        case .different: return isOver ? .wrong : .right
        case .unsure: return .unsure
        // One person by other words: the machine had left the two apart.
        case .implied: return isOver ? nil : .wrong
        // Under the line and yet one person, by its other records: nothing was missed.
        case .merged: return !isOver && pair.isOnePerson ? .right : nil
        case .open, .held, .proposed, .apart: return nil
        }
    }
}
