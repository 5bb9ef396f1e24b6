import Standards
import Testing

@Suite struct AddressPartsTests {
    /// What the parts are, in the order of the address: `510105 西御河街道 龙泉路 №212 …`.
    static func show(_ text: String) -> String {
        let parts = AddressParts(text)
        var shown = parts.division == 0 ? [] : ["\(parts.division)"]
        func add(_ label: String, _ range: Range<Int>) {
            if !range.isEmpty { shown.append(label + AddressParts.text(range, of: text)) }
        }
        func add(_ label: String, _ number: AddressNumber) {
            if !number.isMissing { shown.append("\(label)\(number)") }
        }
        add("", parts.township)
        add("road:", parts.road)
        add("village:", parts.village)
        add("group:", parts.group)
        add("lane:", parts.lane)
        add("no:", parts.number)
        add("estate:", parts.estate)
        add("building:", parts.building)
        add("unit:", parts.unit)
        add("floor:", parts.floor)
        add("room:", parts.room)
        for range in parts.rest { add("rest:", range) }
        return shown.joined(separator: " ")
    }

    @Test(
        "An address comes apart",
        arguments: [
            (
                "四川省成都市青羊区西御河街道龙泉路212号水岸苑12号楼1单元202室",
                "510105 西御河街道 road:龙泉路 no:212 estate:水岸苑 building:12 unit:1 room:202"
            ),
            ("辽宁省大连市瓦房店市永宁镇红寨村11组57号", "210281 永宁镇 village:红寨村 group:11 no:57"),
            ("建德市梅城镇光明南路132号康居家园17号楼4单元902室", "330182 梅城镇 road:光明南路 no:132 estate:康居家园 building:17 unit:4 room:902"),
            ("浙江省建德市梅城镇光明南路132号", "330182 梅城镇 road:光明南路 no:132"),
            ("青羊区西御河街道", "510105 西御河街道"),
            ("四川成都青羊区龙泉路", "510105 road:龙泉路"),
            ("北京市东城区东华门街道东四十条5号", "110101 东华门街道 road:东四十条 no:5"),
            ("北京市北京市东城区景山街道", "110101 景山街道"),
            ("北京市市辖区东城区景山街道", "110101 景山街道"),
            ("中国四川省成都市", "510100"),
            ("广东省东莞市", "441900"),
            ("海南省五指山市", "469001"),
            ("青海省西宁市大通县向化藏族乡王庄村6组86号", "630121 向化藏族乡 village:王庄村 group:6 no:86"),
            ("浙江省杭州市江区西兴街道北山北路20号", "330108 西兴街道 road:北山北路 no:20 rest:江区"),
            ("内蒙古自治区乎和浩特市回民区阿拉善北路街道幸福大街308号", "150103 阿拉善北路街道 road:幸福大街 no:308 rest:乎和浩特市"),
            ("四川省成都市西御河街道龙泉路1号", "510105 西御河街道 road:龙泉路 no:1"),
            ("朝阳区", ""),
            ("朝阳区建外街道光华路1号", "110105 建外街道 road:光华路 no:1"),
            ("四川北路12号", "road:四川北路 no:12"),
            ("人民路花园小区3栋2单元501", "road:人民路 estate:花园小区 building:3 unit:2 room:501"),
            ("解放路小区5幢", "estate:解放路小区 building:5"),
            ("人民南路四段十二号", "road:人民南路四段 no:12"),
            ("五一路八一村三组二十号", "road:五一路 village:八一村 group:3 no:20"),
            ("红旗村王家屯3号", "village:红旗村王家屯 no:3"),
            ("红星村民委员会5组", "village:红星村民委员会 group:5"),
            ("淮海路123弄4号502室", "road:淮海路 lane:123 no:4 room:502"),
            ("中山路12号附3号", "road:中山路 no:12-3"),
            ("中山路12号院3号楼", "road:中山路 no:12 building:3"),
            ("中山路12-3号", "road:中山路 no:12-3"),
            ("水岸苑3-2-501", "estate:水岸苑 building:3 unit:2 room:501"),
            ("水岸苑A座12层1201室", "estate:水岸苑 building:A floor:12 room:1201"),
            ("水岸苑二栋一单元三〇二室", "estate:水岸苑 building:2 unit:1 room:302"),
            ("翠苑新村6号楼5单元301室", "estate:翠苑新村 building:6 unit:5 room:301"),
            ("108国道5号", "road:108国道 no:5"),
            ("幸福社区3号", "village:幸福社区 no:3"),
            ("人民路123456789号", "road:人民路 rest:123456789号"),
            ("12 high street", "rest:12 high street"),
            ("", ""),
            ("不知道在哪里了", "rest:不知道在哪里了"),
        ])
    func parts(_ text: String, _ expected: String) {
        #expect(Self.show(text) == expected, "\(text)")
    }

    @Test("Numbers are one word: padding and script make no difference")
    func numbers() {
        #expect(AddressParts("水岸苑012号楼").building == AddressParts("水岸苑十二号楼").building)
        #expect(AddressParts("水岸苑12号楼").building.value == 12)
        #expect(AddressParts("水岸苑甲座").building != AddressParts("水岸苑A座").building)
        #expect(AddressNumber.none.description.isEmpty)
    }

    @Test("Every part lies within the text, whatever the bytes")
    func anyBytes() {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            "四川省", "成都市", "青羊区", "朝阳区", "市辖区", "龙泉", "路", "12", "号", "楼", "村", "组", "十", "单元", "-", "A", "镇", "街道", "附",
        ]
        .map { Array($0.utf8) }
        for _ in 0..<4000 {
            var bytes: [UInt8] = []
            for _ in 0..<next(14) {
                if next(6) == 0 { bytes.append(UInt8(next(256))) } else { bytes += pieces[next(pieces.count)] }
            }
            let parts = bytes.withUnsafeBufferPointer { AddressParts($0) }
            let ranges =
                [parts.divisionName, parts.township, parts.road, parts.village, parts.estate] + parts.rest
            #expect(ranges.allSatisfy { $0.isEmpty || $0.lowerBound >= 0 && $0.upperBound <= bytes.count })
        }
        #expect(AddressParts(String(repeating: "路", count: 5000)).rest.count <= 3)
        #expect(AddressParts(String(repeating: "1", count: 5000)).rest.count <= 300)
    }

    @Test(
        "A division is known by name when only one bears it",
        arguments: [
            ("青羊区", 510105), ("四川省成都市青羊区", 510105), ("四川", 510000), ("吉林", 220000), ("吉林省", 220000), ("吉林市", 220200),
            ("吉林省吉林市", 220200), ("凉山州", 513400), ("内蒙古", 150000), ("延边朝鲜族自治州", 222400), ("朝阳区", nil), ("外地", nil),
            ("青羊区龙泉路", nil), ("", nil), ("昌平县", 110114),
        ] as [(String, UInt32?)])
    func named(_ text: String, _ code: UInt32?) {
        #expect(Divisions.shared.code(named: text) == code)
    }
}
