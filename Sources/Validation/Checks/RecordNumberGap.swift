package import Records

extension Check {
    /// Numbers missing from the sequence of a source's record ids: records that were deleted or left out of the export. Stands at the
    /// record after the gap. Only where an office numbers its records one after the other.
    static let recordNumberGap = Check(
        "record-number-gap", .omission, .info,
        title: Text(en: "Gap in the record numbers", zh: "编号缺号"),
        limit: Limit(
            value: 5, unit: Text(en: "missing numbers in 100 up to which ids are a sequence", zh: "每百个编号中缺号的上限")),
        search: .table { facts in
            let limit = facts.limit(of: "record-number-gap", otherwise: 5)
            return facts.records.sources.indices.flatMap { source in
                RecordNumbers(facts.records.sources[source]).gaps(percent: limit).map { gap in
                    (
                        facts.records.starts[source] + gap.record,
                        Hit(detail: "\(gap.count) \(gap.first) \(gap.last)")
                    )
                }
            }
        },
        message: { finding, records in
            let parts = finding.detail.split(separator: " ", maxSplits: 2).map(String.init)
            let source = records.key(finding.row).source
            guard parts.count == 3 else { return Text(en: "record numbers are missing", zh: "有缺号") }
            let range = parts[1] == parts[2] ? parts[1] : "\(parts[1])–\(parts[2])"
            return Text(
                en: "\(source) has no records \(range) (\(parts[0])); ask whether they were deleted or left out",
                zh: "来源 \(source) 缺少编号 \(range)（\(parts[0]) 个）；请核实是否删除或漏导")
        })
}

/// The record ids of a source as numbers with a prefix: R00000012.
package struct RecordNumbers {
    struct Gap: Hashable {
        /// Of the source, from 0: the one after the gap.
        let record: Int
        let count: Int
        let first: String
        let last: String
    }

    private struct Series {
        /// `nil`: of a record that is withheld.
        var numbers: [(number: Int, record: Int?)] = []
        /// Of ids with leading zeros; those without grow in width.
        var width = 0
    }

    private var series: [String: Series] = [:]
    private static let leastRecords = 50

    package init(_ source: SourceTable) {
        source.recordIDPool.withView { ids in
            for (record, code) in source.recordIDs.enumerated() { add(ids[code], record) }
        }
        // Without ids of the office's own records are called by their lines, and a line may hold a part of a record only.
        if series.count == 1,
            series[""]?.numbers.allSatisfy({ entry in entry.record.map { source.lines[$0] == entry.number } ?? true })
                == true
        {
            series = [:]
            return
        }
        for id in source.withheld {
            var id = id
            id.withUTF8 { add($0, nil) }
        }
    }

    private mutating func add(_ id: UnsafeBufferPointer<UInt8>, _ record: Int?) {
        let start = (id.lastIndex { !($0 >= 0x30 && $0 <= 0x39) }).map { $0 + 1 } ?? 0
        let digits = id[start...]
        guard (1...15).contains(digits.count) else { return }
        let number = digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        let prefix = String(decoding: id[..<start], as: UTF8.self)
        series[prefix, default: Series()].numbers.append((number, record))
        if digits.first == 0x30, digits.count > 1 {
            series[prefix, default: Series()].width = max(series[prefix]?.width ?? 0, digits.count)
        }
    }

    /// In the order of prefix and number; empty for ids that are no sequence.
    func gaps(percent: Int) -> [Gap] {
        runs(percent: percent).map { run in
            Gap(
                record: run.record, count: run.numbers.count,
                first: text(run.prefix, run.numbers.lowerBound, run.width),
                last: text(run.prefix, run.numbers.upperBound - 1, run.width))
        }
    }

    /// The ids that the sequences lack.
    package func missing(percent: Int) -> [String] {
        runs(percent: percent).flatMap { run in run.numbers.map { text(run.prefix, $0, run.width) } }
    }

    /// Numbers without a record, one after the other.
    private struct Run {
        let prefix: String
        let width: Int
        let numbers: Range<Int>
        /// The next one that is not withheld.
        let record: Int
    }

    private func runs(percent: Int) -> [Run] {
        series.sorted { $0.key < $1.key }.flatMap { prefix, series -> [Run] in
            let numbers = series.numbers.sorted { ($0.number, $0.record ?? -1) < ($1.number, $1.record ?? -1) }
            guard numbers.count >= Self.leastRecords, let low = numbers.first?.number, let high = numbers.last?.number
            else { return [] }
            let missing = high - low + 1 - numbers.count
            guard missing > 0, missing * 100 <= percent * numbers.count else { return [] }
            var next: Int?
            var runs: [Run] = []
            for (before, after) in zip(numbers, numbers.dropFirst()).reversed() {
                next = after.record ?? next
                guard after.number - before.number > 1, let next else { continue }
                runs.append(
                    Run(prefix: prefix, width: series.width, numbers: before.number + 1..<after.number, record: next))
            }
            return runs.reversed()
        }
    }

    private func text(_ prefix: String, _ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
