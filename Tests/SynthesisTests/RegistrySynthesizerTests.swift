import Foundation
import Records
import Standards
import Synthesis
import Testing

@Suite struct RegistrySynthesizerTests {
    @Test func `The same seed and options give the same bytes, on every machine`() throws {
        let first = try SyntheticSet.registry { $0.size = .records(2000) }
        let again = try SyntheticSet.registry { $0.size = .records(2000) }
        let other = try SyntheticSet.registry {
            $0.size = .records(2000)
            $0.seed = 2
        }
        defer { for set in [first, again, other] { set.remove() } }
        #expect(try first.hash() == again.hash())
        #expect(try first.hash() != other.hash())
        #expect(try first.hash() == "c95ec8f4d772840f")
    }

    private static let headers = [
        (
            "registry.csv", "id,姓名,性别,公民身份号码,出生日期,民族代码,户籍地区划代码,户籍地址,居住地区划代码,居住地址,联系电话,登记日期,人员状态,死亡日期,是否建档"
        ),
        ("community.csv", "id,xm,xb,sfzh,csrq,mz,hjdz,xzqh,jzdz,lxdh,djrq,ryzt,wgy"),
        (
            "dossier.csv",
            "id,full_name,gender,id_no,dob,ethnicity,domicile_code,domicile,residence,tel,opened,service,caseworker,last_visit,state"
        ),
        ("truth.csv", "id,entity_id"),
        ("errors.csv", "id,source,field,kind,original,value"),
        ("omissions.csv", "entity_id,missing_in,present_in,inferable"),
        ("hard_negatives.csv", "entity_a,entity_b,kind"),
        (
            "master.csv",
            "entity_id,name,sex,id_number,birth_date,ethnic_code,hukou_code,hukou_addr,res_code,res_addr,phone,registered,status,death_date,has_case,case_type,caseworker,case_opened,last_visit"
        ),
    ]

    @Test func `Files have their headers and line ends`() throws {
        let set = try SyntheticSet.registry {
            $0.size = .records(300)
            $0.community = .both
        }
        defer { set.remove() }
        for (name, header) in Self.headers {
            #expect(try set.header(name) == header)
            let isExport = ["registry.csv", "community.csv", "dossier.csv"].contains(name)
            let bytes = try set.bytes(name)
            let feeds = bytes.indices.filter { bytes[$0] == 0x0A }
            #expect(feeds.last == bytes.count - 1)
            #expect(feeds.allSatisfy { (bytes[$0 - 1] == 0x0D) == isExport }, "\(name)")
        }
    }

    @Test func `Every kind of noise and of hard negative appears`() throws {
        let set = try SyntheticSet.registry {
            $0.size = .records(3000)
            $0.profile = .dirty
        }
        defer { set.remove() }
        #expect(
            Set(try set.rows("errors.csv").compactMap { $0["kind"] }) == Set(NoiseKind.all.map(\.name)))
        #expect(
            Set(try set.rows("hard_negatives.csv").compactMap { $0["kind"] })
                == ["namesake", "same_name_same_birthday", "twins", "siblings"])
    }

    @Test func `A clean set has no deviation, and a rate brings one kind alone`() throws {
        let clean = try SyntheticSet.registry {
            $0.size = .records(500)
            $0.profile = .clean
        }
        let one = try SyntheticSet.registry {
            $0.size = .records(500)
            $0.profile = .clean
            $0.rates = [RateOverride(.idDigit, 0.5)]
        }
        defer { for set in [clean, one] { set.remove() } }
        #expect(clean.summary.deviations == 0)
        #expect(one.summary.deviations > 100)
        #expect(try one.rows("errors.csv").allSatisfy { $0["kind"] == "id_digit" })
        #expect(try one.bytes("master.csv") == clean.bytes("master.csv"))
    }

    @Test func `Sizes hold for records and for persons`() throws {
        let records = try SyntheticSet.registry { $0.size = .records(700) }
        let persons = try SyntheticSet.registry { $0.size = .persons(200) }
        defer { for set in [records, persons] { set.remove() } }
        #expect((700...715).contains(records.summary.records))
        #expect((200...203).contains(persons.summary.persons))
        #expect(try persons.rows("master.csv").count == persons.summary.persons)
    }

    @Test func `Case files in GB18030 say the same as in UTF-8`() throws {
        let plain = try SyntheticSet.registry { $0.size = .records(1500) }
        let encoded = try SyntheticSet.registry {
            $0.size = .records(1500)
            $0.dossierEncoding = .gb18030
        }
        defer { for set in [plain, encoded] { set.remove() } }
        let gb18030 = String.Encoding(rawValue: 0x8000_0632)
        let decoded = try #require(String(bytes: encoded.bytes("dossier.csv"), encoding: gb18030))
        #expect(decoded == (try plain.text("dossier.csv")))
    }

    @Test func `The truth can stand in a folder below, and a set of ours may be made again`() throws {
        let folder = SyntheticSet.newFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = RegistryOptions()
        options.size = .records(50)
        options.truthDirectory = folder + "/truth"
        for _ in 0..<2 {
            let summary = try RegistrySynthesizer.write(options, to: folder)
            #expect(summary.files.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4)
    }

    @Test(arguments: ["registry.csv", "notes.txt", "summary.json"])
    func `A folder with somebody's file is refused and left alone`(name: String) throws {
        let folder = SyntheticSet.newFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        var options = RegistryOptions()
        options.size = .records(50)
        let failure = #expect(throws: Failure.self) {
            try RegistrySynthesizer.write(options, to: folder)
        }
        #expect(failure?.code == "E-SYN-002")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
        options.overwriting = true
        #expect(throws: Never.self) { try RegistrySynthesizer.write(options, to: folder) }
    }

    @Test func `Options out of range are refused before anything is written`() throws {
        let changes: [(inout RegistryOptions) -> Void] = [
            { $0.size = .records(0) }, { $0.size = .persons(-1) }, { $0.size = .records(Int.max) },
            { $0.scale = -1 }, { $0.scale = .nan }, { $0.scale = .infinity },
            { $0.rates = [RateOverride(.moved, 1.5)] }, { $0.duplicates = 13 }, { $0.omissions = -0.1 },
            { $0.regions = [] }, { $0.regions = ["x"] }, { $0.regions = ["6401040"] },
            { $0.regions = ["99"] },
        ]
        for change in changes {
            var options = RegistryOptions()
            change(&options)
            let folder = SyntheticSet.newFolder()
            let failure = #expect(throws: Failure.self) {
                try RegistrySynthesizer.write(options, to: folder)
            }
            #expect(failure?.code == "E-SYN-001")
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }
}
