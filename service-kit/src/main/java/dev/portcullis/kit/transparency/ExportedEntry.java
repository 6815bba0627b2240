package dev.portcullis.kit.transparency;

/**
 * A line of an export.
 *
 * @param line its number, from 1
 * @param index the place it says to have
 * @param entry its bytes
 * @param proof that it has this place
 */
public record ExportedEntry(int line, long index, byte[] entry, TlogProof proof) {
    TreeHash leaf() {
        return TreeHash.ofLeaf(entry);
    }

    /** Whether an entry has the place that the proof of this line is about. */
    boolean proves(TreeHash leaf) {
        var head = Checkpoint.parse(proof.checkpoint().text()).head();
        return MerkleProof.includes(head, proof.index(), leaf, proof.hashes());
    }
}
