import ArgumentParser
import Encryption
import Records
import Workspace

struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make the key that opens encrypted backups and exports.",
        discussion: """
            Writes the secret key into a file that only its owner may read, and prints its recipient: the name under which
            files are encrypted to it (--encrypt-to). Whoever makes backups needs the recipient only; keep the file where
            backups are restored, not beside them. Without it nobody opens them. The file is one of age-keygen.

            Example:
              qingku keygen --out backup.key
            """)

    @Option(help: "The file to write; none is written over.")
    var out: String

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let identity = AgeIdentity()
        try PrivateFile.write(Array(identity.file.utf8), to: out)
        Console.print("\(identity.recipient)")
    }
}

/// The option that names who can open a file.
enum EncryptTo {
    static let help = ArgumentHelp(
        "Encrypt to this recipient (age1…), or to those in a file; may be given more than once.",
        valueName: "recipient")
}
