package dev.portcullis.gate.message.slack;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a message stands, as {@code chat.update} and threads need it.
 *
 * @param channel id of the channel
 * @param ts the message's time stamp, which is its id in the channel
 */
record SlackPlace(String channel, String ts) {
    private static final Pattern FORM = Pattern.compile("(?<channel>[A-Z0-9]+) (?<ts>[0-9]+\\.[0-9]+)");

    /** The place of a text; empty when the text is of another kind of messenger. */
    static Optional<SlackPlace> of(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new SlackPlace(form.group("channel"), form.group("ts"))) : Optional.empty();
    }

    /** The text that {@link #of} reads back. */
    String text() {
        return channel + " " + ts;
    }
}
