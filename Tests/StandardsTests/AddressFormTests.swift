import Standards
import Testing

@Suite struct AddressFormTests {
    @Test(
        "An address says more than another one by what stands before it, never by a piece of a number, a word or a name",
        arguments: [
            ("四川省成都市锦江区春熙路1号", "春熙路1号", true), ("四川省成都市锦江区春熙路1号", "成都市锦江区春熙路1号", true),
            ("云南省昆明市官渡区关上街道南湖路41号", "关上街道南湖路41号", true),
            ("龙泉路212号水岸苑12号楼1单元202室", "水岸苑12号楼1单元202室", true),
            ("涉村镇前家村12组143号", "12组143号", true), ("涉村镇前家村12组143号", "2组143号", false),
            ("春熙路11号", "1号", false), ("南新华路1号", "新华路1号", false), ("春熙路1号", "春熙路1号", false),
            ("春熙路1号", "", false), ("15 main street", "5 main street", false),
            ("flat 3 15 main street", "15 main street", true), ("north main street", "main street", false),
            ("12 hightown road", "town road", false),
        ])
    func fuller(_ long: String, _ short: String, _ isFuller: Bool) {
        #expect(AddressForm.isFuller(long, than: short) == isFuller)
        #expect(!AddressForm.isFuller(short, than: long))
    }
}
