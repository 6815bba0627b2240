package dev.portcullis.gate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a FAIL of an objective does, the strongest first. Neither of them promotes: the verdict is final, and no PASS can follow it. */
public enum FailAction {
    /** The canary is taken back. */
    ABORT,
    /** A person decides. */
    HOLD;

    /** The word in a ReleasePolicy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All legal words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(FailAction::word).toList();
    }

    /**
     * The action a word stands for.
     *
     * @throws IllegalArgumentException when it stands for none
     */
    public static FailAction of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no action on a FAIL"));
    }
}
