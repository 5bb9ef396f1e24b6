import Foundation
import Records
import Reports
import Workspace

/// How long each stage of the newest run of a workspace took: what the next one is likely to take.
package struct RunPace: Sendable {
    package struct Stage: Sendable, Decodable {
        package let stage: String
        package let seconds: Double

        private enum CodingKeys: String, CodingKey {
            case stage = "name"
            case seconds
        }
    }

    /// In the order of the run.
    package let stages: [Stage]
    package let records: Int

    /// `nil` where no run was made, or its account is gone.
    package init?(workspace: String) {
        guard WorkspaceStore.exists(at: workspace),
            let run = try? WorkspaceStore.openReadOnly(directory: workspace).lastRun(),
            let data = FileManager.default.contents(atPath: run.folder(in: workspace) + "/" + Outbox.manifestName),
            let account = try? JSONDecoder().decode(Account.self, from: data)
        else { return nil }
        stages = account.measured.stages
        records = run.records
    }

    private struct Account: Decodable {
        struct Measured: Decodable {
            let stages: [Stage]
        }

        let measured: Measured
    }

    /// Seconds that are left if all takes as long as it did.
    ///
    /// - Parameter elapsed: seconds since the stage began.
    package func left(in stage: CleaningStage, after elapsed: Double) -> Double? {
        guard let place = stages.firstIndex(where: { $0.stage == stage.rawValue }) else { return nil }
        return max(0, stages[place].seconds - elapsed) + stages[(place + 1)...].reduce(0) { $0 + $1.seconds }
    }

    /// Records a second, from the reading to the end.
    package var rate: Double? {
        let seconds = stages.reduce(0) { $0 + $1.seconds }
        return seconds > 0 ? Double(records) / seconds : nil
    }
}
