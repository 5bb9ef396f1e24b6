/// A normalised Chinese address taken apart. Names are ranges of bytes of the text, empty where there is none.
///
/// `四川省成都市青羊区西御河街道龙泉路212号水岸苑12号楼1单元202室` and `辽宁省大连市瓦房店市永宁镇红寨村11组57号` are the two
/// common forms. Any text may be given; what is not understood is in `rest`.
package struct AddressParts: Sendable, Hashable {
    /// County, or a higher division when the address names no county; the successor in force of a retired one. 0: none, or a
    /// name that several counties bear (朝阳区) with nothing to tell them apart.
    package internal(set) var division: UInt32 = 0
    /// The divisions as written.
    package internal(set) var divisionName = 0..<0
    /// Nine digits when the township is in the table of 2023, else 0.
    package internal(set) var townshipCode: UInt32 = 0
    /// 西御河街道, 永宁镇
    package internal(set) var township = 0..<0
    /// 龙泉路, 人民南路四段
    package internal(set) var road = 0..<0
    /// 红寨村
    package internal(set) var village = 0..<0
    /// 水岸苑
    package internal(set) var estate = 0..<0
    /// 组, 队, 社 of a village.
    package internal(set) var group = AddressNumber.none
    /// 弄
    package internal(set) var lane = AddressNumber.none
    /// Of the house on its road or in its village; `12-1` for 12号附1号.
    package internal(set) var number = AddressNumber.none
    /// 号楼, 栋, 幢, 座
    package internal(set) var building = AddressNumber.none
    package internal(set) var unit = AddressNumber.none
    package internal(set) var floor = AddressNumber.none
    package internal(set) var room = AddressNumber.none
    /// What was not understood, in the order of the text.
    package internal(set) var rest: [Range<Int>] = []

    /// `text`: UTF-8, normalised (no blanks, half-width digits).
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        let head = AddressHead(text)
        division = head.division
        divisionName = head.name
        township = head.township
        townshipCode = head.townshipCode
        if !head.skipped.isEmpty { rest.append(head.skipped) }
        AddressReader.read(text, from: head.end, into: &self)
    }

    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { AddressParts($0) }
    }

    /// The part of `text` that stands in `range`, one of the ranges above.
    package static func text(_ range: Range<Int>, of text: String) -> String {
        String(decoding: text.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }
}
