package dev.portcullis.kit.transparency;

import java.util.ArrayList;
import java.util.List;

/** A Merkle tree of RFC 6962, section 2.1: its root, and proofs about it. As safe for threads as its subtrees. */
public final class MerkleTree {
    private final Subtrees subtrees;
    private final long size;

    /** @param size leaves of the tree, 0 or more; the subtrees may know of more */
    public MerkleTree(Subtrees subtrees, long size) {
        this.subtrees = subtrees;
        this.size = size;
    }

    /** Its size and root. */
    public TreeHead head() {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, hash(0, size));
    }

    /**
     * The proof that a leaf is in this tree (section 2.1.1): the hashes beside the way from the leaf to the root, those nearest to the leaf first.
     *
     * @param index of the leaf, 0 to size - 1
     */
    public List<TreeHash> inclusion(long index) {
        checked("index", index, size - 1);
        List<TreeHash> proof = new ArrayList<>();
        include(index, 0, size, proof);
        return proof;
    }

    /**
     * The proof that this tree begins with an older one (section 2.1.2); empty when the older one has no leaves, or as many.
     *
     * @param older size of the older tree, 0 to the size of this one
     */
    public List<TreeHash> consistency(long older) {
        checked("older size", older, size);
        List<TreeHash> proof = new ArrayList<>();
        if (older > 0 && older < size) {
            extend(older, 0, size, true, proof);
        }
        return proof;
    }

    private void include(long index, long first, long end, List<TreeHash> proof) {
        if (end - first == 1) {
            return;
        }
        var middle = first + split(end - first);
        if (index < middle) {
            include(index, first, middle, proof);
            proof.add(hash(middle, end));
        } else {
            include(index, middle, end, proof);
            proof.add(hash(first, middle));
        }
    }

    /** @param known whether who checks the proof has the hash of the older tree's part here */
    private void extend(long older, long first, long end, boolean known, List<TreeHash> proof) {
        if (older == end) {
            if (!known) {
                proof.add(hash(first, end));
            }
            return;
        }
        var middle = first + split(end - first);
        if (older <= middle) {
            extend(older, first, middle, known, proof);
            proof.add(hash(middle, end));
        } else {
            extend(older, middle, end, false, proof);
            proof.add(hash(first, middle));
        }
    }

    /** Of the leaves from first to before end; first is a multiple of the largest power of two that is less than their number. */
    private TreeHash hash(long first, long end) {
        var count = end - first;
        if (Long.bitCount(count) == 1) {
            var level = Long.numberOfTrailingZeros(count);
            return subtrees.hash(level, first >> level);
        }
        var middle = first + split(count);
        return TreeHash.ofNode(hash(first, middle), hash(middle, end));
    }

    /** The largest power of two that is less than a number of leaves, which is 2 or more. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    private static void checked(String what, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; legal: 0 to " + most);
        }
    }
}
