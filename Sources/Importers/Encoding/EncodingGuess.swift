import Records

/// The encoding of a file, found from a bounded sample of its bytes.
struct EncodingGuess {
    let encoding: TextEncoding
    /// Bytes of the byte order marks in front, 0 when there is none; one too many is a fault some programs make.
    let markLength: Int
    let isMarkDoubled: Bool
    /// Another encoding that reads the sample nearly as well: its score is within 10 % of the best.
    let runnerUp: TextEncoding?
    /// Lines of the sample (from 1) that are no UTF-8 but read well as GB 18030, in a file whose other lines are UTF-8.
    let otherLines: [Int]
    /// How well the sample reads in `encoding`, from 0 to 1. 1 for plain ASCII.
    let score: Double

    init(_ sample: [UInt8], isWhole: Bool) {
        if let (encoding, length, isDoubled) = Self.byteOrderMark(sample) {
            self.init(encoding, markLength: length, isMarkDoubled: isDoubled, score: 1)
            return
        }
        if let (encoding, score) = Self.utf16(sample) {
            self.init(encoding, score: score)
            return
        }
        let text = isWhole ? sample : Self.wholeLines(sample)
        let lines = text.withUnsafeBufferPointer { LineCount($0) }
        if lines.utf8 + lines.short + lines.other == 0 {
            self.init(.utf8, score: 1)
            return
        }
        if lines.utf8 > 0, lines.other > 0, lines.utf8 * 20 >= lines.utf8 + lines.other {
            let others = lines.otherBytes(text)
            let isChinese = EncodingScore.chinese(others, .gb18030) > 0.8
            self.init(.utf8, otherLines: isChinese ? lines.otherNumbers : [], score: 1)
            return
        }
        let scores = Self.scores(text)
        let best = scores[0]
        let runnerUp = scores.dropFirst().first { $0.score >= 0.9 * best.score && best.score > 0 }
        self.init(best.encoding, runnerUp: runnerUp?.encoding, score: best.score)
    }

    private init(
        _ encoding: TextEncoding, markLength: Int = 0, isMarkDoubled: Bool = false, runnerUp: TextEncoding? = nil,
        otherLines: [Int] = [], score: Double
    ) {
        self.encoding = encoding
        self.markLength = markLength
        self.isMarkDoubled = isMarkDoubled
        self.runnerUp = runnerUp
        self.otherLines = otherLines
        self.score = score
    }

    /// The sample's score in each encoding that needs no byte order mark, best first.
    static func scores(_ sample: [UInt8]) -> [(encoding: TextEncoding, score: Double)] {
        let (utf8, western) = sample.withUnsafeBufferPointer {
            (EncodingScore.utf8(EncodingScore.UTF8Count($0)), EncodingScore.windows1252($0))
        }
        var scores: [(encoding: TextEncoding, score: Double)] = [
            (.utf8, utf8), (.gb18030, EncodingScore.chinese(sample, .gb18030)),
            (.big5, EncodingScore.chinese(sample, .big5)), (.windows1252, western),
        ]
        // Few and fixed: insertion keeps the order of equals, which `sort` does not promise.
        for index in scores.indices.dropFirst() {
            var place = index
            while place > 0, scores[place - 1].score < scores[place].score {
                scores.swapAt(place - 1, place)
                place -= 1
            }
        }
        return scores
    }

    /// The encoding, the length of its mark, and whether the mark stands there more than once.
    static func byteOrderMark(_ bytes: [UInt8]) -> (TextEncoding, Int, Bool)? {
        let marks: [([UInt8], TextEncoding)] = [
            ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LE), ([0xFE, 0xFF], .utf16BE),
        ]
        for (mark, encoding) in marks {
            var length = 0
            while bytes.dropFirst(length).starts(with: mark) { length += mark.count }
            if length > 0 { return (encoding, length, length > mark.count) }
        }
        return nil
    }

    /// Delimiters, digits and line ends leave a byte zero: an eighth of all units at least, and always the same byte of two.
    private static func utf16(_ sample: [UInt8]) -> (TextEncoding, Double)? {
        let units = sample.count / 2
        guard units >= 4 else { return nil }
        var even = 0
        var odd = 0
        for index in 0..<units {
            if sample[2 * index] == 0 { even += 1 }
            if sample[2 * index + 1] == 0 { odd += 1 }
        }
        let most = max(even, odd)
        guard most >= 3, most * 8 >= units, min(even, odd) * 20 <= most else { return nil }
        return (odd > even ? .utf16LE : .utf16BE, 0.95)
    }

    private static func wholeLines(_ sample: [UInt8]) -> [UInt8] {
        guard let last = sample.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return sample }
        return Array(sample[...last])
    }
}

/// Lines of a sample by what they are in UTF-8.
private struct LineCount {
    /// Well-formed, with a character of three bytes or more.
    var utf8 = 0
    /// Well-formed, with characters of two bytes only, which also arise by chance.
    var short = 0
    /// Not well-formed.
    var other = 0
    private(set) var otherNumbers: [Int] = []
    private var otherRanges: [Range<Int>] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var number = 1
        while start < bytes.count {
            var end = start
            var isASCII = true
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
                if bytes[end] >= 0x80 { isASCII = false }
                end += 1
            }
            if !isASCII { add(UnsafeBufferPointer(rebasing: bytes[start..<end]), start..<end, number) }
            let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
            number += 1
        }
    }

    private mutating func add(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ number: Int) {
        let count = EncodingScore.UTF8Count(line)
        if UTF8Form.end(line, from: 0) < line.count {
            other += 1
            if otherNumbers.count < 1000 {
                otherNumbers.append(number)
                otherRanges.append(range)
            }
        } else if count.long > 0 {
            utf8 += 1
        } else {
            short += 1
        }
    }

    func otherBytes(_ sample: [UInt8]) -> [UInt8] {
        otherRanges.flatMap { sample[$0] + [0x0A] }
    }
}
