import Standards
import Synthesis
import Testing

@Suite struct TruthFilesTests {
    let set: SyntheticSet

    init() throws {
        set = try SyntheticSet.registry {
            $0.size = .records(1500)
            $0.profile = .dirty
            $0.community = .both
        }
    }

    /// Column of each export by the field's name in `errors.csv`.
    static let columns = [
        "registry": [
            "name": "姓名", "sex": "性别", "id_number": "公民身份号码", "birth": "出生日期", "ethnic": "民族代码",
            "hukou_code": "户籍地区划代码", "hukou_addr": "户籍地址", "res_code": "居住地区划代码", "res_addr": "居住地址",
            "phone": "联系电话", "reg_date": "登记日期", "status": "人员状态", "death": "死亡日期", "case": "是否建档",
        ],
        "community": [
            "name": "xm", "sex": "xb", "id_number": "sfzh", "birth": "csrq", "ethnic": "mz",
            "hukou_addr": "hjdz",
            "res_code": "xzqh", "res_addr": "jzdz", "phone": "lxdh", "reg_date": "djrq", "status": "ryzt",
            "worker": "wgy",
        ],
        "dossier": [
            "name": "full_name", "sex": "gender", "id_number": "id_no", "birth": "dob",
            "ethnic": "ethnicity",
            "hukou_code": "domicile_code", "hukou_addr": "domicile", "res_addr": "residence",
            "phone": "tel",
            "reg_date": "opened", "case_type": "service", "worker": "caseworker", "visit": "last_visit",
            "status": "state",
        ],
    ]

    private func records() throws -> [String: (office: String, cells: [String: String])] {
        var records: [String: (office: String, cells: [String: String])] = [:]
        for office in Self.columns.keys {
            for row in try set.rows("\(office).csv") { records[row["id"] ?? ""] = (office, row) }
        }
        return records
    }

    @Test func `Every record stands in the truth once, with a person of the master`() throws {
        defer { set.remove() }
        let truth = try set.rows("truth.csv")
        let ids = truth.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count)
        #expect(Set(ids) == Set(try records().keys))
        let persons = Set(try set.rows("master.csv").compactMap { $0["entity_id"] })
        #expect(persons == Set(truth.compactMap { $0["entity_id"] }))
        #expect(set.summary.records == ids.count && set.summary.persons == persons.count)
    }

    @Test
    func
        `The value of an error stands in the file, and the original is what the office would have written`()
        throws
    {
        defer { set.remove() }
        let records = try records()
        let person = Dictionary(
            uniqueKeysWithValues: try set.rows("truth.csv").map {
                ($0["id"] ?? "", $0["entity_id"] ?? "")
            })
        let master = Dictionary(
            uniqueKeysWithValues: try set.rows("master.csv").map { ($0["entity_id"] ?? "", $0) })
        let errors = try set.rows("errors.csv")
        #expect(errors.count == set.summary.deviations)
        for error in errors {
            let id = try #require(error["id"])
            let field = try #require(error["field"])
            let record = try #require(records[id])
            #expect(record.office == error["source"])
            let column = try #require(Self.columns[record.office]?[field])
            #expect(record.cells[column] == error["value"])
            #expect(error["value"] != error["original"])
            let truth = try #require(master[person[id] ?? ""])
            if ["name", "id_number", "hukou_addr", "res_addr", "phone", "hukou_code", "res_code"]
                .contains(field)
            {
                #expect(truth[field] == error["original"])
            }
        }
    }

    @Test func `A cell without an error is as in the master`() throws {
        defer { set.remove() }
        let wrong = Set(try set.rows("errors.csv").map { "\($0["id"] ?? "")/\($0["field"] ?? "")" })
        let person = Dictionary(
            uniqueKeysWithValues: try set.rows("truth.csv").map {
                ($0["id"] ?? "", $0["entity_id"] ?? "")
            })
        let master = Dictionary(
            uniqueKeysWithValues: try set.rows("master.csv").map { ($0["entity_id"] ?? "", $0) })
        for (id, record) in try records() {
            let truth = master[person[id] ?? ""]
            let different = [
                "name", "id_number", "hukou_addr", "res_addr", "phone", "res_code", "status",
            ].filter { field in
                guard let column = Self.columns[record.office]?[field], !wrong.contains("\(id)/\(field)")
                else { return false }
                return record.cells[column] != truth?[field]
            }
            #expect(different.isEmpty, "\(id)")
        }
    }

    @Test func `Clean numbers are valid, unique, and agree with birth date and sex`() throws {
        defer { set.remove() }
        var seen: Set<String> = []
        for row in try set.rows("master.csv") {
            let text = try #require(row["id_number"])
            let number = try #require(ResidentID(text))
            #expect(number.isValid)
            #expect(seen.insert(text).inserted)
            #expect(number.birthDate?.description == row["birth_date"])
            #expect(number.sex == (row["sex"] == "1" ? "M" : "F"))
        }
    }

    @Test func `An omission is where the person is not, and a hard negative is two persons`() throws {
        defer { set.remove() }
        let initials = ["registry": "R", "community": "C", "dossier": "D"]
        var offices: [String: Set<String>] = [:]
        for row in try set.rows("truth.csv") {
            offices[row["entity_id"] ?? "", default: []].insert(String((row["id"] ?? "").prefix(1)))
        }
        let omissions = try set.rows("omissions.csv")
        #expect(!omissions.isEmpty)
        for row in omissions {
            let there = offices[row["entity_id"] ?? ""] ?? []
            #expect(!there.contains(initials[row["missing_in"] ?? ""] ?? ""))
            let present = (row["present_in"] ?? "").split(separator: "|").compactMap {
                initials[String($0)]
            }
            #expect(Set(present) == there)
            #expect((row["inferable"] == "0") == (row["missing_in"] == "dossier" && !there.contains("R")))
        }
        for row in try set.rows("hard_negatives.csv") {
            #expect(row["entity_a"] != row["entity_b"])
            #expect(offices[row["entity_a"] ?? ""] != nil && offices[row["entity_b"] ?? ""] != nil)
        }
    }

    @Test func `The XML is well formed and says the same as the CSV`() throws {
        defer { set.remove() }
        let text = try set.text("community.xml")
        let elements = try SmallXML.elements(text)
        let rows = try set.rows("community.csv")
        #expect(elements.count == rows.count)
        for (element, row) in zip(elements, rows) {
            #expect(element.attributes["bh"] == row["id"])
            for (header, value) in row where header != "id" { #expect(element.children[header] == value) }
        }
        #expect(
            text.hasPrefix(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jmxx dcsj=\"2024-06-30\" dw=\"社区服务中心\">\n"))
    }
}
