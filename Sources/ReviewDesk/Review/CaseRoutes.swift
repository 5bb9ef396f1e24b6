import Pipeline

/// The addresses by which cases are taken, put back and assigned, and repairs accepted.
enum CaseRoutes {
    static func all(_ session: ReviewSession) -> [Route] {
        [
            .json(.post, "/pairs/{id}/hold", .propose) { try CaseActions.hold($0, session) },
            .action("/pairs/{id}/release", .propose) { try CaseActions.release($0, session) },
            .action("/pairs/assign", .assign) { try CaseActions.assign($0, session) },
            .page("/findings/repairs", .read) { try RepairsPage.page($0, session) },
            .action("/findings/repairs", .propose, bodyLimit: 131_072) { try RepairsPage.accept($0, session) },
        ]
    }
}
