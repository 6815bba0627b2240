package dev.portcullis.launcher.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices from a seed, and bytes that are changed at random. Used by one thread. */
final class Draw {
    /** What readers of numbers, text, JSON and frames have stumbled over elsewhere. */
    private static final List<byte[]> SNAGS = List.of(
            bytes("\0"),
            bytes("\r\n"),
            bytes("\n2031-01-01T00:00:00.000Z ERROR forged line"),
            bytes("\u001b[31mred\u001b[0m"),
            bytes("\u202egnp.exe\u2066"),
            bytes("\u2028"),
            bytes("\ufeff"),
            bytes("${jndi:ldap://127.0.0.1:1/x}"),
            bytes("{} {} %s %n"),
            bytes("../../../../etc/passwd"),
            bytes("'; DROP TABLE releases; --"),
            bytes("99999999999999999999999999"),
            bytes("-1"),
            bytes("1e999"),
            bytes("-0.0"),
            bytes("NaN"),
            bytes("2147483648"),
            bytes("9223372036854775808"),
            bytes("true"),
            bytes("null"),
            bytes("[[[[[[[[[["),
            bytes("{\"a\":{\"a\":"),
            bytes("\\ud83d"),
            bytes("\\u0000"),
            bytes("%00"),
            bytes("%c0%ae"),
            bytes("%"),
            bytes("&&=="),
            bytes(";"),
            bytes(","),
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0xbd},
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x0f},
            new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1});

    private static final int MOST_COPIES = 40;

    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 0 to {@code below - 1}. */
    int number(int below) {
        return random.nextInt(below);
    }

    long any() {
        return random.nextLong();
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] noise(int most) {
        var noise = new byte[random.nextInt(most + 1)];
        random.nextBytes(noise);
        return noise;
    }

    byte[] snag() {
        return of(SNAGS);
    }

    String snagText() {
        return new String(snag(), StandardCharsets.UTF_8);
    }

    /** The same bytes with one to three changes. */
    byte[] changed(byte[] bytes) {
        var changed = bytes;
        for (int i = random.nextInt(3); i >= 0; i--) {
            changed = changedOnce(changed);
        }
        return changed;
    }

    private byte[] changedOnce(byte[] bytes) {
        var from = random.nextInt(bytes.length + 1);
        var to = from + random.nextInt(Math.min(bytes.length - from, 16) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> joined(bytes, from, to, noise(to - from));
            case 1 -> joined(bytes, from, from, snag());
            case 2 -> joined(bytes, from, to, snag());
            case 3 -> joined(bytes, from, to, new byte[0]);
            case 4 -> joined(bytes, from, bytes.length, new byte[0]);
            case 5 -> joined(bytes, from, from, repeated(bytes, from, to));
            default -> flipped(bytes);
        };
    }

    private byte[] repeated(byte[] bytes, int from, int to) {
        var copies = new ByteArrayOutputStream();
        for (int i = random.nextInt(MOST_COPIES); i >= 0; i--) {
            copies.write(bytes, from, to - from);
        }
        return copies.toByteArray();
    }

    private byte[] flipped(byte[] bytes) {
        var flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] joined(byte[] bytes, int from, int to, byte[] between) {
        var joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, from);
        joined.writeBytes(between);
        joined.write(bytes, to, bytes.length - to);
        return joined.toByteArray();
    }
}
