package dev.portcullis.kit.transparency;

/** The hashes of the complete subtrees of a tree, from which its root and every proof are made. */
public interface Subtrees {
    /**
     * The hash of the subtree over the leaves {@code index << level} to {@code ((index + 1) << level) - 1}.
     *
     * @param level 0 for a leaf
     * @throws LogDamageException when one of these leaves is not there
     */
    TreeHash hash(int level, long index);
}
