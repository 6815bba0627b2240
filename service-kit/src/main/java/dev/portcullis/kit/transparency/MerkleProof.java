package dev.portcullis.kit.transparency;

import java.util.List;

/** Checks proofs about Merkle trees as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says; the trees and proofs are those of RFC 6962. Stateless. */
public final class MerkleProof {
    private MerkleProof() {}

    /**
     * Whether a leaf is in a tree.
     *
     * @param index where, from 0
     * @param proof what {@link MerkleTree#inclusion} gave
     */
    public static boolean includes(TreeHead head, long index, TreeHash leaf, List<TreeHash> proof) {
        if (index < 0 || index >= head.size()) {
            return false;
        }
        var at = index;
        var last = head.size() - 1;
        var hash = leaf;
        for (var beside : proof) {
            if (last == 0) {
                return false;
            }
            if (isOdd(at) || at == last) {
                hash = TreeHash.ofNode(beside, hash);
                // At the right edge a subtree goes up as it is until something stands left of it.
                var up = Long.numberOfTrailingZeros(at);
                at >>= up;
                last >>= up;
            } else {
                hash = TreeHash.ofNode(hash, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(head.root());
    }

    /**
     * Whether a tree begins with an older one.
     *
     * @param proof what {@link MerkleTree#consistency} gave
     */
    public static boolean extendsOlder(TreeHead head, TreeHead older, List<TreeHash> proof) {
        if (older.size() < 0 || older.size() > head.size()) {
            return false;
        }
        if (older.size() == head.size() || older.size() == 0) {
            var sameOrEmpty = older.size() == 0 ? TreeHash.EMPTY : head.root();
            return proof.isEmpty() && older.root().equals(sameOrEmpty);
        }
        return !proof.isEmpty() && extendsShorter(head, older, proof);
    }

    private static boolean extendsShorter(TreeHead head, TreeHead older, List<TreeHash> proof) {
        var complete = Long.bitCount(older.size()) == 1;
        var first = complete ? older.root() : proof.getFirst();
        var at = older.size() - 1;
        var last = head.size() - 1;
        var up = Long.numberOfTrailingZeros(~at);
        at >>= up;
        last >>= up;
        var olderHash = first;
        var newerHash = first;
        for (var beside : complete ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if (isOdd(at) || at == last) {
                olderHash = TreeHash.ofNode(beside, olderHash);
                newerHash = TreeHash.ofNode(beside, newerHash);
                var more = Long.numberOfTrailingZeros(at);
                at >>= more;
                last >>= more;
            } else {
                newerHash = TreeHash.ofNode(newerHash, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && olderHash.equals(older.root()) && newerHash.equals(head.root());
    }

    private static boolean isOdd(long number) {
        return (number & 1) == 1;
    }
}
