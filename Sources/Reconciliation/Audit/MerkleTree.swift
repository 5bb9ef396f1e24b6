import Crypto

/// The Merkle tree of RFC 6962 §2.1 over the events: leaf n is the hash of event n, 32 bytes. Built from left to right; what
/// is kept are the roots of the complete subtrees at its right edge, at most one for each bit of the size.
package struct MerkleTree: Sendable, Hashable {
    package private(set) var size: Int
    /// The largest subtree first.
    package private(set) var edge: [TreeHash]

    package init() {
        size = 0
        edge = []
    }

    /// Goes on where a tree was left; `nil` when `edge` is not one of that size.
    package init?(size: Int, edge: [TreeHash]) {
        guard size >= 0, edge.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.edge = edge
    }

    package mutating func append(_ event: TreeHash) { append(leaf: Self.leaf(event)) }

    /// - Parameter leaf: its hash, `leaf(_:)`.
    mutating func append(leaf: TreeHash) {
        var node = leaf
        var rest = size
        while rest & 1 == 1, let left = edge.popLast() {
            node = Self.node(left, node)
            rest >>= 1
        }
        edge.append(node)
        size += 1
    }

    /// Of the empty tree: the hash of nothing.
    package var root: TreeHash {
        guard var root = edge.last else { return TreeHash(SHA256().finalize()) }
        for left in edge.dropLast().reversed() { root = Self.node(left, root) }
        return root
    }

    package static func leaf(_ event: TreeHash) -> TreeHash {
        var hash = SHA256()
        hash.update(data: [0])
        event.update(&hash)
        return TreeHash(hash.finalize())
    }

    /// Of any bytes, as the RFC has it.
    package static func leaf(_ bytes: [UInt8]) -> TreeHash {
        var hash = SHA256()
        hash.update(data: [0])
        hash.update(data: bytes)
        return TreeHash(hash.finalize())
    }

    static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        var hash = SHA256()
        hash.update(data: [1])
        left.update(&hash)
        right.update(&hash)
        return TreeHash(hash.finalize())
    }

    /// The largest power of two below `size`: where the RFC splits a tree of two or more leaves.
    static func split(_ size: Int) -> Int {
        1 << (Int.bitWidth - 1 - (size - 1).leadingZeroBitCount)
    }
}
