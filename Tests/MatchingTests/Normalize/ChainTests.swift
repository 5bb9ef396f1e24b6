import Records
import Testing

@testable import Matching

/// Each row: what an office wrote → the normalised value, and whether it is well formed.
@Suite struct ChainTests {
    typealias Row = (raw: String, value: String, isWellFormed: Bool)

    static let personNames: [Row] = [
        ("张三", "张三", true), (" 张　三 ", "张三", true), ("张 三", "张三", true), ("張元保", "張元保", true),
        ("买买提•艾力", "买买提·艾力", true), ("买买提・艾力", "买买提·艾力", true), ("买买提‧艾力", "买买提·艾力", true),
        ("买买提.艾力", "买买提·艾力", true), ("买买提．艾力", "买买提·艾力", true), ("买买提。艾力", "买买提·艾力", true),
        ("买买提﹒艾力", "买买提·艾力", true), ("买买提-艾力", "买买提·艾力", true), ("买买提 · 艾力", "买买提·艾力", true),
        ("买买提 艾力", "买买提·艾力", true), ("木  合塔尔。买买提", "木合塔尔·买买提", true), ("买买提艾力", "买买提艾力", true),
        ("欧阳 修明", "欧阳修明", true), ("欧阳 修明远", "欧阳修明远", true), ("·买买提··艾力·", "买买提·艾力", true),
        ("张三（先生）", "张三", true), ("张三[户主]", "张三", true), ("（张三）", "(张三)", false), ("张建国先生", "张建国", true),
        ("张先生", "张先生", true), ("欧阳先生", "欧阳先生", true), ("南宫女士", "南宫女士", true),
        ("张三（户主", "张三", true), ("张三•（户主）", "张三•", false), ("Maria (Anna Lopez", "maria anna lopez", true),
        ("李志", "李志", true), ("王明志", "王明志", true),
        ("张\u{200B}三\u{FEFF}", "张三", true), ("\u{202E}张三", "张三", true), ("\u{F9D1}华", "六华", true),
        ("龙\u{E0100}生", "龙生", true), ("𠮷田", "𠮷田", true), ("张", "张", false), ("张3", "张3", false),
        ("张*", "张*", false), ("张?", "张?", false), ("张Wei", "张wei", false), ("\u{E863}明", "\u{E863}明", false),
        ("'张三", "张三", true), ("\"张三\"", "张三", true),
        ("ZHANG Wangui", "zhang wangui", true), ("Zhang, Wangui", "wangui zhang", true), ("ＷＡＮＧ　ＷＥＩ", "wang wei", true),
        ("O’Brien", "obrien", true), ("O'Brien", "obrien", true), ("O´Brien", "obrien", true),
        ("Mary-Jane  Smith", "mary jane smith", true), ("Mr. John Smith", "john smith", true),
        ("MRS Anna Lee", "anna lee", true),
        ("Dr", "dr", true), ("Müller", "muller", true), ("Łukasz Ørsted", "lukasz orsted", true),
        ("Strauß", "strauss", true),
        ("Nguyễn Văn Đức", "nguyen van duc", true), ("İbrahim Işık", "ibrahim isik", true),
        ("José\u{301}", "jose", true),
        ("Zhāng Wěi", "zhang wei", true), ("Иван Чайкин", "иван чайкин", true), ("Smith3", "smith3", false),
        ("", "", false), ("无", "", false), ("无名氏", "", false), ("不详", "", false), ("未填", "", false),
        ("NULL", "", false),
        ("null", "", false), ("None", "", false), ("N/A", "", false), ("#N/A", "", false), ("nan", "", false),
        ("NaN", "", false),
        ("-", "", false), ("--", "", false), ("？", "", false), ("***", "", false), ("/", "", false), ("（空）", "", false),
        ("0", "", false), ("00000000", "", false), ("　", "", false), ("同上", "", false), ("\\N", "", false),
        ("NA", "", false),
        ("Null", "null", true), ("Nan", "nan", true), ("无忌", "无忌", true), ("空海", "空海", true), ("略", "", false),
    ]

    static let surnames: [Row] = [
        ("Null", "null", true), ("NA", "na", true), ("王", "王", true), ("无", "", false),
        ("van der Berg", "van der berg", true),
        ("O'NEILL", "oneill", true), ("欧阳", "欧阳", true),
    ]

    static let residentIDs: [Row] = [
        ("330211331114025.0", "330211193311140255", true),
        ("130632200102184453", "130632200102184453", true), ("37140220060107962x", "37140220060107962X", true),
        ("４５０３２９２０１４０９１７４２６２", "450329201409174262", true), ("450329 20140917 4262", "450329201409174262", true),
        ("450329-20140917-4262", "450329201409174262", true), ("'450329201409174262", "450329201409174262", true),
        ("=\"450329201409174262\"", "450329201409174262", true),
        ("身份证号：450329201409174262", "450329201409174262", true),
        ("ID: 37140220060107962x", "37140220060107962X", true), ("37140220060107962×", "37140220060107962X", true),
        ("37140220060107962Ｘ", "37140220060107962X", true), ("330211331114025", "330211193311140255", true),
        ("45032920140917426", "45032920140917426", false), ("4503292014091742620", "4503292014091742620", false),
        ("11010119850307OO31", "11010119850307OO31", false), ("x10101198503070031", "X10101198503070031", false),
        ("1.10101E+17", "1.10101E+17", false), ("410402201105050400", "410402201105050400", true),
        ("110101198503070***", "110101198503070***", false), ("无", "", false), ("000000000000000000", "", false),
        ("111111111111111111", "111111111111111111", true), ("0", "", false), ("身份证号:", "身份证号:", false),
    ]

    static let dates: [Row] = [
        ("9223372036854775807-1-1", "9223372036854775807-1-1", false),
        ("99999999999999999999-1-1", "99999999999999999999-1-1", false),
        ("1985-03-07", "1985-03-07", true), ("1985/3/7", "1985-03-07", true), ("1985.3.7", "1985-03-07", true),
        ("1985. 3. 7", "1985-03-07", true), ("1985年3月7日", "1985-03-07", true), ("1985年03月07号", "1985-03-07", true),
        ("1985 年 3 月 7 日", "1985-03-07", true), ("19850307", "1985-03-07", true), ("１９８５０３０７", "1985-03-07", true),
        ("1985－03－07", "1985-03-07", true), ("1985-03-07 00:00:00", "1985-03-07", true),
        ("1985-03-07T00:00:00", "1985-03-07", true), ("1985-03-07T00:00:00.000Z", "1985-03-07", true),
        ("1985-03-07T00:00:00+08:00", "1985-03-07", true), ("1985/3/7 0:00", "1985-03-07", true),
        ("1985-03-07 上午8:30", "1985-03-07", true), ("1985年3月7日8时30分", "1985-03-07", true),
        ("19850307000000", "1985-03-07", true), ("19850307T120000", "1985-03-07", true),
        ("19850307.0", "1985-03-07", true),
        ("7 Mar 1985", "1985-03-07", true), ("Mar 7, 1985", "1985-03-07", true),
        ("March 7th, 1985", "1985-03-07", true),
        ("7-MAR-1985", "1985-03-07", true), ("1985 March 7", "1985-03-07", true),
        ("7th of March 1985", "1985-03-07", true),
        ("一九八五年三月七日", "1985-03-07", true), ("二〇〇〇年十二月三十一日", "2000-12-31", true),
        ("二○○○年十月二十日", "2000-10-20", true), ("一九八五年十一月廿一日", "1985-11-21", true),
        ("民国74年3月7日", "1985-03-07", true), ("民國七十四年三月七日", "1985-03-07", true), ("民国元年1月1日", "1912-01-01", true),
        ("1985年3月7日生", "1985-03-07", true), ("公元1985年3月7日", "1985-03-07", true), ("'1985-03-07", "1985-03-07", true),
        ("25/03/1985", "1985-03-25", true), ("03/25/1985", "1985-03-25", true), ("05/05/1985", "1985-05-05", true),
        ("07/03/1985", "07/03/1985", false), ("85年3月7日", "85年3月7日", false), ("85-03-07", "85-03-07", false),
        ("07/03/85", "07/03/85", false), ("850307", "850307", false), ("31113", "31113", false),
        ("1985", "1985", false),
        ("1985年3月", "1985年3月", false), ("1985-03", "1985-03", false), ("1985-13-07", "1985-13-07", false),
        ("1985/2/30", "1985-02-30", false), ("19851307", "1985-13-07", false), ("2000-02-29", "2000-02-29", true),
        ("1900-01-01", "1900-01-01", true), ("去年", "去年", false), ("Foo 7, 1985", "Foo 7, 1985", false),
        ("1985-03-07-09", "1985-03-07-09", false), ("99999999999999999999", "99999999999999999999", false),
        ("0000-00-00", "", false), ("0000-00-00 00:00:00", "", false), ("00000000", "", false), ("不详", "", false),
        ("-", "", false), ("N/A", "", false),
    ]

    static let phones: [Row] = [
        ("13800138000", "13800138000", true), ("138 0013 8000", "13800138000", true),
        ("138-0013-8000", "13800138000", true),
        ("+8613800138000", "13800138000", true), ("+86 138 0013 8000", "13800138000", true),
        ("008613800138000", "13800138000", true), ("8613800138000", "13800138000", true),
        ("（＋86）13800138000", "13800138000", true),
        ("１３８００１３８０００", "13800138000", true), ("013800138000", "13800138000", true),
        ("13800138000.0", "13800138000", true),
        ("手机：13800138000", "13800138000", true), ("13800138000/13900139000", "13800138000", true),
        ("010-65529988", "01065529988", true), ("(010) 6552 9988", "01065529988", true),
        ("+86-10-65529988", "01065529988", true),
        ("010-65529988转8012", "01065529988", true), ("010-65529988 ext. 12", "01065529988", true),
        ("65529988", "65529988", true),
        ("0591-87654321", "059187654321", true), ("400-810-8888", "4008108888", true),
        ("08 12345678", "0812345678", true),
        ("+1 415 555 0100", "+14155550100", true), ("1375592420", "1375592420", false),
        ("138001380000", "138001380000", false),
        ("110", "110", false), ("13800O38000", "13800", false), ("没有", "", false), ("00000000000", "", false),
        ("-", "", false),
        ("王", "王", false),
    ]

    static let divisions: [Row] = [
        ("510105", "510105", true), ("510105000000", "510105", true), ("510105001", "510105", true),
        ("５１０１０５", "510105", true),
        ("510105 青羊区", "510105", true), ("北京市东城区", "110101", true), ("四川省成都市青羊区", "510105", true),
        ("青羊区", "510105", true),
        ("浙江省建德市", "330182", true), ("四川省", "510000", true), ("四川", "510000", true), ("成都", "510100", true),
        ("朝阳区", "朝阳区", false), ("510105.0", "510105", true), ("5101", "510100", true), ("51010", "51010", false),
        ("999999", "999999", true), ("未知", "", false), ("0", "", false), ("外地", "外地", false),
    ]

    static let ethnicGroups: [Row] = [
        ("汉", "01", true), ("汉族", "01", true), ("1", "01", true), ("01", "01", true), ("１", "01", true),
        ("HA", "01", true),
        ("维吾尔族", "05", true), ("1.0", "01", true), ("57", "57", false), ("00", "00", false), ("不详", "", false),
        ("火星族", "火星族", false),
    ]

    static let addresses: [Row] = [
        ("四川省成都市青羊区龙泉路212号", "四川省成都市青羊区龙泉路212号", true),
        ("四川省 成都市 青羊区 龙泉路 ２１２号", "四川省成都市青羊区龙泉路212号", true),
        ("四川省，成都市，青羊区", "四川省成都市青羊区", true), ("地址：青羊区龙泉路12＃3楼a座", "青羊区龙泉路12号3楼A座", true),
        ("龙泉路12—3号", "龙泉路12-3号", true), ("無錫路1號", "無錫路1號", true), ("无锡市", "无锡市", true), ("不详", "", false),
        ("12 High St.", "12 high street", true), ("12 St Kilda Rd", "12 saint kilda road", true),
        ("5 N Main Ave", "5 n main avenue", true), ("12", "12", false),
    ]

    static let streets: [Row] = [
        ("Main St", "main street", true), ("Main Street", "main street", true),
        ("St Kilda Rd.", "saint kilda road", true),
        ("N Main Ave", "north main avenue", true), ("Main Rd N", "main road north", true),
        ("Sturt Cct", "sturt circuit", true),
        ("人民路", "人民路", true), ("Rue de l’Église", "rue de leglise", true),
    ]

    static let houseNumbers: [Row] = [
        ("12", "12", true), ("012", "12", true), ("No. 12", "12", true), ("#12a", "12A", true), ("12号", "12", true),
        ("１２号", "12", true), ("十二号", "12", true), ("12/3", "12/3", true), ("0", "", false), ("-", "", false),
        ("a", "A", false),
    ]

    static let others: [(FieldKind, Row)] = [
        (.identifier, ("京A-123 45", "京A12345", true)), (.identifier, ("ab-12/3", "AB123", true)),
        (.identifier, ("无", "", false)), (.identifier, ("10023.0", "10023", true)),
        (.identifier, ("A.10.0", "A100", true)),
        (.identifier, ("0012345", "0012345", true)), (.identifier, ("张三", "张三", false)),
        (.email, (" Zhang.San@Example.COM ", "zhang.san@example.com", true)),
        (.email, ("mailto:a@b.cn", "a@b.cn", true)),
        (.email, ("a＠b.cn", "a@b.cn", true)), (.email, ("a@b", "a@b", false)), (.email, ("a@@b.cn", "a@@b.cn", false)),
        (.email, ("无", "", false)),
        (.postcode, ("100 000", "100000", true)), (.postcode, ("sw1a 1aa", "SW1A1AA", true)),
        (.postcode, ("１０００００", "100000", true)),
        (.postcode, ("2600.0", "2600", true)), (.postcode, ("北京", "北京", false)), (.postcode, ("000000", "", false)),
        (.number, ("1,234.50", "1234.5", true)), (.number, ("007", "7", true)), (.number, ("0", "0", true)),
        (.number, ("-0.50", "-0.5", true)),
        (.number, ("１２", "12", true)), (.number, ("12,34", "12,34", false)),
        (.number, ("1.10101E+17", "1.10101E+17", false)),
        (.number, ("12岁", "12岁", false)), (.number, ("-", "", false)), (.number, ("-0", "0", true)),
        (.city, ("St Albans", "saint albans", true)), (.city, ("MT. ISA", "mount isa", true)),
        (.city, ("北京 市", "北京市", true)),
        (.text, ("  a \t b\n", "a b", true)), (.text, ("正常", "正常", true)), (.text, ("ﾃｽﾄ①", "テスト1", true)),
        (.text, ("暂无", "", false)),
        (.text, ("It's", "It's", true)), (.text, ("张女士", "张女士", true)),
    ]

    static let tables: [(FieldKind, [Row])] = [
        (.personName, personNames), (.surname, surnames), (.givenName, surnames), (.residentID, residentIDs),
        (.date, dates),
        (.phone, phones), (.division, divisions), (.ethnicGroup, ethnicGroups), (.address, addresses),
        (.street, streets),
        (.houseNumber, houseNumbers),
    ]

    @Test("A value comes out in the form of its kind", arguments: tables.map(\.0))
    func forms(_ kind: FieldKind) throws {
        let normalizer = Normalizer(for: Field(name: "f", kind: kind))
        let rows = try #require(Self.tables.first { $0.0 == kind }).1
        for row in rows {
            let (value, isWellFormed) = normalizer.normalize(row.raw)
            #expect(
                value == row.value && isWellFormed == row.isWellFormed, "\(kind) \(row.raw) → \(value) \(isWellFormed)")
        }
    }

    @Test("A value of the smaller kinds comes out in its form")
    func otherForms() {
        for (kind, row) in Self.others {
            let (value, isWellFormed) = Normalizer(for: Field(name: "f", kind: kind)).normalize(row.raw)
            #expect(
                value == row.value && isWellFormed == row.isWellFormed, "\(kind) \(row.raw) → \(value) \(isWellFormed)")
        }
    }

    @Test(
        "A date of three numbers is read in the declared order",
        arguments: [
            (DateOrder.dayFirst, "07/03/1985", "1985-03-07", true), (.monthFirst, "07/03/1985", "1985-07-03", true),
            (.yearFirst, "07/03/1985", "07/03/1985", false), (.dayFirst, "1985/3/7", "1985-03-07", true),
            (.dayFirst, "03/25/1985", "1985-25-03", false), (.dayFirst, "07031985", "1985-03-07", true),
            (.monthFirst, "07031985", "1985-07-03", true), (.dayFirst, "20010307", "2001-03-07", true),
        ])
    func declaredOrder(_ order: DateOrder, _ raw: String, _ value: String, _ isWellFormed: Bool) {
        let result = Normalizer(for: Field(name: "f", kind: .date, dateOrder: order)).normalize(raw)
        #expect(result == (value, isWellFormed))
    }

    @Test(
        "Two digits of a year are read where the rule book says which is the latest they mean",
        arguments: [
            (DateOrder.monthFirst, "3/1/70", "1970-03-01", true), (.monthFirst, "3/1/24", "2024-03-01", true),
            (.monthFirst, "3/1/25", "1925-03-01", true), (.dayFirst, "07.03.85", "1985-03-07", true),
            (.yearFirst, "85-03-07", "1985-03-07", true), (nil, "3/1/70", "3/1/70", false),
            (nil, "24-May-11", "2011-05-24", true), (.monthFirst, "3/1/1970", "1970-03-01", true),
            (.monthFirst, "25/1/70", "1970-25-01", false), (.monthFirst, "3/1/7", "3/1/7", false),
        ] as [(DateOrder?, String, String, Bool)])
    func shortYears(_ order: DateOrder?, _ raw: String, _ value: String, _ isWellFormed: Bool) {
        let declared = Field(name: "f", kind: .date, dateOrder: order, shortYearsUntil: 2024)
        #expect(Normalizer(for: declared).normalize(raw) == (value, isWellFormed))
    }

    @Test(
        "A code is looked up without width, case and blanks",
        arguments: [
            ("男", "M", true), ("Male", "M", true), (" ＭＡＬＥ ", "M", true), ("1", "M", true), ("1.0", "M", true),
            ("m", "M", true),
            ("F", "F", true), ("不详", "U", true), ("0", "0", true), ("x", "x", false), ("未填", "", false),
            ("", "", false),
        ])
    func codes(_ raw: String, _ value: String, _ isWellFormed: Bool) {
        let codes = ["男": "M", "女": "F", "male": "M", "1": "M", "不详": "U", "9": "0"]
        #expect(Normalizer(for: Field(name: "f", kind: .code, codes: codes)).normalize(raw) == (value, isWellFormed))
    }

    @Test("Normalising twice changes nothing more")
    func idempotence() {
        for (kind, rows) in Self.tables + Self.others.map({ ($0.0, [$0.1]) }) {
            let normalizer = Normalizer(for: Field(name: "f", kind: kind))
            for row in rows where !row.value.isEmpty && row.isWellFormed && row.value != "nan" && row.value != "null" {
                let (value, isWellFormed) = normalizer.normalize(row.value)
                #expect(value == row.value && isWellFormed, "\(kind) \(row.value) → \(value)")
            }
        }
    }

    @Test("The trace names the steps that changed the value, in order")
    func trace() {
        let normalizer = Normalizer(for: Field(name: "f", kind: .residentID))
        let trace = normalizer.trace("'３３０２１１３３１１１４０２５ ")
        #expect(trace.map(\.step) == ["full-width", "blanks", "quotes", "resident-id"])
        #expect(trace.last?.text == "330211193311140255")
        #expect(normalizer.trace("130632200102184453").isEmpty)
        #expect(Normalizer(for: Field(name: "f", kind: .text)).trace("不详").map(\.text) == [""])
    }
}
