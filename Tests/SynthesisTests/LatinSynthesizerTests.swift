import Foundation
import Records
import Synthesis
import Testing

@Suite struct LatinSynthesizerTests {
    @Test func `The same seed and options give the same bytes, on every machine`() throws {
        let first = try SyntheticSet.latin { $0.isMessy = true }
        let again = try SyntheticSet.latin { $0.isMessy = true }
        let other = try SyntheticSet.latin {
            $0.isMessy = true
            $0.seed = 2
        }
        defer { for set in [first, again, other] { set.remove() } }
        #expect(try first.hash() == again.hash())
        #expect(try first.hash() != other.hash())
        #expect(try first.hash() == "9b9edd8556f64644")
    }

    @Test func `The list and its truth have their headers, and every row its person`() throws {
        let set = try SyntheticSet.latin { $0.records = 3000 }
        defer { set.remove() }
        #expect(
            try set.header("people.csv")
                == "rec_id,given_name,surname,dob,street,city,postcode,phone,id_number")
        #expect(try set.header("truth.csv") == "rec_id,entity_id")
        let people = try set.rows("people.csv").compactMap { $0["rec_id"] }
        let truth = try set.rows("truth.csv")
        #expect(people == truth.compactMap { $0["rec_id"] })
        #expect(people.count == 3000 && Set(people).count == 3000)
        #expect(people.first == "R0000")
        #expect(Set(truth.compactMap { $0["entity_id"] }).count == 2400)
    }

    @Test func `Weeks change one row in a hundred, and a record keeps its number and its person`() throws {
        let set = try SyntheticSet.latin {
            $0.records = 2000
            $0.weeks = 5
            $0.isMessy = true
        }
        defer { set.remove() }
        var persons: [String: String] = [:]
        var before: [String: [String: String]] = [:]
        var gone: Set<String> = []
        for week in 1...5 {
            let rows = try set.rows("week-0\(week)/people.csv")
            let now = Dictionary(uniqueKeysWithValues: rows.map { ($0["rec_id"] ?? "", $0) })
            for row in try set.rows("week-0\(week)/truth.csv") {
                let (record, person) = (row["rec_id"] ?? "", row["entity_id"] ?? "")
                #expect(persons[record] == nil || persons[record] == person)
                persons[record] = person
            }
            #expect(Set(now.keys).isDisjoint(with: gone))
            if week > 1 {
                let vanished = Set(before.keys).subtracting(now.keys)
                let fresh = Set(now.keys).subtracting(before.keys)
                let altered = now.filter { before[$0.key] != nil && before[$0.key] != $0.value }
                #expect(!vanished.isEmpty && vanished.count < 10)
                #expect(!fresh.isEmpty && fresh.count < 10)
                #expect(altered.count > 4 && altered.count < 30)
                gone.formUnion(vanished)
            }
            before = now
        }
    }

    @Test func `Gaps come as often as they should`() throws {
        let set = try SyntheticSet.latin { $0.records = 5000 }
        defer { set.remove() }
        let rows = try set.rows("people.csv")
        let expected = [
            ("phone", 0.25), ("id_number", 0.40), ("street", 0.04), ("postcode", 0.04), ("dob", 0.03),
            ("given_name", 0.01), ("surname", 0), ("city", 0),
        ]
        for (field, share) in expected {
            let empty = rows.filter { $0[field] == "" }.count
            #expect(abs(Double(empty) / 5000 - share) < 0.022, "\(field)")
        }
    }

    @Test func `Copies differ from their originals, originals do not repeat themselves`() throws {
        let set = try SyntheticSet.latin { $0.records = 2000 }
        defer { set.remove() }
        let truth = try set.rows("truth.csv")
        var byPerson: [String: [[String: String]]] = [:]
        for (row, owner) in zip(try set.rows("people.csv"), truth) {
            byPerson[owner["entity_id"] ?? "", default: []].append(row)
        }
        let groups = byPerson.values.filter { $0.count > 1 }
        let same = groups.filter { group in
            ["given_name", "surname", "dob", "street", "city", "postcode"].allSatisfy { field in
                Set(group.map { $0[field] }).count == 1
            }
        }
        #expect(groups.count > 250)
        #expect(same.count < groups.count / 8)
    }

    @Test func `A messy list varies case and notation`() throws {
        let set = try SyntheticSet.latin {
            $0.records = 2000
            $0.isMessy = true
        }
        defer { set.remove() }
        let rows = try set.rows("people.csv")
        #expect(rows.contains { ($0["dob"] ?? "").contains("/") })
        #expect(rows.contains { ($0["phone"] ?? "").hasPrefix("+61 ") })
        #expect(rows.contains { $0["surname"] == $0["surname"]?.uppercased() })
        #expect(try set.text("people.csv").unicodeScalars.contains { $0.value > 0x7F })
    }

    @Test func `The XML says the same as the CSV`() throws {
        let set = try SyntheticSet.latin {
            $0.records = 400
            $0.isMessy = true
            $0.writesXML = true
        }
        defer { set.remove() }
        let elements = try SmallXML.elements(try set.text("people.xml"))
        let rows = try set.rows("people.csv")
        #expect(elements.count == rows.count)
        for (element, row) in zip(elements, rows) {
            #expect(element.attributes["id"] == row["rec_id"])
            for (header, value) in row where header != "rec_id" {
                #expect(element.children[header] ?? "" == value)
            }
        }
    }

    @Test(arguments: [(0, 0.2), (-5, 0.2), (100_000_000, 0.2), (10, -0.1), (10, 0.9), (10, .nan)])
    func `Options out of range are refused`(records: Int, share: Double) {
        let failure = #expect(throws: Failure.self) {
            try SyntheticSet.latin {
                $0.records = records
                $0.duplicateShare = share
            }
        }
        #expect(failure?.code == "E-SYN-001")
    }

    @Test(arguments: [1, 2, 3])
    func `A very small list is a list`(records: Int) throws {
        let set = try SyntheticSet.latin {
            $0.records = records
            $0.duplicateShare = 0.8
        }
        defer { set.remove() }
        #expect(try set.rows("people.csv").count == records)
    }
}
