import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

/// Where the tool speaks: data to standard output, everything else to standard error.
enum Console {
    /// What `--language` says, else the locale: Chinese where it begins with `zh`.
    static func language(_ given: Language?) -> Language {
        if let given { return given }
        let environment = ProcessInfo.processInfo.environment
        for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = environment[variable], !value.isEmpty {
                return value.hasPrefix("zh") ? .chinese : .english
            }
        }
        return .english
    }

    /// The language of a message about arguments that may not all have been understood.
    static var languageAsked: Language {
        let arguments = CommandLine.arguments
        let next = arguments.firstIndex(of: "--language").flatMap { arguments.dropFirst($0 + 1).first }
        let joined = arguments.first { $0.hasPrefix("--language=") }.map { String($0.dropFirst(11)) }
        return language((next ?? joined).flatMap { Language(rawValue: $0) })
    }

    /// A file limit or a closed pipe ends in a message and a status, not in a signal. No core file: it would hold records.
    static func prepare() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(numericCast(RLIMIT_CORE.rawValue), &none)
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
    }

    static var isTerminal: Bool { isatty(2) == 1 }

    /// Nothing once somebody asked to stop: what is said then may be of half of the work.
    static func print(_ line: String) {
        if Interruption.isAsked { return }
        write(line + "\n", to: FileHandle.standardOutput)
    }

    /// One line of JSON, keys in order.
    static func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A file on standard output, as it is.
    static func data(_ bytes: [UInt8]) {
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    static func note(_ line: String) {
        write(line + "\n", to: FileHandle.standardError)
    }

    /// A reader who has gone (`| head`) is no error: the rest is not said.
    private static func write(_ text: String, to file: FileHandle) {
        try? file.write(contentsOf: Data(text.utf8))
    }

    /// Control characters and direction marks of a file's own text do not reach the terminal.
    static func harmless(_ text: String, keepingTabs: Bool = false) -> String {
        guard keepingTabs else { return text.singleLine }
        return text.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).singleLine }
            .joined(separator: "\t")
    }

    /// Writes a small result to a file that only its owner may read, whole or not at all, or to standard output.
    static func deliver(_ text: String, to path: String?) throws {
        guard let path else {
            write(text, to: FileHandle.standardOutput)
            return
        }
        try SubjectRun.replace(path, by: text)
    }

    /// A command that has written its result to a file says so.
    static func noteWritten(_ path: String, _ language: Language) {
        note(harmless(Text(en: "Written to \(path), for its owner alone.", zh: "已写入 \(path)，仅所有者可读。")(language)))
    }

    /// Shows how far a run is; on a terminal only.
    static func progress(_ line: String) {
        guard isTerminal, !Interruption.isAsked else { return }
        write("\r\u{1B}[2K\(line)", to: FileHandle.standardError)
    }

    static func endProgress() {
        guard isTerminal else { return }
        write("\r\u{1B}[2K", to: FileHandle.standardError)
    }

    /// `place: message` and the code by which it can be looked up, then what to do.
    static func report(_ failure: Failure, _ language: Language) {
        endProgress()
        let place = failure.place.map { "\($0): " } ?? ""
        note(harmless("\(place)\(failure.message(language)) [\(failure.code)]"))
        if let advice = failure.advice { note(harmless("  \(advice(language))")) }
    }
}

extension Failure.Kind {
    /// DESIGN §8.
    var status: Int32 {
        switch self {
        case .notDone: 2
        case .badInput: 3
        case .busy: 4
        case .verification: 5
        case .storage: 6
        case .notPermitted: 7
        case .interrupted: 130
        }
    }
}

extension Language: ExpressibleByArgument {}
