package import Foundation
package import Records

/// A notice as a message by RFC 5322: plain text in UTF-8, base64, so that no line of it can be taken for a header.
package struct Letter: Sendable {
    /// With LF at the ends of lines.
    package let text: String

    /// - Parameters:
    ///   - time: when it is written.
    ///   - id: unlike that of any other letter; letters and digits.
    package init(_ notice: Notice, from: String, to: [String], language: Language, time: Date, id: String) {
        let body = Data(notice.lines(language).joined(separator: "\n").utf8 + [10]).base64EncodedString()
        let domain = from.split(separator: "@").last.map(String.init) ?? "qingku.invalid"
        text =
            ([
                "From: \(from)", "To: \(to.joined(separator: ",\n "))",
                "Subject: \(Self.encoded(notice.title(language)))", "Date: \(Self.date(time))",
                "Message-ID: <\(id)@\(domain)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ] + Self.folded(body, 76)).joined(separator: "\n") + "\n"
    }

    /// Addresses that can stand in a header as they are: `name@host`, printable ASCII.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && scalar.value > 32 && scalar.value < 127
                    && !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
            }
    }

    /// Encoded words by RFC 2047, each of at most 75 characters and of whole characters.
    static func encoded(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for character in text {
            let bytes = Array(String(character).utf8)
            if words[words.count - 1].count + bytes.count > 42, !words[words.count - 1].isEmpty { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    private static func folded(_ text: String, _ width: Int) -> [String] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: width).map {
            String(decoding: bytes[$0..<min($0 + width, bytes.count)], as: UTF8.self)
        }
    }

    /// `Sun, 22 Nov 2026 18:00:00 +0000`.
    static func date(_ time: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        let parts = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: time)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return
            "\(days[(parts.weekday ?? 1) - 1]), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }
}
