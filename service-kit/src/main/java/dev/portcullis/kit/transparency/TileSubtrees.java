package dev.portcullis.kit.transparency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subtrees of a tree that is kept as tiles; each tile is looked up once. For one piece of work; not thread-safe. */
public final class TileSubtrees implements Subtrees {
    private final Tiles tiles;
    private final Map<Address, List<TreeHash>> known = new HashMap<>();

    public TileSubtrees(Tiles tiles) {
        this.tiles = tiles;
    }

    private record Address(int level, long index) {}

    @Override
    public TreeHash hash(int level, long index) {
        var above = level % Tile.HEIGHT;
        var first = index << above;
        var tile = new Address(level / Tile.HEIGHT, first / Tile.WIDTH);
        var hashes = known.computeIfAbsent(tile, wanted -> tiles.hashes(wanted.level(), wanted.index()));
        var from = (int) (first % Tile.WIDTH);
        var end = from + (1 << above);
        if (hashes.size() < end) {
            throw new LogDamageException("tile " + tile.index() + " of level " + tile.level() + " has " + hashes.size()
                    + " hashes, of which there must be " + end + " or more");
        }
        return root(hashes.subList(from, end));
    }

    /** The hash over hashes of subtrees of one size that stand side by side, 1, 2, 4 or any other power of two. */
    public static TreeHash root(List<TreeHash> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        var middle = hashes.size() / 2;
        return TreeHash.ofNode(root(hashes.subList(0, middle)), root(hashes.subList(middle, hashes.size())));
    }
}
