package dev.portcullis.kit.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values that no well-meant caller puts into a text of a request, and the requests that have them. */
final class HostileTexts {
    private static final Map<String, byte[]> VALUES = new LinkedHashMap<>();

    static {
        text("NUL", "\0");
        text("NUL inside", "a\0b");
        text("carriage return", "a\rb");
        text("CR LF", "a\r\nb");
        text("escape sequence", "\u001b[2J");
        text("10,000 characters", "x".repeat(10_000));
        text("10,000 Chinese characters", "世".repeat(10_000));
        text("a million characters", "y".repeat(1_000_000));
        text("right-to-left marks", "\u202eabc\u200f");
        text("only marks of no width", "\u200b\u200e");
        text("line separator", "a\u2028b");
        text("template", "{{x}}");
        text("percent and quotes", "%00'\"; drop table releases; --");
        VALUES.put("half a character", new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, 'b'});
        VALUES.put("no UTF-8", new byte[] {(byte) 0xff, (byte) 0xfe});
    }

    /**
     * A text of a request, by the fields that lead to it.
     *
     * @param path at least one field, the last of which is a text
     */
    record Place(List<FieldDescriptor> path) {
        String name() {
            return path.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
        }

        /** What makes it this value when it is put behind the bytes of a request. */
        byte[] bytes(byte[] value) {
            var bytes = value;
            for (var field : path.reversed()) {
                var wrapped = Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFrom(bytes))
                        .build();
                bytes = UnknownFieldSet.newBuilder()
                        .addField(field.getNumber(), wrapped)
                        .build()
                        .toByteArray();
            }
            return bytes;
        }
    }

    private HostileTexts() {}

    private static void text(String what, String value) {
        VALUES.put(what, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The values, by what they are. */
    static Map<String, byte[]> values() {
        return VALUES;
    }

    /** Every text of a request, also in the messages it holds. */
    static Stream<Place> places(Descriptor request) {
        return places(request, List.of());
    }

    private static Stream<Place> places(Descriptor message, List<FieldDescriptor> before) {
        return message.getFields().stream().flatMap(field -> {
            var path = new ArrayList<>(before);
            path.add(field);
            return switch (field.getJavaType()) {
                case STRING -> Stream.of(new Place(path));
                case MESSAGE -> places(field.getMessageType(), path);
                default -> Stream.empty();
            };
        });
    }
}
