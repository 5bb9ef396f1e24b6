import Foundation
import Matching
import Records
import Testing
import Worker

@Suite struct WorkersFindTheSameTests {
    private static func same(_ left: Matches, _ right: Matches) -> Bool {
        left.groups == right.groups && left.letGo.pairs == right.letGo.pairs && left.letGo.totals == right.letGo.totals
            && left.model.basis == right.model.basis && left.model.cutShort == right.model.cutShort
            && left.model.expectedRecall?.value == right.model.expectedRecall?.value
            && left.pairs.map { "\($0)" } == right.pairs.map { "\($0)" }
    }

    @Test(
        "Pairs, groups, counts and samples are those of the embedded engine, whatever the cap and the processes",
        arguments: [
            (2_000, 1, .all), (7, 4, .all), (2, 2, .all), (20, 3, .within), (20, 3, .between),
        ] as [(Int, Int, MatchPlan.Link)])
    func sameResult(_ cap: Int, _ processes: Int, _ link: MatchPlan.Link) throws {
        let plan = SmallRegister.plan(link)
        let here = try Matcher.match(SmallRegister.records, plan: plan, threads: 2)
        let there = try Matcher.match(
            SmallRegister.records, plan: plan, scoring: WorkersHere(cap: cap, processes: processes), threads: 2)
        #expect(here.pairs.count > 50 && here.model.cutShort > 0)
        #expect(Self.same(here, there))
    }

    @Test func `a calibrated model is read the same by the workers`() throws {
        let calibration = Calibration(shift: -0.7, slope: 0.83, decisions: 50)
        let plan = SmallRegister.plan()
        let here = try Matcher.match(SmallRegister.records, plan: plan, calibration: calibration, threads: 1)
        let there = try Matcher.match(
            SmallRegister.records, plan: plan, calibration: calibration, scoring: WorkersHere(cap: 40), threads: 1)
        #expect(Self.same(here, there))
    }

    @Test func `the order of rows within blocks does not matter`() throws {
        let plan = SmallRegister.plan()
        let here = try Matcher.match(SmallRegister.records, plan: plan, threads: 1)
        let turned = try Matcher.match(
            SmallRegister.records, plan: plan, scoring: WorkersHere(cap: 50) { $0.reversed() }, threads: 1)
        #expect(Self.same(here, turned))
    }

    @Test func `pairs that are missing or too many are noticed`() {
        struct Changed: PairScoring {
            let change: @Sendable (inout FoundPairs) -> Void
            func found(_ job: ScoringJob) throws -> FoundPairs {
                var found = try WorkersHere().found(job)
                change(&found)
                return found
            }
        }
        let changes: [@Sendable (inout FoundPairs) -> Void] = [
            { $0.pairs.removeLast() }, { $0.pairs.append($0.pairs[0]) }, { $0.newPairs[0, default: 0] += 1 },
            { $0.newPairs[99] = 0 }, { $0.totals[.far, default: 0] -= 1 },
            { $0.pairs[0] = .init(a: 5, b: 5, pattern: 0, key: 0) },
            { $0.pairs[0] = .init(a: 0, b: 1 << 30, pattern: 0, key: 0) },
            { $0.pairs[0] = .init(a: 0, b: 1, pattern: .max, key: 0) },
            { $0.pairs[0] = .init(a: 0, b: 1, pattern: 0, key: 63) },
        ]
        for change in changes {
            let failure = #expect(throws: Failure.self) {
                try Matcher.match(
                    SmallRegister.records, plan: SmallRegister.plan(), scoring: Changed(change: change), threads: 1)
            }
            #expect(failure?.code == "E-MATCH-004")
        }
    }

    @Test func `a job file gives the same job back, to the last bit, and holds no value of a record`() throws {
        struct Keeping: PairScoring {
            func found(_ job: ScoringJob) throws -> FoundPairs {
                let description = job.description(cap: 20, hash: "abc")
                let data = try JSONEncoder().encode(description)
                #expect(try JSONDecoder().decode(PairJob.self, from: data) == description)
                let text = String(decoding: data, as: UTF8.self)
                for row in 0..<job.count {
                    job.forEachValue(of: row) { value in
                        guard value.count > 4 else { return }
                        #expect(!text.contains(String(decoding: value, as: UTF8.self)))
                    }
                }
                return try WorkersHere().found(job)
            }
        }
        _ = try Matcher.match(
            SmallRegister.records, plan: SmallRegister.plan(), scoring: Keeping(), threads: 1)
    }
}
