import Testing

@testable import Estimation

@Test func `pauses count neither in the time of an answer nor in a sitting`() {
    let pace = WorkPace([[0, 10, 30, 5_000, 5_008, 5_020]], now: 5_060)
    #expect(pace.answers == 6)
    #expect(pace.medianSeconds == 11)
    #expect(pace.sittingAnswers == 3 && pace.sittingSeconds == 60 && !pace.needsBreak)
    #expect(WorkPace([[0, 10]], now: 2_000).sittingAnswers == 0)
    #expect(WorkPace([], now: 5).medianSeconds == nil)
    #expect(WorkPace([[7]], now: 8).medianSeconds == nil)
}

@Test(
    "a break is called for after 50 minutes or 240 answers",
    arguments: [(239, 10, false), (240, 10, true), (10, 330, false), (11, 300, true)])
func breaks(answers: Int, every: Int, isDue: Bool) {
    let times = (0..<answers).map { $0 * every }
    #expect(WorkPace([times], now: (answers - 1) * every).needsBreak == isDue)
}

@Test func `of several people there are sums and medians, and no sitting`() {
    let pace = WorkPace([[0, 4], [100, 110, 120]], now: 121)
    #expect(pace.answers == 5 && pace.medianSeconds == 10 && pace.sittingAnswers == 0)
}
