/// Source bytes made fit to be shown: control characters and bytes that are no UTF-8 as `\xNN`, cut to `limit` characters.
func shown(_ bytes: some Sequence<UInt8>, limit: Int = 200) -> String {
    let bytes = Array(bytes.prefix(limit * 4 + 4))
    var text = String.UnicodeScalarView()
    var count = 0
    var index = 0
    bytes.withUnsafeBufferPointer { buffer in
        while index < buffer.count {
            if count >= limit {
                text.append("…")
                return
            }
            let length = UTF8Form.length(buffer, at: index)
            let isControl =
                buffer[index] < 0x20 || buffer[index] == 0x7F
                || (buffer[index] == 0xC2 && length == 2 && buffer[index + 1] < 0xA0)
            if length > 0, !isControl {
                text.append(
                    contentsOf: String(decoding: buffer[index..<(index + length)], as: UTF8.self).unicodeScalars)
                index += length
            } else {
                text.append(contentsOf: escaped(buffer[index]).unicodeScalars)
                index += 1
            }
            count += 1
        }
    }
    return String(text)
}

/// `\xNN`
func escaped(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "\\x" + (digits.count == 1 ? "0" : "") + digits
}
