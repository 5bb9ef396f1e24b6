/// Collects a proof while the leaves go by once, in order: each of its hashes is the root of a run of leaves.
package struct MerkleProof: Sendable {
    private struct Part {
        let leaves: Range<Int>
        var tree = MerkleTree()
    }

    /// In the order of the proof.
    private var parts: [Part] = []
    /// Indices of `parts` by their first leaf, and the one whose turn it is.
    private var order: [Int] = []
    private var turn = 0
    private var next = 0

    /// That the leaf with this index, from 0, is in the tree of `size` leaves: PATH of RFC 6962 §2.1.1.
    package init(inclusionOf index: Int, size: Int) {
        precondition(index >= 0 && index < size, "a proof is about a leaf of the tree")
        var (start, end) = (0, size)
        while end - start > 1 {
            let middle = start + MerkleTree.split(end - start)
            if index < middle {
                parts.append(Part(leaves: middle..<end))
                end = middle
            } else {
                parts.append(Part(leaves: start..<middle))
                start = middle
            }
        }
        finish()
    }

    /// That the tree of `size` leaves begins with the one of `old` leaves: PROOF of RFC 6962 §2.1.2.
    package init(consistencyOf old: Int, size: Int) {
        precondition(old > 0 && old <= size, "a tree grows from one that is not empty")
        var (start, end) = (0, size)
        var isWholeOld = true
        while old < end {
            let middle = start + MerkleTree.split(end - start)
            if old <= middle {
                parts.append(Part(leaves: middle..<end))
                end = middle
            } else {
                parts.append(Part(leaves: start..<middle))
                start = middle
                isWholeOld = false
            }
        }
        if !isWholeOld { parts.append(Part(leaves: start..<end)) }
        finish()
    }

    private mutating func finish() {
        // Worked out from the root down; the RFC lists the lowest hash first.
        parts.reverse()
        order = parts.indices.sorted { parts[$0].leaves.lowerBound < parts[$1].leaves.lowerBound }
    }

    package mutating func append(_ event: TreeHash) { append(leaf: MerkleTree.leaf(event)) }

    mutating func append(leaf: TreeHash) {
        defer { next += 1 }
        while turn < order.count, parts[order[turn]].leaves.upperBound <= next { turn += 1 }
        guard turn < order.count, parts[order[turn]].leaves.contains(next) else { return }
        parts[order[turn]].tree.append(leaf: leaf)
    }

    /// Whole once all leaves of the tree went by.
    package var hashes: [TreeHash] { parts.map(\.tree.root) }

    /// RFC 9162 §2.1.3.2.
    ///
    /// - Parameter leaf: the leaf's hash.
    package static func proves(
        leaf: TreeHash, index: Int, size: Int, _ hashes: [TreeHash], root: TreeHash
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last, node) = (index, size - 1, leaf)
        for hash in hashes {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                node = MerkleTree.node(hash, node)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                node = MerkleTree.node(node, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && node == root
    }

    /// RFC 9162 §2.1.4.2.
    package static func proves(
        old: Int, root oldRoot: TreeHash, size: Int, root: TreeHash, _ hashes: [TreeHash]
    ) -> Bool {
        guard old > 0, old <= size else { return false }
        if old == size { return hashes.isEmpty && oldRoot == root }
        var path = hashes[...]
        if old.nonzeroBitCount == 1 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var (place, last) = (old - 1, size - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (was, becomes) = (first, first)
        for hash in path {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                was = MerkleTree.node(hash, was)
                becomes = MerkleTree.node(hash, becomes)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                becomes = MerkleTree.node(becomes, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && was == oldRoot && becomes == root
    }
}
