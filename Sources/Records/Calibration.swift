import Foundation

/// How the odds of the match model are read since people have decided on pairs: the logarithm of the odds is moved and
/// stretched. Order stays as it is.
///
/// Source: Cox, Two further applications of a model for binary regression, Biometrika 45 (1958).
package struct Calibration: Sendable, Hashable {
    /// Added to the natural logarithm of the odds.
    package let shift: Double
    /// The logarithm of the model's odds is multiplied by it; over 0.
    package let slope: Double
    /// Decided pairs that it was fitted to.
    package let decisions: Int
    /// Sequence of the event that records it; 0: not recorded.
    package let event: Int

    package init(shift: Double, slope: Double, decisions: Int, event: Int = 0) {
        self.shift = shift
        self.slope = slope
        self.decisions = decisions
        self.event = event
    }

    /// What the model says, as it says it.
    package static let none = Calibration(shift: 0, slope: 1, decisions: 0)

    package var changesNothing: Bool { shift == 0 && slope == 1 }

    /// A probability of the model as it is read.
    package func callAsFunction(_ probability: Double) -> Double {
        changesNothing ? probability : Self.probability(shift + slope * Self.logit(probability))
    }

    /// Odds of the model that are read as these.
    package func modelOdds(of odds: Double) -> Double {
        changesNothing ? odds : exp((log(odds) - shift) / slope)
    }

    /// Natural logarithm of the odds; a probability within 10⁻¹² of 0 or 1 counts as that far from it, as in match weights.
    package static func logit(_ probability: Double) -> Double {
        log(max(probability, 1e-12)) - log(max(1 - probability, 1e-12))
    }

    package static func probability(_ logit: Double) -> Double {
        logit >= 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit))
    }
}
