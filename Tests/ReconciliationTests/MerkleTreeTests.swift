import Crypto
import Testing

@testable import Reconciliation

/// The definitions of RFC 6962 §2.1, word for word.
private enum Naive {
    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        if leaves.isEmpty { return TreeHash(SHA256().finalize()) }
        if leaves.count == 1 { return leaves[leaves.startIndex] }
        let middle = leaves.startIndex + split(leaves.count)
        return MerkleTree.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }

    static func path(_ index: Int, _ leaves: ArraySlice<TreeHash>) -> [TreeHash] {
        if leaves.count == 1 { return [] }
        let middle = split(leaves.count)
        let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
        return index < middle ? path(index, left) + [root(right)] : path(index - middle, right) + [root(left)]
    }

    static func proof(_ old: Int, _ leaves: ArraySlice<TreeHash>, whole: Bool = true) -> [TreeHash] {
        if old == leaves.count { return whole ? [] : [root(leaves)] }
        let middle = split(leaves.count)
        let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
        if old <= middle { return proof(old, left, whole: whole) + [root(right)] }
        return proof(old - middle, right, whole: false) + [root(left)]
    }
}

struct MerkleTreeTests {
    /// The inputs and roots that implementations of Certificate Transparency test each other with.
    static let inputs: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `roots of the common vectors`() {
        var tree = MerkleTree()
        #expect(tree.root.hex == Self.roots[0])
        for (place, input) in Self.inputs.enumerated() {
            tree.append(leaf: MerkleTree.leaf(input))
            #expect(tree.root.hex == Self.roots[place + 1])
            #expect(MerkleTree(size: tree.size, edge: tree.edge) == tree)
        }
    }

    static let leaves = (0..<70).map { MerkleTree.leaf(Array("leaf \($0)".utf8)) }

    @Test func `roots and inclusion proofs are those of the definition, for every leaf of every tree up to 70`() {
        for size in 1...Self.leaves.count {
            var tree = MerkleTree()
            for leaf in Self.leaves[..<size] { tree.append(leaf: leaf) }
            let root = Naive.root(Self.leaves[..<size])
            #expect(tree.root == root)
            for index in stride(from: 0, to: size, by: size > 40 ? 7 : 1) {
                var proof = MerkleProof(inclusionOf: index, size: size)
                for leaf in Self.leaves[..<size] { proof.append(leaf: leaf) }
                #expect(proof.hashes == Naive.path(index, Self.leaves[..<size]))
                func proves(_ leaf: TreeHash, _ index: Int, _ size: Int, _ hashes: [TreeHash]) -> Bool {
                    MerkleProof.proves(leaf: leaf, index: index, size: size, hashes, root: root)
                }
                #expect(proves(Self.leaves[index], index, size, proof.hashes))
                #expect(!proves(Self.leaves[(index + 1) % 70], index, size, proof.hashes))
                #expect(size == 1 || !proves(Self.leaves[index], (index + 1) % size, size, proof.hashes))
                #expect(!proves(Self.leaves[index], index, size, proof.hashes + [root]))
                #expect(size == 1 || !proves(Self.leaves[index], index, size, proof.hashes.dropLast()))
                #expect(!proves(Self.leaves[index], size, size, proof.hashes))
                #expect(!proves(Self.leaves[index], -1, size, proof.hashes))
            }
        }
    }

    @Test func `consistency proofs are those of the definition, for every two trees up to 40`() {
        for size in 1...40 {
            let root = Naive.root(Self.leaves[..<size])
            for old in 1...size {
                var proof = MerkleProof(consistencyOf: old, size: size)
                for leaf in Self.leaves[..<size] { proof.append(leaf: leaf) }
                let hashes = proof.hashes
                #expect(hashes == Naive.proof(old, Self.leaves[..<size]))
                let oldRoot = Naive.root(Self.leaves[..<old])
                #expect(MerkleProof.proves(old: old, root: oldRoot, size: size, root: root, hashes))
                #expect(!MerkleProof.proves(old: old, root: Self.leaves[50], size: size, root: root, hashes))
                #expect(!MerkleProof.proves(old: old, root: oldRoot, size: size, root: Self.leaves[50], hashes))
                #expect(!MerkleProof.proves(old: old, root: oldRoot, size: size, root: root, hashes + [root]))
                #expect(
                    hashes.isEmpty
                        || !MerkleProof.proves(
                            old: old, root: oldRoot, size: size, root: root, Array(hashes.dropLast()))
                )
            }
        }
        #expect(!MerkleProof.proves(old: 0, root: Self.leaves[0], size: 3, root: Self.leaves[0], []))
        #expect(!MerkleProof.proves(old: 4, root: Self.leaves[0], size: 3, root: Self.leaves[0], []))
    }

    @Test func `an edge of another size is refused`() {
        #expect(MerkleTree(size: 3, edge: [Self.leaves[0]]) == nil)
        #expect(MerkleTree(size: -1, edge: []) == nil)
        #expect(TreeHash([1, 2]) == nil)
        #expect(TreeHash(hex: String(repeating: "G", count: 64)) == nil)
        #expect(TreeHash(hex: Self.roots[3])?.hex == Self.roots[3])
    }
}
