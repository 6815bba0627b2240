package dev.portcullis.kit.configuration;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The text of a file that is UTF-8 and holds only characters YAML allows; a byte order mark is dropped. */
final class StrictText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private StrictText() {}

    static Optional<String> decode(String file, byte[] content, Faults faults) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            String octet = String.format("0x%02X", bytes.get(bytes.position()));
            faults.add(file, lineAfter(text), "not UTF-8 text: byte " + octet + "; save the file as UTF-8");
            return Optional.empty();
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return printable(file, marked ? text.subSequence(1, text.length()).toString() : text.toString(), faults);
    }

    private static Optional<String> printable(String file, String text, Faults faults) {
        OptionalInt position = IntStream.range(0, text.length())
                .filter(index -> !Character.isLowSurrogate(text.charAt(index)))
                .filter(index -> !StreamReader.isPrintable(text.codePointAt(index)))
                .findFirst();
        if (position.isEmpty()) {
            return Optional.of(text);
        }
        String codePoint = String.format("U+%04X", text.codePointAt(position.getAsInt()));
        int line = lineAfter(text.substring(0, position.getAsInt()));
        faults.add(file, line, "not YAML: character " + codePoint + " is not allowed; remove it");
        return Optional.empty();
    }

    /** The line a place is in, given all text before it. */
    private static int lineAfter(CharSequence before) {
        return 1 + (int) before.chars().filter(letter -> letter == '\n').count();
    }
}
