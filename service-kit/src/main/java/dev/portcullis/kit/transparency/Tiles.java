package dev.portcullis.kit.transparency;

import java.util.List;

/** Where the tiles of a tree are kept. */
public interface Tiles {
    /**
     * The hashes of a tile, as many as there are, in order; at most {@link Tile#WIDTH}.
     *
     * @param level 0 for the hashes of leaves; above that, each is the hash of a full tile one level below
     */
    List<TreeHash> hashes(int level, long index);
}
