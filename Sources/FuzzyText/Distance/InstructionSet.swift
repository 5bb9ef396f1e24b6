import CKernels

/// Which instructions the vector kernels use. The results are the same with each.
package enum InstructionSet: UInt8, Sendable, CaseIterable, Comparable {
    /// What every machine of the architecture has.
    case baseline
    case avx2
    case avx512

    /// The best of this machine.
    package static let best: InstructionSet =
        switch ck_best_level() {
        case CKAVX512: .avx512
        case CKAVX2: .avx2
        default: .baseline
        }

    /// Those this machine has, the best last.
    package static var available: [InstructionSet] { allCases.filter { $0 <= best } }

    package static func < (a: InstructionSet, b: InstructionSet) -> Bool { a.rawValue < b.rawValue }

    var level: CKLevel {
        switch self {
        case .baseline: CKBaseline
        case .avx2: CKAVX2
        case .avx512: CKAVX512
        }
    }
}
