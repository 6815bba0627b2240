package dev.portcullis.gate.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much an objective that may fail a canary counts among the objectives of its service, the most important first. */
public enum Severity {
    /** It has four times the weight of a minor one. */
    CRITICAL,
    /** It has twice the weight of a minor one. */
    MAJOR,
    /** It counts least of those that decide. */
    MINOR;

    /** The word in a ReleasePolicy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, the most important first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Severity::word).toList();
    }

    /**
     * The severity a word stands for.
     *
     * @throws IllegalArgumentException when it stands for none
     */
    public static Severity of(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no severity"));
    }
}
