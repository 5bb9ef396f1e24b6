import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read the audit trail, sign it, and prove that a workspace is as it was written.",
        subcommands: [
            AuditVerify.self, AuditReplay.self, AuditShow.self, AuditProve.self, AuditCheckProof.self,
            AuditCheckpoint.self,
            AuditKey.self,
        ])
}
