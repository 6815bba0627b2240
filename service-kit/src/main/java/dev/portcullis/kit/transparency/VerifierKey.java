package dev.portcullis.kit.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The public half of a key that signs notes, as its text is passed on: {@code NAME+ID+BASE64} (a "vkey" of C2SP signed-note), for Ed25519. Immutable; two of one text
 * are equal.
 *
 * @param text the whole
 * @param name of the key; for the key of a log its origin
 * @param id the four bytes by which a signature names the key
 * @param kind whether it is that of a log or that of a witness
 */
public record VerifierKey(String text, String name, int id, KeyKind kind) {
    static final String ALGORITHM = "Ed25519";
    static final int LENGTH = 32;

    private static final int PARTS = 3;
    private static final int TIME_LENGTH = 8;
    /** What stands before the bare key in the form that Java reads (RFC 8410, section 4). */
    private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    /**
     * Reads the key of a log.
     *
     * @throws LogFormatException when the text is none
     */
    public static VerifierKey parse(String text) {
        return parse(text, KeyKind.LOG);
    }

    /**
     * Reads a key.
     *
     * @throws LogFormatException when the text is none of that kind
     */
    public static VerifierKey parse(String text, KeyKind kind) {
        var parts = text.split("\\+", PARTS);
        if (parts.length != PARTS) {
            throw new LogFormatException("is no verifier key, which is NAME+ID+BASE64");
        }
        var key = of(KeyName.checked(parts[0]), kind, bare(parts[2], kind));
        if (!key.text.equals(text)) {
            throw new LogFormatException("is no verifier key: its ID is not that of its name and its key");
        }
        return key;
    }

    static VerifierKey of(String name, KeyKind kind, byte[] publicKey) {
        var id = KeyName.id(name, kind, publicKey);
        var content = ByteBuffer.allocate(1 + LENGTH).put(kind.code()).put(publicKey);
        var text = name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(content.array());
        return new VerifierKey(text, name, id, kind);
    }

    private static byte[] bare(String base64, KeyKind kind) {
        try {
            var content = Base64.getDecoder().decode(base64);
            if (content.length == 1 + LENGTH && content[0] == kind.code()) {
                return Arrays.copyOfRange(content, 1, content.length);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new LogFormatException("is no verifier key of a " + kind.name().toLowerCase(Locale.ROOT)
                + ": behind its ID there is no Ed25519 key of that kind in base64");
    }

    /** Whether one of the signatures under a note is of this key and good. */
    public boolean signs(SignedNote note) {
        return note.signatures().stream().anyMatch(signature -> signs(note.text(), signature));
    }

    /** Whether a signature of a text is of this key and good. */
    public boolean signs(String text, NoteSignature signature) {
        if (!signature.name().equals(name)) {
            return false;
        }
        var content = ByteBuffer.wrap(Base64.getDecoder().decode(signature.content()));
        if (content.getInt() != id) {
            return false;
        }
        return switch (kind) {
            case LOG -> verified(text, content);
            case WITNESS ->
                content.remaining() > TIME_LENGTH && verified(Cosignature.text(content.getLong(), text), content);
        };
    }

    private boolean verified(String signed, ByteBuffer content) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey());
            verifier.update(signed.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(content.array(), content.position(), content.remaining());
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length, or a key that is no point of the curve.
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        var key = bare(text.split("\\+", PARTS)[2], kind);
        var encoded =
                ByteBuffer.allocate(BEFORE_KEY.length + LENGTH).put(BEFORE_KEY).put(key);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded.array()));
    }
}
