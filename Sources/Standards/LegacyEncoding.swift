import Glibc

/// The two encodings in which UTF-8 is read by mistake, as tables: for turning single cells back. Files are decoded elsewhere.
package struct LegacyEncoding: Sendable {
    /// Two-byte characters of GB18030, which are those of GBK and Windows code page 936. `nil` where the conversion tables of
    /// the system are not installed.
    package static let gbk = LegacyEncoding()

    /// Scalar → the two bytes; 0: none.
    private let bytes: [UInt16]
    /// The two bytes, from 0x8140 → scalar; 0: none.
    private let scalars: [UInt16]

    private init?() {
        guard let converter = iconv_open("UTF-16LE", "GB18030"), Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var bytes = [UInt16](repeating: 0, count: 65_536)
        var scalars = [UInt16](repeating: 0, count: 65_536 - 0x8140)
        for lead in UInt16(0x81)...0xFE {
            for trail in UInt16(0x40)...0xFE where trail != 0x7F {
                guard let scalar = Self.convert([UInt8(lead), UInt8(trail)], converter) else { continue }
                let pair = lead << 8 | trail
                scalars[Int(pair) - 0x8140] = scalar
                bytes[Int(scalar)] = pair
            }
        }
        self.bytes = bytes
        self.scalars = scalars
    }

    private static func convert(_ pair: [UInt8], _ converter: iconv_t) -> UInt16? {
        var pair = pair.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 8)
        var (left, free) = (2, 8)
        let result = pair.withUnsafeMutableBufferPointer { pair in
            output.withUnsafeMutableBufferPointer { output in
                var source = pair.baseAddress
                var target = output.baseAddress
                return iconv(converter, &source, &left, &target, &free)
            }
        }
        guard result != -1, left == 0, free == 6 else { return nil }
        return UInt16(UInt8(bitPattern: output[0])) | UInt16(UInt8(bitPattern: output[1])) << 8
    }

    /// The bytes that these characters are in GBK; `nil` when one has none.
    package func encode(_ text: some Sequence<Unicode.Scalar>) -> [UInt8]? {
        var encoded: [UInt8] = []
        for scalar in text {
            if scalar.value < 0x80 {
                encoded.append(UInt8(scalar.value))
            } else {
                guard scalar.value <= 0xFFFF, bytes[Int(scalar.value)] != 0 else { return nil }
                encoded.append(UInt8(bytes[Int(scalar.value)] >> 8))
                encoded.append(UInt8(bytes[Int(scalar.value)] & 0xFF))
            }
        }
        return encoded
    }

    /// The text that these bytes are in GBK; `nil` when they are none.
    package func decode(_ bytes: [UInt8]) -> String? {
        var text = String.UnicodeScalarView()
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                text.append(Unicode.Scalar(byte))
                index += 1
                continue
            }
            guard byte >= 0x81, index + 1 < bytes.count else { return nil }
            let pair = Int(byte) << 8 | Int(bytes[index + 1])
            guard pair >= 0x8140, let scalar = Unicode.Scalar(scalars[pair - 0x8140]), scalar.value != 0 else {
                return nil
            }
            text.append(scalar)
            index += 2
        }
        return String(text)
    }

    /// The bytes that these characters are in Windows-1252, and in ISO 8859-1 where that has no character; `nil` when one has none.
    package static func windows1252(_ text: some Sequence<Unicode.Scalar>) -> [UInt8]? {
        var encoded: [UInt8] = []
        for scalar in text {
            if scalar.value <= 0xFF {
                encoded.append(UInt8(scalar.value))
            } else if let index = upper.firstIndex(of: scalar.value) {
                encoded.append(UInt8(0x80 + index))
            } else {
                return nil
            }
        }
        return encoded
    }

    /// 0x80 to 0x9F of Windows-1252; 0: not used.
    private static let upper: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]
}
