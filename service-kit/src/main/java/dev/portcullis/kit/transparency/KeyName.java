package dev.portcullis.kit.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The name of a key that signs notes, and its id (C2SP signed-note). Stateless. */
final class KeyName {
    private KeyName() {}

    /** @throws LogFormatException when no key can be called so */
    static String checked(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::illegal)) {
            throw new LogFormatException(
                    "a key's name has one or more characters, none of them a blank, a control character or '+'");
        }
        return name;
    }

    private static boolean illegal(int c) {
        return c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** The first four bytes of SHA-256(name || 0x0A || kind || public key). */
    static int id(String name, KeyKind kind, byte[] publicKey) {
        var digest = TreeHash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(kind.code());
        return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    }
}
