import Records
import Testing

@testable import Pipeline

/// What records are found by at the desk.
struct DeskWordsTests {
    @Test(arguments: [
        ("买买提·艾力", ["买买提艾力", "买买提·艾力", "买买提•艾力", "艾力", "買買提艾力"]),
        ("张伟", ["張偉", "张伟", "zhangwei", "zw"]),
    ])
    func `a name has the words that people type for it`(_ name: String, _ typed: [String]) {
        let words = DeskWords.words(name, .personName)
        for text in typed {
            #expect(
                DeskWords.asked(text).contains { asked in words.contains { $0.hasPrefix(asked) } }, "\(text)")
        }
    }

    @Test(arguments: [
        ("1985-03-07", "1985-03-07"), ("19850307", "1985-03-07"), ("1985/3/7", "1985-03-07"),
        ("1985年3月7日", "1985-03-07"), ("１９８５.３.７", "1985-03-07"), ("19851307", ""), ("1985-03", ""), ("13800001111", ""),
        ("wang", ""),
    ])
    func `a date of birth is read as people write it`(_ text: String, _ date: String) {
        #expect(DeskWords.date(text) ?? "" == date)
    }
}
