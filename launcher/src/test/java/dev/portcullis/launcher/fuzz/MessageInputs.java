package dev.portcullis.launcher.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Messages as their descriptors say, and bytes that are nearly such messages. Used by one thread. */
final class MessageInputs {
    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            2L,
            200L,
            201L,
            1_000_000L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1_800_000_000L,
            253_402_300_800L);
    private static final List<Double> FRACTIONS =
            List.of(0.0, 0.5, 1.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE);
    private static final int DEEPEST = 4;
    private static final int MOST_LEVELS = 200;

    private final Draw draw;
    private final Names names;

    MessageInputs(Draw draw, Names names) {
        this.draw = draw;
        this.names = names;
    }

    byte[] next(Descriptor type) {
        return switch (draw.number(20)) {
            case 0 -> draw.noise(80);
            case 1 -> levels();
            case 2, 3, 4, 5, 6, 7, 8, 9 -> draw.changed(message(type, 0).toByteArray());
            default -> message(type, 0).toByteArray();
        };
    }

    /** A message in a message, and so on. */
    private byte[] levels() {
        var tag = (byte) (draw.number(16) << 3 | 2);
        var inner = draw.noise(8);
        for (int i = draw.number(MOST_LEVELS); i > 0 && inner.length < 120; i--) {
            var outer = new ByteArrayOutputStream();
            outer.write(tag);
            outer.write(inner.length);
            outer.writeBytes(inner);
            inner = outer.toByteArray();
        }
        return inner;
    }

    private DynamicMessage message(Descriptor type, int depth) {
        var message = DynamicMessage.newBuilder(type);
        for (var field : type.getFields()) {
            if (!draw.oneIn(3) && (depth < DEEPEST || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)) {
                if (field.isRepeated()) {
                    for (int i = draw.number(4); i > 0; i--) {
                        message.addRepeatedField(field, value(field, depth));
                    }
                } else {
                    message.setField(field, value(field, depth));
                }
            }
        }
        return message.build();
    }

    private Object value(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> draw.of(NUMBERS).intValue();
            case LONG -> draw.oneIn(3) ? draw.any() : draw.of(NUMBERS);
            case FLOAT -> draw.of(FRACTIONS).floatValue();
            case DOUBLE -> draw.of(FRACTIONS);
            case BOOLEAN -> draw.oneIn(2);
            case STRING -> field.getName().equals("service") ? names.service(draw) : names.draw(draw);
            case BYTE_STRING -> ByteString.copyFrom(draw.noise(40));
            case ENUM ->
                draw.oneIn(5) && !field.getEnumType().isClosed()
                        ? field.getEnumType().findValueByNumberCreatingIfUnknown(draw.number(100))
                        : draw.of(field.getEnumType().getValues());
            case MESSAGE -> message(field.getMessageType(), depth + 1);
        };
    }
}
