/// Eight Han characters that GB 18030-2022 gives four-byte codes, 82359037 to 82359134, and that glibc's converter, which
/// follows the edition of 2005, knows only by their two-byte codes.
enum GB18030Edition {
    /// U+9FB4 to U+9FBB as UTF-8, when their four bytes stand at `index`.
    static func character(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, of encoding: TextEncoding) -> [UInt8]? {
        guard encoding == .gb18030, index + 4 <= bytes.count, bytes[index] == 0x82, bytes[index + 1] == 0x35 else {
            return nil
        }
        let number = (Int(bytes[index + 2]) - 0x90) * 10 + Int(bytes[index + 3]) - 0x30
        guard bytes[index + 3] >= 0x30, bytes[index + 3] <= 0x39, (7...14).contains(number) else { return nil }
        return [0xE9, 0xBE, UInt8(0xB4 + number - 7)]
    }
}
