extension Clerk {
    mutating func writePhone(_ record: inout OfficeRecord) {
        if let former = record.person.formerPhone, strikes(.phoneChanged, times: 2.5) {
            record.put(former, in: .phone, as: .phoneChanged)
        }
        let phone = record.cells[.phone]
        if strikes(.phoneDigit) {
            record.put(mistyped(phone), in: .phone, as: .phoneDigit)
        } else if strikes(.phoneShort) {
            let index = generator.index(phone.count)
            record.put(phone.removing(index..<index + 1), in: .phone, as: .phoneShort)
        } else if strikes(.phoneFullWidth) {
            record.put(phone.fullWidth, in: .phone, as: .phoneFullWidth)
        }
    }
}
