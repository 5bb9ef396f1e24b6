import Glibc
import Records

/// UTF-8 into GB18030 by the C library's iconv. The conversion descriptor lives as long as this object.
final class GB18030Encoder {
    private let descriptor: iconv_t

    init() throws {
        guard let descriptor = iconv_open("GB18030", "UTF-8"), Int(bitPattern: descriptor) != -1 else {
            throw Failure(
                .notDone, code: "E-SYN-004",
                Text(en: "this system cannot write GB18030", zh: "本系统无法写出 GB18030 编码"),
                advice: Text(
                    en: "Install the C library's conversion modules, or choose --dossier-encoding utf-8.",
                    zh: "请安装 C 库的编码转换模块，或选用 --dossier-encoding utf-8。"))
        }
        self.descriptor = descriptor
    }

    deinit {
        iconv_close(descriptor)
    }

    /// The whole text must be given; GB18030 has a form for every character.
    func encode(_ text: Bytes) throws -> Bytes {
        var source = text
        // A character takes at most four bytes in both encodings, and ASCII one.
        return try Bytes(unsafeUninitializedCapacity: text.count * 2 + 4) { target, count in
            try source.withUnsafeMutableBytes { bytes in
                var from = bytes.bindMemory(to: CChar.self).baseAddress
                var left = bytes.count
                var to = UnsafeMutableRawBufferPointer(target).bindMemory(to: CChar.self).baseAddress
                var room = target.count
                guard left == 0 || iconv(descriptor, &from, &left, &to, &room) != -1 else {
                    throw Failure(
                        .notDone, code: "E-SYN-004",
                        Text(en: "a text cannot be written in GB18030", zh: "有文字无法写成 GB18030"))
                }
                count = target.count - room
            }
        }
    }
}
