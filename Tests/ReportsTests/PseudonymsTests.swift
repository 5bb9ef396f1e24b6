import Foundation
import Records
import Testing

@testable import Reports

struct PseudonymsTests {
    private let key = [UInt8](0..<32)

    @Test func `SEC-42: the same value has one token at one recipient and another at every other`() {
        let a = Pseudonyms(key: key, recipient: "University")
        let again = Pseudonyms(key: key, recipient: " University ")
        let b = Pseudonyms(key: key, recipient: "Ministry")
        let other = Pseudonyms(key: key.reversed(), recipient: "University")
        #expect(a.token("张三", domain: "person_name") == again.token("张三", domain: "person_name"))
        let tokens = [
            a.token("张三", domain: "person_name"), b.token("张三", domain: "person_name"),
            other.token("张三", domain: "person_name"), a.token("张四", domain: "person_name"),
            a.token("张三", domain: "address"),
        ]
        #expect(Set(tokens).count == tokens.count)
        #expect(tokens.allSatisfy { $0.utf8.count == 33 && $0.hasPrefix("T") })
    }

    /// RFC 2104 by Python: hmac of hmac(key, "qingku/pseudonym/v1" 1F "University"), "person_name" 1F "张三".
    @Test func `tokens are HMAC-SHA-256 and do not change between versions`() {
        #expect(
            Pseudonyms(key: key, recipient: "University").token("张三", domain: "person_name")
                == "T1499503cf835d26f6836085db1beaebc")
    }

    @Test func `a row keeps what groups people and loses what names them`() throws {
        let fields = [
            FieldFacts(name: "name", kind: .personName), FieldFacts(name: "id_number", kind: .residentID),
            FieldFacts(name: "birth_date", kind: .date), FieldFacts(name: "res_code", kind: .division),
            FieldFacts(name: "postcode", kind: .postcode), FieldFacts(name: "note", kind: .text),
            FieldFacts(name: "sex", kind: .code),
        ]
        let columns = (["person_id"] + fields.map(\.name) + ["grade"]).map { ExportColumn($0, fields: fields) }
        let row = TableRow(
            ["P1", "张三", "110101198503072316", "1985-03-07", "110101001001", "100084", "knows 李四", "1", "A"])
        let kinds = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.kind) })
        let pseudonyms = Pseudonyms(key: key, recipient: "University")
        let result = pseudonyms.row(row, columns, fields: kinds)
        let cells = (0..<result.count).map { result[$0] }
        #expect(cells[3...] == ["1985", "110101", "100", "", "1", "A"])
        #expect(cells[..<3].allSatisfy { $0.hasPrefix("T") && $0.utf8.count == 33 })
        let open = Pseudonyms(key: key, recipient: "University", keep: ["birth_date", "note"]).row(
            row, columns, fields: kinds)
        #expect((open[3], open[6]) == ("1985-03-07", "knows 李四"))
        #expect(open[1] == cells[1])
    }

    @Test func `values that a finding quotes are treated as their field is, and its words are withheld`() {
        let fields = [FieldFacts(name: "phone", kind: .phone), FieldFacts(name: "registered", kind: .date)]
        let columns = ["id", "source", "record_id", "line", "field", "value", "suggestion", "message"].map {
            ExportColumn($0, fields: fields)
        }
        let kinds = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.kind) })
        func row(_ field: String, _ value: String) -> [String] {
            let result = Pseudonyms(key: key, recipient: "U").row(
                TableRow(["F1", "registry", "R1", "5", field, value, "", "says \(value)"]), columns, fields: kinds)
            return (0..<result.count).map { result[$0] }
        }
        let phone = row("phone", "13800138000")
        #expect(phone[1] == "registry" && phone[4] == "phone" && phone[5].hasPrefix("T") && phone[6...] == ["", ""])
        #expect(phone[0].hasPrefix("T") && phone[2].hasPrefix("T") && phone[3].isEmpty)
        #expect(row("registered", "2001-02-03")[5] == "2001")
        #expect(row("", "registry R2")[5].isEmpty)
    }

    @Test func `a key is made for its owner alone, read again, and refused when others may read it`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/k"
            let (made, isNew) = try PseudonymKey.load(path)
            #expect(isNew && made.count == 32)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let (read, isNewAgain) = try PseudonymKey.load(path)
            #expect(!isNewAgain && read == made)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect { try PseudonymKey.load(path) } throws: { ($0 as? Failure)?.code == "E-KEY-001" }
            try Data("short".utf8).write(to: URL(fileURLWithPath: folder + "/short"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder + "/short")
            #expect { try PseudonymKey.load(folder + "/short") } throws: { ($0 as? Failure)?.code == "E-KEY-002" }
        }
    }
}
