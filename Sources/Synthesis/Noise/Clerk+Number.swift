import Standards

extension Clerk {
    mutating func writeNumber(_ record: inout OfficeRecord) {
        let number = record.cells[.idNumber]
        if record.person.birth.year < 1985, strikes(.idLegacy15) {
            record.put(Bytes(number[..<6]) + number[8..<17], in: .idNumber, as: .idLegacy15)
        } else if strikes(.idDigit) {
            record.put(mistyped(number, limit: 17), in: .idNumber, as: .idDigit)
        } else if strikes(.idTranspose) {
            record.put(transposed(number), in: .idNumber, as: .idTranspose)
        } else if strikes(.idChecksum) {
            let others = Bytes("0123456789X").filter { $0 != number[17] }
            record.put(Bytes(number[..<17]) + [generator.pick(others)], in: .idNumber, as: .idChecksum)
        } else if strikes(.idRelative), !record.person.kinNumbers.isEmpty {
            record.put(generator.pick(record.person.kinNumbers), in: .idNumber, as: .idRelative)
        }
        if strikes(.idFullWidth) {
            record.put(record.cells[.idNumber].fullWidth, in: .idNumber, as: .idFullWidth)
        }
        let written = record.cells[.idNumber]
        if written.last == UInt8(ascii: "X"), strikesAnyway(.idLowerX) {
            record.put(Bytes(written.dropLast()) + [UInt8(ascii: "x")], in: .idNumber, as: .idLowerX)
        }
    }

    /// Two neighbouring digits of the first seventeen swapped.
    private mutating func transposed(_ number: Bytes) -> Bytes {
        for _ in 0..<8 {
            let index = generator.index(16)
            guard number[index] != number[index + 1] else { continue }
            var copy = number
            copy.swapAt(index, index + 1)
            return copy
        }
        return number
    }
}
