package dev.portcullis.gate.policy;

import java.util.Arrays;
import java.util.List;

/** What to do when the deadline passes and the evidence has decided nothing. */
public enum UndecidedAction {
    /** Wait for a person. */
    HOLD("hold"),
    /** Take the canary back. */
    ABORT("abort"),
    /** Promote, and say that it was not proven. */
    PROMOTE_WITHOUT_PROOF("promote-without-proof");

    private final String word;

    UndecidedAction(String word) {
        this.word = word;
    }

    /** The word in a ReleasePolicy. */
    public String word() {
        return word;
    }

    /** All legal words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(UndecidedAction::word).toList();
    }

    /**
     * The choice a word stands for.
     *
     * @throws IllegalArgumentException when it stands for none
     */
    public static UndecidedAction of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("undecided is '" + word + "'; legal: " + words()));
    }
}
