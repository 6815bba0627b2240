package dev.portcullis.kit.transparency;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A log in memory, of which a part can be damaged. */
final class SampleLog {
    static final SignerKey KEY = SignerKey.generate("portcullis.example/audit", new SecureRandom());
    static final List<VerifierKey> KEYS = List.of(KEY.verifier());

    private final List<String> entries;

    private SampleLog(List<String> entries) {
        this.entries = entries;
    }

    static SampleLog of(int size) {
        return of(size, "entry ");
    }

    static SampleLog of(int size, String text) {
        var entries = new ArrayList<String>();
        for (var i = 0; i < size; i++) {
            entries.add(text + i);
        }
        return new SampleLog(entries);
    }

    private Subtrees subtrees() {
        return new TileSubtrees((level, index) -> entries.stream()
                .skip(index * Tile.WIDTH)
                .limit(Tile.WIDTH)
                .map(entry -> TreeHash.ofLeaf(entry.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    SignedNote checkpoint(int size) {
        return KEY.sign(checkpointOf(size).text());
    }

    Checkpoint checkpointOf(int size) {
        return new Checkpoint("portcullis.example/audit", new MerkleTree(subtrees(), size).head());
    }

    /** The line of an export in which an entry stands, under the checkpoint of a size. */
    ExportedEntry exported(int index, int size) {
        var proof = new TlogProof(index, new MerkleTree(subtrees(), size).inclusion(index), checkpoint(size));
        return new ExportedEntry(index + 1, index, entries.get(index).getBytes(StandardCharsets.UTF_8), proof);
    }

    List<ExportedEntry> exported() {
        var lines = new ArrayList<ExportedEntry>();
        for (var i = 0; i < entries.size(); i++) {
            lines.add(exported(i, entries.size()));
        }
        return lines;
    }

    List<PlacedEntry> placed() {
        var placed = new ArrayList<PlacedEntry>();
        for (var i = 0; i < entries.size(); i++) {
            placed.add(new PlacedEntry(
                    i,
                    TreeHash.ofLeaf(entries.get(i).getBytes(StandardCharsets.UTF_8)),
                    java.util.Optional.of(entries.get(i))));
        }
        return placed;
    }
}
