package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The vectors are those of the Certificate Transparency project for RFC 6962. */
final class MerkleTreeTest {
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final List<TreeHash> EIGHT = ENTRIES.stream()
            .map(entry -> TreeHash.ofLeaf(HexFormat.of().parseHex(entry)))
            .toList();

    private static TreeHash hash(String hex) {
        return TreeHash.of(HexFormat.of().parseHex(hex));
    }

    private static List<TreeHash> hashes(String... hex) {
        return Stream.of(hex).map(MerkleTreeTest::hash).toList();
    }

    private static MerkleTree tree(List<TreeHash> leaves, int size) {
        return new MerkleTree(new TileSubtrees(new TilesOfLeaves(leaves.subList(0, size))), size);
    }

    private static List<TreeHash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TreeHash.ofLeaf(("entry " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void rootsAreThoseOfTheVectors() {
        var growing = new GrowingTree();
        for (var size = 0; size <= EIGHT.size(); size++) {
            var expected = new TreeHead(size, hash(ROOTS.get(size)));
            assertEquals(expected, tree(EIGHT, size).head());
            assertEquals(expected, growing.head());
            if (size < EIGHT.size()) {
                growing.add(EIGHT.get(size));
            }
        }
    }

    @Test
    void proofsOfInclusionAreThoseOfTheVectors() {
        assertEquals(List.of(), tree(EIGHT, 1).inclusion(0));
        assertEquals(
                hashes(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                tree(EIGHT, 8).inclusion(0));
        assertEquals(
                hashes(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                tree(EIGHT, 8).inclusion(5));
        assertEquals(
                hashes("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
                tree(EIGHT, 3).inclusion(2));
        assertEquals(
                hashes(
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                tree(EIGHT, 5).inclusion(1));
    }

    @Test
    void proofsOfConsistencyAreThoseOfTheVectors() {
        assertEquals(List.of(), tree(EIGHT, 1).consistency(1));
        assertEquals(
                hashes(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                tree(EIGHT, 8).consistency(1));
        assertEquals(
                hashes(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                tree(EIGHT, 8).consistency(6));
        assertEquals(
                hashes(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                tree(EIGHT, 5).consistency(2));
        assertEquals(
                hashes(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                tree(EIGHT, 7).consistency(6));
    }

    @Test
    void everyLeafOfEveryTreeIsProvedAndNothingElse() {
        var leaves = leaves(40);
        for (var size = 1; size <= leaves.size(); size++) {
            var head = tree(leaves, size).head();
            for (var index = 0; index < size; index++) {
                var proof = tree(leaves, size).inclusion(index);
                var leaf = leaves.get(index);
                assertTrue(MerkleProof.includes(head, index, leaf, proof), "leaf " + index + " of " + size);
                assertFalse(MerkleProof.includes(head, index, TreeHash.EMPTY, proof));
                assertFalse(MerkleProof.includes(new TreeHead(size, TreeHash.EMPTY), index, leaf, proof));
                assertFalse(MerkleProof.includes(head, index, leaf, with(proof, TreeHash.EMPTY)));
                assertFalse(MerkleProof.includes(head, -1, leaf, proof));
                assertFalse(MerkleProof.includes(head, size, leaf, proof));
                for (var other = 0; other < size; other++) {
                    assertEquals(other == index, MerkleProof.includes(head, other, leaf, proof));
                }
                for (var changed : damaged(proof)) {
                    assertFalse(MerkleProof.includes(head, index, leaf, changed));
                }
            }
        }
    }

    @Test
    void everyTreeIsProvedToExtendEveryOlderOneAndNoOther() {
        var leaves = leaves(40);
        for (var size = 0; size <= leaves.size(); size++) {
            var head = tree(leaves, size).head();
            for (var older = 0; older <= size; older++) {
                var olderHead = tree(leaves, older).head();
                var proof = tree(leaves, size).consistency(older);
                assertTrue(MerkleProof.extendsOlder(head, olderHead, proof), older + " to " + size);
                var otherRoot = new TreeHead(older, TreeHash.ofLeaf(new byte[0]));
                assertFalse(MerkleProof.extendsOlder(head, otherRoot, proof));
                assertFalse(MerkleProof.extendsOlder(head, olderHead, with(proof, TreeHash.EMPTY)));
                for (var changed : damaged(proof)) {
                    assertFalse(MerkleProof.extendsOlder(head, olderHead, changed), older + " to " + size);
                }
            }
            assertFalse(MerkleProof.extendsOlder(head, new TreeHead(size + 1, head.root()), List.of()));
        }
    }

    private static List<TreeHash> with(List<TreeHash> proof, TreeHash more) {
        var longer = new ArrayList<>(proof);
        longer.add(more);
        return longer;
    }

    private static List<List<TreeHash>> damaged(List<TreeHash> proof) {
        List<List<TreeHash>> damaged = new ArrayList<>();
        for (var i = 0; i < proof.size(); i++) {
            var shorter = new ArrayList<>(proof);
            shorter.remove(i);
            damaged.add(shorter);
            var other = new ArrayList<>(proof);
            other.set(i, TreeHash.EMPTY);
            damaged.add(other);
        }
        return damaged;
    }

    @Test
    void aTreeOfSeveralTilesGivesTheSameRootAndProofs() {
        var leaves = leaves(66_000);
        var growing = new GrowingTree();
        leaves.forEach(growing::add);
        var tree = tree(leaves, leaves.size());
        assertEquals(growing.head(), tree.head());
        for (var index : new int[] {0, 255, 256, 65_535, 65_536, 65_999}) {
            assertTrue(MerkleProof.includes(tree.head(), index, leaves.get(index), tree.inclusion(index)));
        }
        for (var older : new int[] {1, 255, 256, 257, 65_536, 65_999}) {
            assertTrue(MerkleProof.extendsOlder(tree.head(), tree(leaves, older).head(), tree.consistency(older)));
        }
    }

    @Test
    void whatIsMissingOfATreeIsNamed() {
        var subtrees = new TileSubtrees(new TilesOfLeaves(leaves(3)));
        var damage = assertThrows(LogDamageException.class, () -> new MerkleTree(subtrees, 4).head());
        assertEquals("tile 0 of level 0 has 3 hashes, of which there must be 4 or more", damage.getMessage());
    }

    /** Tiles of leaves that are in memory. */
    private record TilesOfLeaves(List<TreeHash> leaves) implements Tiles {
        @Override
        public List<TreeHash> hashes(int level, long index) {
            List<TreeHash> hashes = new ArrayList<>();
            var span = 1 << (Tile.HEIGHT * level);
            var first = (int) index * Tile.WIDTH * span;
            for (var at = first; at + span <= leaves.size() && hashes.size() < Tile.WIDTH; at += span) {
                hashes.add(TileSubtrees.root(leaves.subList(at, at + span)));
            }
            return hashes;
        }
    }
}
