/// How somebody's answers lie in time: how long one takes, and how long they have been at it without a pause.
package struct WorkPace: Sendable, Hashable {
    package let answers: Int
    /// Median of the seconds between an answer and the next, pauses left out; `nil` where there are no two in one sitting.
    package let medianSeconds: Double?
    /// The sitting that goes on now; 0 when it is over.
    package let sittingSeconds: Int
    package let sittingAnswers: Int

    /// Seconds without an answer that end a sitting.
    package static let pause = 600
    /// A sitting that is longer, or holds more answers, calls for a break.
    package static let mostSeconds = 50 * 60
    package static let mostAnswers = 240

    package var needsBreak: Bool { sittingSeconds >= Self.mostSeconds || sittingAnswers >= Self.mostAnswers }

    /// - Parameters:
    ///   - people: seconds of the answers of each person, in any order; sittings are of the one person there is.
    ///   - now: in the same seconds.
    package init(_ people: [[Int]], now: Int) {
        var steps: [Int] = []
        var sitting = (start: now, answers: 0)
        for times in people {
            let sorted = times.sorted()
            for (before, after) in zip(sorted, sorted.dropFirst()) where after - before <= Self.pause {
                steps.append(after - before)
            }
            guard people.count == 1, let last = sorted.last, now - last <= Self.pause else { continue }
            sitting = (last, 1)
            for time in sorted.dropLast().reversed() {
                if sitting.start - time > Self.pause { break }
                sitting = (time, sitting.answers + 1)
            }
        }
        answers = people.reduce(0) { $0 + $1.count }
        steps.sort()
        let middle = steps.count / 2
        medianSeconds =
            steps.isEmpty
            ? nil
            : steps.count % 2 == 1 ? Double(steps[middle]) : Double(steps[middle - 1] + steps[middle]) / 2
        sittingSeconds = sitting.answers == 0 ? 0 : max(0, now - sitting.start)
        sittingAnswers = sitting.answers
    }
}
