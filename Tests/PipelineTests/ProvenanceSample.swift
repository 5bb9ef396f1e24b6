import Foundation
import Records

@testable import Pipeline

/// A small register with everything that decides a cell: two offices, groups, lists, repairs, values that follow from others,
/// and words of people of every kind. The same for the same seed.
final class ProvenanceSample {
    let directory: String
    private var random: Random
    static let clock = Clock(now: "2026-11-21T08:00:00Z", today: "2026-11-21")

    init(seed: UInt64, persons: Int = 40) throws {
        directory = TrailSample.newFolder()
        random = Random(seed)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Self.rules.write(toFile: directory + "/rules.yaml", atomically: true, encoding: .utf8)
        try writeExports(persons)
    }

    /// A workspace over the shipped sample.
    init(rules: String) throws {
        directory = TrailSample.newFolder()
        random = Random(1)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        rulesPath = rules
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    var workspace: String { directory + "/w" }
    private lazy var rulesPath = directory + "/rules.yaml"

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    func clean() throws {
        _ = try CleaningRun.run(
            CleaningRequest(
                rulesPath: rulesPath, workspace: workspace, threads: 2, language: .english, actor: "wang",
                clock: Self.clock)
        ) { _ in }
    }

    /// The rows of the newest run's table.
    func table(_ name: String, run: Int) throws -> [[String]] {
        let path = workspace + "/outbox/run-000\(run)/" + name
        return try Self.parse(String(contentsOfFile: path, encoding: .utf8))
    }

    /// Words of every kind that the register bears, without a run after each.
    func say(_ count: Int, run: Int) throws {
        let persons = try table("master.csv", run: run).dropFirst().map { $0[0] }
        let members = try table("members.csv", run: run).dropFirst().map { ($0[0] + ":" + $0[1], $0[2]) }
        let findings = try table("findings.csv", run: run).dropFirst().filter { $0[0].hasPrefix("F") }.map { $0[0] }
        let fields = ["name", "birth_date", "phone", "note", "home_addr", "card"]
        func say(_ word: Word) throws {
            var request = WordRequest(
                workspace: workspace, word: word, by: "li", reason: "seen the papers", threads: 1, language: .english,
                clock: Self.clock)
            request.isReconciled = false
            _ = try WordRun.run(request)
        }
        for number in 0..<count {
            let person = persons.randomElement(using: &random) ?? ""
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                let field = fields.randomElement(using: &random) ?? "note"
                let value = [
                    "name": "王改\(number)", "birth_date": "1970-02-03", "phone": "13800138000", "home_addr": "杭州市延安路1号",
                ]
                try? say(
                    .override(
                        person: person, field: field, value: Bool.random(using: &random) ? "" : value[field] ?? "x"))
            case 2:
                guard let a = members.randomElement(using: &random), let b = members.randomElement(using: &random),
                    a.0 != b.0
                else { continue }
                try say(.decide(a.0, b.0, .same))
            case 3:
                let own = members.filter { $0.1 == person }.map(\.0)
                guard own.count > 1 else { continue }
                try say(.split(person: person, records: [own[0]], isCertain: Bool.random(using: &random)))
            default:
                guard let finding = findings.randomElement(using: &random) else { continue }
                _ = try? WaiverRun.waive(
                    WaiverRequest(
                        workspace: workspace, findings: [finding], reason: "known", by: "zhao", clock: Self.clock))
            }
        }
    }

    /// The exports of both offices, other ones each time.
    func writeExports(_ persons: Int) throws {
        var tables = ["id,name,born,idno,phone,addr,div,seen,note\n", "nr,xm,csrq,tel,dz,qh,bz\n"]
        for person in 0..<persons {
            let year = 1950 + person % 50
            let (month, day) = (1 + person % 12, 1 + person % 28)
            for source in 0..<2 where person % 7 != source {
                for copy in 0..<(Int.random(in: 0..<5, using: &random) == 0 ? 2 : 1) {
                    func maybe(_ text: String, _ others: [String]) -> String {
                        Int.random(in: 0..<4, using: &random) == 0 ? others.randomElement(using: &random) ?? "" : text
                    }
                    let name = maybe(
                        "王\(Self.signs[person % 40])\(Self.signs[(person * 7) % 40])",
                        ["不详", "王 \(Self.signs[person % 40])", "Ｗang Xiaoming"])
                    let born = maybe(
                        "\(year)-\(month)-\(day)",
                        ["\(year)年\(month)月\(day)日", "\(year)", "31/02/1980", "", "\(year + 1)-01-01"])
                    let phone = maybe("1380013\(1000 + person)", ["0571-8888\(1000 + person)", "12345", "", "无"])
                    let addr = maybe(
                        "浙江省杭州市上城区延安路\(person + 1)号", ["上城区延安路\(person + 1)号", "延安路\(person + 1)号", "", "不详"])
                    let div = maybe("330102", ["", "999999", "330106"])
                    let note = maybe("", ["  Ça va  ", "ｎｏｔｅ\(person)", "\"quoted, text\""])
                    let quoted = "\"" + note.replacing("\"", with: "\"\"") + "\""
                    let seen = maybe("2024-01-\(10 + person % 18)", ["2020-05-05", ""])
                    if source == 0 {
                        tables[0] += "N\(person)-\(copy),\(name),\(born),,\(phone),\(addr),\(div),\(seen),\(quoted)\n"
                    } else {
                        tables[1] += "S\(person)-\(copy),\(name),\(born),\(phone),\(addr),\(div),\(quoted)\n"
                    }
                }
            }
        }
        try tables[0].write(toFile: directory + "/north.csv", atomically: true, encoding: .utf8)
        try tables[1].write(toFile: directory + "/south.csv", atomically: true, encoding: .utf8)
    }

    private static let signs = Array("明华强伟芳娜秀英敏静丽勇艳杰娟涛超霞平刚桂文辉力健红云海燕玲鹏飞宇浩然佳琪雨晨阳").map(String.init)

    private static let rules = """
        registry: sample
        purpose: a test
        sources:
          north:
            file: north.csv
            record_id: id
            trust: 2
            as_of: 2024-06-30
            updated: seen
            fields: { name: name, birth_date: born, id_number: idno, phone: phone, home_addr: addr, home_code: div, seen: seen, note: note }
          south:
            file: south.csv
            record_id: nr
            trust: 1
            role: reference
            as_of: 2024-06-30
            fields: { name: xm, birth_date: csrq, phone: tel, home_addr: dz, home_code: qh, note: bz }
        fields:
          name: { type: person_name, required: true }
          birth_date: { type: date, required: true }
          id_number: { type: resident_id }
          phone: { type: phone }
          home_addr: { type: address }
          home_code: { type: division }
          seen: { type: date }
          note: { type: text }
          card: { type: code, codes: { 是: "1", 否: "0" } }
        match:
          block: [[phone], [name, birth_date], [home_addr.door, birth_date.year], [name]]
          compare: { name: person_name, birth_date: date, phone: phone, home_addr: address }
          decide: { merge: 0.8, review: 0.1 }
        survivorship:
          default: [repaired, valid, undoubted, majority, latest, trust, longest]
          groups:
            - { fields: [home_addr, home_code], rules: [repaired, derived, valid, undoubted, majority, fullest, trust] }
          phone: { keep: all, separator: ";" }
          note: [valid]
          card: { otherwise: { in: south, then: 是, else: 否 } }
        """

    static func parse(_ text: String) -> [[String]] {
        var (rows, row, cell, isQuoted) = ([[String]](), [String](), [UInt8](), false)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                cell.append(byte)
            case UInt8(ascii: ",") where !isQuoted:
                row.append(plain(cell))
                cell = []
            case UInt8(ascii: "\n") where !isQuoted:
                rows.append(row + [plain(cell)])
                (row, cell) = ([], [])
            default: cell.append(byte)
            }
        }
        return rows
    }

    private static func plain(_ cell: [UInt8]) -> String {
        let text = String(decoding: cell, as: UTF8.self)
        guard cell.first == UInt8(ascii: "\"") else { return text }
        return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}
