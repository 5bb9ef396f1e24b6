import Synchronization

/// Whether somebody asked this process to stop. Long work asks here now and then, gives up what is half done, and throws; what was
/// finished before stays as it was.
package enum Interruption {
    private static let asked = Atomic<Bool>(false)

    package static var isAsked: Bool { asked.load(ordering: .relaxed) }

    package static func ask() { asked.store(true, ordering: .relaxed) }

    package static var failure: Failure {
        Failure(
            .interrupted, code: "E-INT-001", Text(en: "interrupted", zh: "已中断"),
            advice: Text(en: "Run the same command again.", zh: "请重新运行同一命令。"))
    }

    /// - Throws: `E-INT-001`.
    package static func check() throws {
        if isAsked { throw failure }
    }
}
