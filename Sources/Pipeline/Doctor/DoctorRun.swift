package import Foundation
import Records
import Workspace

/// Looks at the program, the machine and a workspace, and says of each what is right and what to do about the rest.
package enum DoctorRun {
    package struct Outcome: Sendable {
        package let program: ProgramFacts
        package let diagnoses: [Diagnosis]

        package var isSound: Bool { !diagnoses.contains { $0.verdict == .bad } }
    }

    /// - Parameter workspace: `nil`: the machine alone.
    /// - Throws: `E-WS-007` when there is no workspace of that name.
    package static func run(workspace: String?, now: Date) throws -> Outcome {
        let program = ProgramFacts()
        var diagnoses = ProgramDiagnoses.all(program) + MachineDiagnoses.all(now)
        if let workspace {
            guard WorkspaceStore.exists(at: workspace) else {
                _ = try WorkspaceStore.openReadOnly(directory: workspace)
                return Outcome(program: program, diagnoses: diagnoses)
            }
            diagnoses += WorkspaceDiagnoses.all(workspace, now)
        }
        return Outcome(program: program, diagnoses: diagnoses)
    }
}
