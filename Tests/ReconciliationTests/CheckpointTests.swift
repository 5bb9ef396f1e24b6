import Foundation
import Records
import Testing

@testable import Reconciliation

struct CheckpointTests {
    /// The example of the documentation of Go's signed notes.
    static let verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let note = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    @Test func `a note that Go signed is read, verified and written again`() throws {
        let key = try #require(VerifierKey(Self.verifier))
        #expect(key.description == Self.verifier)
        let note = try #require(SignedNote(Self.note))
        #expect(note.verdict(of: key) == .signed)
        #expect(note.text == Self.note)
        let changed = try #require(SignedNote(Self.note.replacingOccurrences(of: "problem is", with: "problem was")))
        #expect(changed.verdict(of: key) == .forged)
        #expect(note.verdict(of: SigningKey(name: "PeterNeumann").verifier) == .unsigned)
        #expect(note.verdict(of: SigningKey(name: "another").verifier) == .unsigned)
    }

    @Test(
        "what is no verifier key",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a3",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "+c74f20a3+AQ==",
            "PeterNeumann+c74f20a3+AhpcBwA=",
        ])
    func keys(_ text: String) {
        #expect(VerifierKey(text) == nil)
    }

    @Test func `a secret key is written and read again, and tells the same verifier`() throws {
        let key = SigningKey(name: "qingku/test")
        let again = try #require(SigningKey(key.text))
        #expect(again.verifier == key.verifier)
        #expect(VerifierKey(key.verifier.description) == key.verifier)
        #expect(SigningKey(key.verifier.description) == nil)
        #expect(
            SigningKey(
                "PRIVATE+KEY+qingku/test+00000000+" + Data([1] + Array(repeating: 7, count: 32)).base64EncodedString())
                == nil)
    }

    static func tree(_ count: Int) -> MerkleTree {
        var tree = MerkleTree()
        for event in EventChainTests.trail(count) { tree.append(TreeHash(hex: event.event.hash) ?? tree.root) }
        return tree
    }

    @Test func `a checkpoint is three lines and a signature`() throws {
        let key = SigningKey(name: "qingku/test")
        let checkpoint = try Checkpoint(Self.tree(5), signedBy: [key])
        let lines = checkpoint.note.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "qingku/test")
        #expect(lines[1] == "5")
        #expect(Data(base64Encoded: String(lines[2])).map { Array($0) } == Self.tree(5).root.bytes)
        #expect(lines[3] == "")
        #expect(lines[4].hasPrefix("— qingku/test "))
        let read = try #require(Checkpoint(checkpoint.note.text))
        #expect(read == checkpoint)
        #expect(read.note.verdict(of: key.verifier) == .signed)
        #expect(MerkleTree(read, edge: Self.tree(5).edge.flatMap(\.bytes)) == Self.tree(5))
        #expect(MerkleTree(read, edge: Self.tree(6).edge.flatMap(\.bytes)) == nil)
        #expect(MerkleTree(read, edge: [1, 2, 3]) == nil)
    }

    @Test(
        "what is no checkpoint",
        arguments: [
            "", "\n", "\n\n", "a\n1\n\n— a AAAAAAA=\n", note,
            "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n",
            "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF\n\n— a AAAAAAA=\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a b c\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=",
        ])
    func broken(_ text: String) {
        #expect(Checkpoint(text) == nil)
    }

    @Test func `further lines and further signers are let pass`() throws {
        let (key, other) = (SigningKey(name: "a"), SigningKey(name: "b"))
        let root = Data(Self.tree(1).root.bytes).base64EncodedString()
        let note = try SignedNote("a\n1\n\(root)\nextension\n", signedBy: [key, other])
        let checkpoint = try #require(Checkpoint(note.text))
        #expect(checkpoint.size == 1)
        #expect(checkpoint.note.verdict(of: key.verifier) == .signed)
        #expect(checkpoint.note.verdict(of: other.verifier) == .signed)
    }

    @Test func `one event is proved without the others, and nothing but it`() throws {
        let events = EventChainTests.trail(13)
        let key = SigningKey(name: "qingku/test")
        let checkpoint = try Checkpoint(Self.tree(13), signedBy: [key])
        for place in events.indices {
            var hashes = MerkleProof(inclusionOf: place, size: 13)
            for event in events { hashes.append(TreeHash(hex: event.event.hash) ?? checkpoint.root) }
            let proof = EventProof(
                events[place], withPayload: place % 2 == 0, hashes: hashes.hashes, checkpoint: checkpoint)
            let read = try #require(EventProof(json: try proof.json()))
            #expect(read == proof)
            #expect(read.fault(key: key.verifier) == nil)
            #expect(read.fault(key: SigningKey(name: "qingku/test").verifier) != nil)
            let elsewhere = EventProof(
                events[(place + 1) % 13], withPayload: true, hashes: hashes.hashes, checkpoint: checkpoint)
            #expect(elsewhere.fault(key: key.verifier) != nil)
            let renamed = try proof.json().replacingOccurrences(of: "\"wang\"", with: "\"li\"")
            #expect(EventProof(json: renamed)?.fault(key: key.verifier) != nil)
        }
        #expect(EventProof(json: "{}") == nil)
        #expect(EventProof(json: "") == nil)
    }
}
