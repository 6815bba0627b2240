package dev.portcullis.gate.message;

import java.util.Arrays;
import java.util.List;

/** How urgent a message is; SEV1 is the most urgent. */
public enum MessageSeverity {
    /** Users are, or may be, harmed, and nobody but a person can end it. */
    SEV1,
    /** Users were or are harmed. */
    SEV2,
    /** Users were harmed for a short time; what ends it is under way. */
    SEV3,
    /** Work waits for a person; users are not harmed. */
    SEV4,
    /** Good to know. */
    SEV5;

    /** The legal words, the most urgent first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(MessageSeverity::name).toList();
    }

    /** The more urgent of the two. */
    MessageSeverity and(MessageSeverity other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
