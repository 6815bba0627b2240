package dev.portcullis.kit.transparency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash of a Merkle tree as RFC 6962, section 2.1, forms it: of a leaf, of a node, or of a tree. Immutable. */
public final class TreeHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** Of the tree without leaves. */
    public static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a leaf: SHA-256(0x00 || entry). */
    public static TreeHash ofLeaf(byte[] entry) {
        var digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    /** The hash of a node over two others: SHA-256(0x01 || left || right). */
    static TreeHash ofNode(TreeHash left, TreeHash right) {
        var digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /**
     * A hash that was stored.
     *
     * @throws IllegalArgumentException when it has not {@value #LENGTH} bytes
     */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + bytes.length + " bytes in place of " + LENGTH);
        }
        return new TreeHash(bytes.clone());
    }

    /** A hash in base64; empty when the text is none. */
    public static Optional<TreeHash> parse(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return bytes.length == LENGTH ? Optional.of(new TreeHash(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Its {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As checkpoints and proofs write it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
