package dev.portcullis.kit.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a static token: {@code pct_}, 256 random bits and a checksum of 32, both in hexadecimal digits, so that scanners for secrets know one when they see it and a
 * misspelt one is told from one that is not known. What is kept is its SHA-256: so many random bits are not guessed from it.
 */
public final class TokenText {
    /** How every token begins. */
    public static final String PREFIX = "pct_";

    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_DIGITS = 2 * RANDOM_BYTES;
    private static final Pattern FORM = Pattern.compile("pct_[0-9a-f]{72}");

    private TokenText() {}

    /** A new token. */
    public static String random(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var digits = HexFormat.of().formatHex(bytes);
        return PREFIX + digits + checksum(digits);
    }

    /** Whether a text has the form of a token and the right checksum. */
    public static boolean isToken(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        var digits = text.substring(PREFIX.length(), PREFIX.length() + RANDOM_DIGITS);
        return text.endsWith(checksum(digits));
    }

    /** What is kept of a token: the SHA-256 of its text, in 64 hexadecimal digits. */
    public static String sha256(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String checksum(String digits) {
        var crc = new CRC32();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
