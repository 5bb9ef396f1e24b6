/// How common Han characters are, for telling text from chance: names are written with common characters, text that was
/// read in the wrong encoding with whatever comes.
package struct HanFrequency: Sendable {
    package static let shared = HanFrequency()

    /// One bit a scalar of the basic plane: in the table of 8,105 standard characters.
    private let standard: [UInt64]
    /// One bit a scalar of the basic plane: found in running text at all.
    private let common: [UInt64]
    /// Standard characters beyond the basic plane.
    private let rareStandard: Set<UInt32>

    private init() {
        var standard = [UInt64](repeating: 0, count: 1024)
        var common = [UInt64](repeating: 0, count: 1024)
        var rare: Set<UInt32> = []
        for row in CSVTable(.pinyin) {
            guard let scalar = row.scalar(0)?.value else { continue }
            guard scalar <= 0xFFFF else {
                rare.insert(scalar)
                continue
            }
            standard[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
            if (row.number(2) ?? 0) > 0 { common[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
        }
        self.standard = standard
        self.common = common
        rareStandard = rare
    }

    /// 通用规范汉字表 of 2013: 8,105 characters, which every system can write.
    package func isStandard(_ scalar: UInt32) -> Bool {
        scalar <= 0xFFFF
            ? standard[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1 : rareStandard.contains(scalar)
    }

    /// One of some 2,400 characters that make up nearly all running text.
    package func isCommon(_ scalar: UInt32) -> Bool {
        scalar <= 0xFFFF && common[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
    }

    /// One bit a scalar of the basic plane for the common characters: for loops over many texts.
    package func withCommon<Result>(_ body: (UnsafeBufferPointer<UInt64>) throws -> Result) rethrows -> Result {
        try common.withUnsafeBufferPointer(body)
    }
}
