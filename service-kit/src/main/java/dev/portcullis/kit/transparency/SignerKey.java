package dev.portcullis.kit.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A private Ed25519 key that signs notes. Its text is {@code PRIVATE+KEY+NAME+ID+BASE64}, as Go's golang.org/x/mod/sumdb/note and the tools of the transparency-dev
 * project write it. Immutable, thread-safe; never shows its secret but by {@link #text()}.
 */
public final class SignerKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int PARTS = 3;
    private static final int SEED = 32;
    /** What stands before the bare key in the form that Java reads (RFC 8410, section 7). */
    private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final byte[] seed;
    private final PrivateKey secret;
    private final VerifierKey verifier;

    private SignerKey(String name, KeyKind kind, byte[] seed) {
        this.seed = seed;
        try {
            this.secret = KeyFactory.getInstance(VerifierKey.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(ByteBuffer.allocate(BEFORE_KEY.length + SEED)
                            .put(BEFORE_KEY)
                            .put(seed)
                            .array()));
            this.verifier = VerifierKey.of(KeyName.checked(name), kind, publicKey(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** Makes a new one for a log. */
    public static SignerKey generate(String name, SecureRandom random) {
        return generate(name, KeyKind.LOG, random);
    }

    /** Makes a new one. */
    public static SignerKey generate(String name, KeyKind kind, SecureRandom random) {
        var seed = new byte[SEED];
        random.nextBytes(seed);
        return new SignerKey(name, kind, seed);
    }

    /**
     * Reads that of a log; blanks around the text do not count.
     *
     * @throws LogFormatException when the text is none; never shows what it is
     */
    public static SignerKey parse(String text) {
        return parse(text, KeyKind.LOG);
    }

    /** Reads one in the same way, of a kind. */
    public static SignerKey parse(String text, KeyKind kind) {
        var plain = text.strip();
        var parts = plain.startsWith(PREFIX) ? plain.substring(PREFIX.length()).split("\\+", PARTS) : new String[0];
        if (parts.length != PARTS) {
            throw new LogFormatException("is no signing key, which is PRIVATE+KEY+NAME+ID+BASE64");
        }
        var key = new SignerKey(parts[0], kind, seed(parts[2], kind));
        if (!key.text().equals(plain)) {
            throw new LogFormatException("is no signing key: its ID is not that of its name and its key");
        }
        return key;
    }

    private static byte[] seed(String base64, KeyKind kind) {
        try {
            var content = Base64.getDecoder().decode(base64);
            if (content.length == 1 + SEED && content[0] == kind.code()) {
                return Arrays.copyOfRange(content, 1, content.length);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new LogFormatException("is no signing key of a " + kind.name().toLowerCase(Locale.ROOT)
                + ": behind its ID there is no Ed25519 key of that kind in base64");
    }

    /** The public key of a private one, which Java computes only while it makes a pair: of the random bytes that it takes for the private key. */
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        var pairs = KeyPairGenerator.getInstance(VerifierKey.ALGORITHM);
        pairs.initialize(NamedParameterSpec.ED25519, new Given(seed));
        var pair = pairs.generateKeyPair();
        var made = pair.getPrivate().getEncoded();
        if (!Arrays.equals(made, made.length - SEED, made.length, seed, 0, SEED)) {
            throw new IllegalStateException("this Java makes a key of other bytes than it was given");
        }
        var encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - VerifierKey.LENGTH, encoded.length);
    }

    /** The public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** The secret, for the file it is kept in. */
    public String text() {
        var content = ByteBuffer.allocate(1 + SEED).put(verifier.kind().code()).put(seed);
        return PREFIX + verifier.name() + "+" + HexFormat.of().toHexDigits(verifier.id()) + "+"
                + Base64.getEncoder().encodeToString(content.array());
    }

    /**
     * Signs a text.
     *
     * @param text one or more lines, each with its end
     */
    public SignedNote sign(String text) {
        var signature = signature(text);
        return new SignedNote(
                text,
                List.of(noted(ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .putInt(verifier.id())
                        .put(signature))));
    }

    /**
     * Signs as a witness that it has seen a checkpoint.
     *
     * @param text of the checkpoint's note
     * @param time now
     */
    public NoteSignature cosign(String text, Instant time) {
        var signature = signature(Cosignature.text(time.getEpochSecond(), text));
        return noted(ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
                .putInt(verifier.id())
                .putLong(time.getEpochSecond())
                .put(signature));
    }

    private NoteSignature noted(ByteBuffer content) {
        return new NoteSignature(verifier.name(), Base64.getEncoder().encodeToString(content.array()));
    }

    private byte[] signature(String text) {
        try {
            var signer = Signature.getInstance(VerifierKey.ALGORITHM);
            signer.initSign(secret);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "SignerKey[" + verifier.text() + "]";
    }

    /** Answers the bytes it was given. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
