/// Reads what follows the divisions and the township: names that end in 路, 村, 苑 …, numbers that end in 号, 栋, 室 ….
///
/// A name is what stands between two numbers; its last character says what it is, and where it does not, the kind of the
/// number after it: something before 12号楼 is an estate, before 11组 a village.
struct AddressReader {
    enum NumberKind {
        case house
        case lane
        case group
        case building
        case unit
        case floor
        case room
        /// Digits with nothing behind them.
        case bare
    }

    let scalars: UnsafeMutableBufferPointer<UInt32>
    /// `offsets[i]` is the byte at which scalar `i` begins; one more closes the last.
    let offsets: UnsafeMutableBufferPointer<Int>
    let count: Int

    /// Characters that are looked at; an address of the longest kind has about sixty.
    private static let limit = 200

    static func read(_ text: UnsafeBufferPointer<UInt8>, from start: Int, into parts: inout AddressParts) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: limit) { scalars in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: limit + 1) { offsets in
                var count = 0
                var index = start
                while index < text.count, count < limit {
                    let (scalar, length) = decode(text, index)
                    scalars[count] = scalar
                    offsets[count] = index
                    count += 1
                    index += length
                }
                offsets[count] = index
                AddressReader(scalars: scalars, offsets: offsets, count: count).read(into: &parts)
                if index < text.count { parts.rest.append(index..<text.count) }
            }
        }
    }

    private func read(into parts: inout AddressParts) {
        var nameStart = 0
        var index = 0
        while index < count {
            guard let number = number(at: index) else {
                index += 1
                continue
            }
            take(name: nameStart..<index, before: number.kind, into: &parts)
            place(number.value, number.kind, index..<number.end, &parts)
            index = number.end
            nameStart = index
        }
        take(name: nameStart..<count, before: nil, into: &parts)
    }

    private func number(at start: Int) -> (value: AddressNumber, kind: NumberKind, end: Int)? {
        let first = scalars[start]
        var end = start
        var value = AddressNumber.none
        let isPlain = Self.isDigit(first) || Self.letter(first) != nil
        if isPlain {
            // More digits than a number of a house has are none, nor is a part of them.
            if Self.isDigit(first), start > 0, Self.isDigit(scalars[start - 1]) { return nil }
            while end < count {
                guard
                    let byte = Self.isDigit(scalars[end])
                        ? UInt8(scalars[end]) : Self.letter(scalars[end]) ?? dash(end),
                    let next = value.appending(byte)
                else { break }
                value = next
                end += 1
            }
            if end < count, Self.isDigit(scalars[end]) { return nil }
        } else if ChineseNumeral.digit(first) != nil {
            while end < count, ChineseNumeral.digit(scalars[end]) != nil { end += 1 }
        } else {
            return nil
        }
        let (kind, length) = kind(at: end)
        // Digits inside a name, such as 108国道, belong to the name.
        guard kind != .bare || end == count && Self.isDigit(first) else { return nil }
        if !isPlain {
            let numeral = (start..<end).compactMap { Unicode.Scalar(scalars[$0]) }
            guard let digits = ChineseNumeral.value(numeral[...]) else { return nil }
            for digit in digits.utf8 { value = value.appending(digit) ?? value }
        }
        return (value, kind, end + length)
    }

    /// A hyphen between two digits or letters.
    private func dash(_ index: Int) -> UInt8? {
        guard scalars[index] == 0x2D, index + 1 < count else { return nil }
        return Self.isDigit(scalars[index + 1]) || Self.letter(scalars[index + 1]) != nil ? 0x2D : nil
    }

    /// What the characters behind a number make of it, and how many they are.
    private func kind(at index: Int) -> (kind: NumberKind, length: Int) {
        guard index < count else { return (.bare, 0) }
        let next = index + 1 < count ? scalars[index + 1] : 0
        switch scalars[index] {
        case 0x53F7:  // 号
            switch next {
            case 0x697C, 0x680B, 0x5E62: return (.building, 2)  // 楼 栋 幢
            case 0x5355: return index + 2 < count && scalars[index + 2] == 0x5143 ? (.unit, 3) : (.house, 1)  // 单元
            case 0x5BA4, 0x623F: return (.room, 2)  // 室 房
            case 0x9662: return (.house, 2)  // 院
            case 0x9644: return (.house, 1)  // 附
            default: return (.house, 1)
            }
        case 0x680B, 0x5E62, 0x5EA7: return (.building, 1)  // 栋 幢 座
        case 0x5355: return next == 0x5143 ? (.unit, 2) : (.bare, 0)  // 单元
        case 0x5BA4, 0x623F: return (.room, 1)  // 室 房
        case 0x5C42, 0x697C: return (.floor, 1)  // 层 楼
        case 0x7EC4, 0x961F, 0x793E: return next == 0x533A ? (.bare, 0) : (.group, 1)  // 组 队 社, not 社区
        case 0x5F04: return (.lane, 1)  // 弄
        default: return (.bare, 0)
        }
    }

    private func place(_ value: AddressNumber, _ kind: NumberKind, _ range: Range<Int>, _ parts: inout AddressParts) {
        switch kind {
        case .house:
            if parts.number.isMissing, parts.estate.isEmpty || parts.road.isEmpty && parts.village.isEmpty == false {
                parts.number = value
            } else if range.lowerBound > 0, scalars[range.lowerBound - 1] == 0x9644 {  // 附
                for byte in "-\(value)".utf8 { parts.number = parts.number.appending(byte) ?? parts.number }
            } else if parts.building.isMissing {
                parts.building = value
            } else if parts.room.isMissing {
                parts.room = value
            } else {
                leave(range, &parts)
            }
        case .lane: parts.lane = value
        case .group: parts.group = value
        case .building: if parts.building.isMissing { parts.building = value } else { leave(range, &parts) }
        case .unit: parts.unit = value
        case .floor: parts.floor = value
        case .room: if parts.room.isMissing { parts.room = value } else { leave(range, &parts) }
        case .bare: placeBare(value, range, &parts)
        }
    }

    /// `3-2-501` is building, unit and room; a single number is the first thing that is not known yet.
    private func placeBare(_ value: AddressNumber, _ range: Range<Int>, _ parts: inout AddressParts) {
        let numbers = value.parts
        if numbers.count == 3, parts.building.isMissing, parts.unit.isMissing, parts.room.isMissing {
            (parts.building, parts.unit, parts.room) = (numbers[0], numbers[1], numbers[2])
        } else if numbers.count == 2, !parts.building.isMissing, parts.unit.isMissing, parts.room.isMissing {
            (parts.unit, parts.room) = (numbers[0], numbers[1])
        } else if parts.number.isMissing, parts.building.isMissing, parts.unit.isMissing {
            parts.number = value
        } else if parts.room.isMissing {
            parts.room = value
        } else {
            leave(range, &parts)
        }
    }

    func bytes(_ range: Range<Int>) -> Range<Int> { offsets[range.lowerBound]..<offsets[range.upperBound] }

    func join(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
        left.isEmpty ? right : left.lowerBound..<right.upperBound
    }

    func leave(_ range: Range<Int>, _ parts: inout AddressParts) {
        if !range.isEmpty { parts.rest.append(bytes(range)) }
    }

    private static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }

    /// Latin letters in upper case; 甲乙丙丁戊 as a to e, so that they differ from A to E.
    private static func letter(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x41...0x5A: UInt8(scalar)
        case 0x61...0x7A: UInt8(scalar - 0x20)
        case 0x7532: 0x61
        case 0x4E59: 0x62
        case 0x4E19: 0x63
        case 0x4E01: 0x64
        case 0x620A: 0x65
        default: nil
        }
    }

    /// A scalar of UTF-8 and its length; a broken byte counts as one of U+FFFD.
    private static func decode(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt32, Int) {
        let lead = UInt32(text[index])
        func tail(_ offset: Int) -> UInt32? {
            guard index + offset < text.count, text[index + offset] & 0xC0 == 0x80 else { return nil }
            return UInt32(text[index + offset] & 0x3F)
        }
        if lead < 0x80 { return (lead, 1) }
        if lead >= 0xE0, lead < 0xF0, let a = tail(1), let b = tail(2) { return ((lead & 0x0F) << 12 | a << 6 | b, 3) }
        if lead >= 0xC2, lead < 0xE0, let a = tail(1) { return ((lead & 0x1F) << 6 | a, 2) }
        if lead >= 0xF0, lead < 0xF5, let a = tail(1), let b = tail(2), let c = tail(3) {
            return ((lead & 0x07) << 18 | a << 12 | b << 6 | c, 4)
        }
        return (0xFFFD, 1)
    }
}
