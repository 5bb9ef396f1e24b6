import Glibc

/// UTF-8 into the encoding of an office's export, by iconv. Nothing is replaced or transliterated: what the encoding does
/// not have is refused.
final class Transcoder {
    /// `nil` for UTF-8, which is written as it is.
    private let descriptor: iconv_t?

    /// UTF-16 and UTF-32 without a byte order in their name are written little-endian; the mark is the caller's.
    /// `nil` when the system does not know the encoding.
    init?(to encoding: String) {
        let name = encoding.lowercased()
        if name == "utf-8" || name == "utf8" {
            descriptor = nil
            return
        }
        let target = name == "utf-16" || name == "utf-32" ? name + "le" : name
        let descriptor = iconv_open(target, "utf-8")
        // iconv_open answers (iconv_t)-1 where it fails.
        guard let descriptor, Int(bitPattern: descriptor) != -1 else { return nil }
        self.descriptor = descriptor
    }

    deinit {
        if let descriptor { iconv_close(descriptor) }
    }

    /// False for a text that the encoding cannot hold; then nothing is written.
    func write(_ text: [UInt8], to sink: inout FileSink) -> Bool {
        guard let descriptor else {
            sink.append(text)
            return true
        }
        guard let converted = convert(text, descriptor) else { return false }
        sink.append(converted)
        return true
    }

    private func convert(_ text: [UInt8], _ descriptor: iconv_t) -> [UInt8]? {
        var input = text.map { CChar(bitPattern: $0) }
        // No encoding the product reads needs more than four bytes for what UTF-8 writes in one.
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target -> Int? in
                var (from, fromLeft) = (source.baseAddress, source.count)
                var (to, toLeft) = (target.baseAddress, target.count)
                let result = iconv(descriptor, &from, &fromLeft, &to, &toLeft)
                guard result == 0, fromLeft == 0, iconv(descriptor, nil, nil, &to, &toLeft) != .max else {
                    iconv(descriptor, nil, nil, nil, nil)
                    return nil
                }
                return target.count - toLeft
            }
        }
        return written.map { output[..<$0].map { UInt8(bitPattern: $0) } }
    }
}
