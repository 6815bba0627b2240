package dev.portcullis.kit.transparency;

import java.util.ArrayDeque;
import java.util.Deque;

/** A tree that is read leaf by leaf and of which no more is kept than its head needs: one hash for each bit of its size. Not thread-safe. */
public final class GrowingTree {
    /** The roots of the complete subtrees that the tree consists of, the smallest first. */
    private final Deque<TreeHash> edge = new ArrayDeque<>();

    private long size;

    /** Adds a leaf behind all others. */
    public void add(TreeHash leaf) {
        var hash = leaf;
        for (var full = size; (full & 1) == 1; full >>= 1) {
            hash = TreeHash.ofNode(edge.pop(), hash);
        }
        edge.push(hash);
        size++;
    }

    /** Leaves up to now. */
    public long size() {
        return size;
    }

    /** The head of the tree up to now. */
    public TreeHead head() {
        var parts = edge.iterator();
        if (!parts.hasNext()) {
            return TreeHead.EMPTY;
        }
        var root = parts.next();
        while (parts.hasNext()) {
            root = TreeHash.ofNode(parts.next(), root);
        }
        return new TreeHead(size, root);
    }
}
