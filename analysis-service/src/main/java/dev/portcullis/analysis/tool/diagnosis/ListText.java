package dev.portcullis.analysis.tool.diagnosis;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and values in a sentence, no more of them than one reads. */
final class ListText {
    private static final int MOST = 8;

    private ListText() {}

    /** As "a, b, c and 4 more"; "none" when there is none. */
    static String of(Collection<String> words) {
        if (words.isEmpty()) {
            return "none";
        }
        String shown = words.stream().limit(MOST).collect(Collectors.joining(", "));
        return words.size() <= MOST ? shown : shown + " and " + (words.size() - MOST) + " more";
    }
}
