package dev.portcullis.kit.transparency;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A place of the tree and what is kept there.
 *
 * @param index from 0
 * @param leaf the hash at that place
 * @param body of the entry; empty when it is missing
 */
public record PlacedEntry(long index, TreeHash leaf, Optional<String> body) {
    /** The hash of the entry as it is; empty when it is missing. */
    Optional<TreeHash> entryHash() {
        return body.map(text -> TreeHash.ofLeaf(text.getBytes(StandardCharsets.UTF_8)));
    }
}
