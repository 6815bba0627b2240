package dev.portcullis.launcher.command;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Messages of the contract in the JSON form that it has for them. */
final class ProtoJson {
    private ProtoJson() {}

    static String of(Message message) {
        return printed(JsonFormat.printer(), message);
    }

    /** On one line. */
    static String compact(Message message) {
        return printed(JsonFormat.printer().omittingInsignificantWhitespace(), message);
    }

    /** An array. */
    static String of(List<? extends Message> messages) {
        return messages.stream().map(ProtoJson::of).collect(Collectors.joining(",\n", "[", "]"));
    }

    private static String printed(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a " + message.getDescriptorForType().getName() + " cannot be written as JSON", e);
        }
    }
}
