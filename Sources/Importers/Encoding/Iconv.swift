import Glibc

/// One glibc converter, to UTF-8 unless said otherwise. Owns the descriptor; used by one thread.
final class Iconv {
    enum Stop {
        /// The bytes at the place are no character of the encoding.
        case malformed
        /// The bytes end inside a character.
        case incomplete
    }

    private let descriptor: iconv_t

    /// `nil` when glibc does not know the encoding, or its conversion tables are not installed.
    init?(from: String, to: String = "UTF-8") {
        guard let descriptor = iconv_open(to, from), Int(bitPattern: descriptor) != -1 else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    /// Converts from `start` on, appending to `output`, until the end or a place that cannot be converted.
    /// Returns where it stopped and why; `nil`: at the end.
    func convert(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int, into output: inout [UInt8]
    ) -> (position: Int, stop: Stop?) {
        guard let base = input.baseAddress, start < input.count else { return (input.count, nil) }
        var position = start
        while true {
            var problem: Int32 = 0
            let room = (input.count - position) * 3 + 16
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                var source: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base + position)
                    .assumingMemoryBound(to: CChar.self)
                var left = input.count - position
                var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(buffer.baseAddress)?
                    .assumingMemoryBound(to: CChar.self)
                var free = room
                if iconv(descriptor, &source, &left, &target, &free) == -1 { problem = errno }
                position = input.count - left
                filled = room - free
            }
            output.append(contentsOf: piece)
            switch problem {
            case 0: return (position, nil)
            case E2BIG: continue
            case EINVAL: return (position, .incomplete)
            default: return (position, .malformed)
            }
        }
    }

    func convert(_ input: [UInt8]) -> (text: [UInt8], stop: Stop?) {
        var output: [UInt8] = []
        let stop = input.withUnsafeBufferPointer { convert($0, from: 0, into: &output).stop }
        return (output, stop)
    }
}
