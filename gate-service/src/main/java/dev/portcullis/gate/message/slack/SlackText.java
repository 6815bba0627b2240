package dev.portcullis.gate.message.slack;

import dev.portcullis.gate.message.MessageText;

/** Texts as Slack's markup has them: nobody's name becomes a mention, a link or an escape. Stateless. */
final class SlackText {
    private SlackText() {}

    /** The text as it is, of at most so many characters in Slack's count, which is that of what is sent. */
    static String escaped(String text, int most) {
        var whole = escaped(text);
        if (whole.length() <= most) {
            return whole;
        }
        // No escape is longer than five characters; what is cut before it is escaped ends with a whole one.
        var shorter = escaped(MessageText.cut(text, Math.min(text.length(), most)));
        for (var length = Math.min(text.length(), most); shorter.length() > most; length -= excess(shorter, most)) {
            shorter = escaped(MessageText.cut(text, length));
        }
        return shorter;
    }

    private static int excess(String shorter, int most) {
        return Math.max(1, (shorter.length() - most) / 5);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
