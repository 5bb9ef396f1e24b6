package import Notices

/// Who is told what came of scheduled runs, as `notify:` in the rule book says.
package struct NotifyPlan: Sendable, Hashable {
    package struct Hook: Sendable, Hashable {
        package let address: WebhookAddress
        /// File with the key that signs, resolved against the rule book's folder; `nil`: nothing is signed.
        package let keyFile: String?
        /// Seconds.
        package let timeout: Int
    }

    package struct Mail: Sendable, Hashable {
        package let from: String
        package let to: [String]
        /// That a mail program takes letters from, resolved against the rule book's folder.
        package let folder: String?
        /// Absolute path and arguments; empty: none.
        package let sendmail: [String]
    }

    package var events: Set<Notice.Event> = [.failed, .held, .alarm]
    package var webhook: Hook?
    package var mail: Mail?

    package init() {}

    /// Something has to be reached over a network.
    package var needsNetwork: Bool { webhook != nil || mail?.sendmail.isEmpty == false }
}
