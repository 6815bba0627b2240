package dev.portcullis.kit.transparency;

/**
 * All that a checkpoint says of a tree.
 *
 * @param size its leaves, 0 or more
 * @param root its hash; {@link TreeHash#EMPTY} without leaves
 */
public record TreeHead(long size, TreeHash root) {
    /** The tree without leaves. */
    public static final TreeHead EMPTY = new TreeHead(0, TreeHash.EMPTY);
}
