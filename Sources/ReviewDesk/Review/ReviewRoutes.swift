package import Pipeline

/// The addresses of the review pages.
package enum ReviewRoutes {
    package static func all(_ session: ReviewSession) -> [Route] {
        (pages(session) + CaseRoutes.all(session)).map { $0.method == .post ? $0.waiting() : $0 }
    }

    private static func pages(_ session: ReviewSession) -> [Route] {
        [
            .page("/", .signedIn) { try OverviewPage.page($0, session) },
            .page("/pairs", .read) { try QueuePage.page($0, session) },
            .page("/pairs/{id}", .read) { try PairPage.page($0, session) },
            .action("/pairs/{id}", .propose) { try PairPage.answer($0, session) },
            .json(.post, "/pairs/{id}/answer", .propose) { try PairPage.answerJSON($0, session) },
            .action("/pairs/{id}/reveal", .unmask) { try PairPage.reveal($0, session) },
            .page("/clusters", .read) { try ClustersPage.page($0, session) },
            .page("/persons/{id}", .read) { try PersonPage.page($0, session) },
            .action("/persons/{id}/split", .propose) { try PersonPage.split($0, session) },
            .action("/persons/{id}/override", .propose) { try PersonPage.override($0, session) },
            .action("/persons/{id}/reveal", .unmask) { try PersonPage.reveal($0, session) },
            .page("/findings", .read) { try FindingsPage.page($0, session) },
            .action("/findings/waive", .propose) { try FindingsPage.waive($0, session) },
            .page("/sample", .read) { try SamplePage.page($0, session) },
            .page("/learning", .read) { try LearningPage.page($0, session) },
            .action("/learning", .calibrate) { try LearningPage.apply($0, session) },
            .page("/work", .seeWork) { try WorkPage.page($0, session) },
            .page("/search", .read) { try SearchPage.page($0, session) },
            .page("/history", .read) { try HistoryPage.page($0, session) },
            .action("/history/{event}/undo", .propose) { try HistoryPage.undo($0, session) },
            .json(.post, "/undo", .propose) { try HistoryPage.undoLast($0, session) },
            .page("/approvals", .read) { try ApprovalsPage.page($0, session) },
            .action("/approvals/{event}", .approve) { try ApprovalsPage.answer($0, session) },
            .action("/approvals/{event}/withdraw", .propose) { try ApprovalsPage.withdraw($0, session) },
            .page("/agreement", .approve) { try AgreementPage.page($0, session) },
            .action("/agreement/{event}", .approve) { try AgreementPage.settle($0, session) },
            .page("/runs", .read) { try RunsPage.page($0, session) },
            .page("/runs/{run}/report", .read) { try RunsPage.report($0, session) },
            // Reads the files of two runs.
            .page("/runs/{run}/difference", .read) { try DifferencePage.page($0, session) }.waiting(),
            .action("/runs", .run) { try RunsPage.reconcile($0, session) },
            .page("/trail", .readTrail) { try TrailPage.page($0, session) },
            .page("/exports", .export) { try ExportsPage.page($0, session) },
        ]
    }
}
