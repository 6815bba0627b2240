package dev.portcullis.launcher.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What one check found.
 *
 * @param state how it is
 * @param subject what was checked, in a word
 * @param what what was found, without secrets
 * @param fix what to do about it; empty when nothing
 */
public record CheckResult(State state, String subject, String what, String fix) {
    private static final int LONGEST_STATE = 4;

    /** How it is. */
    public enum State {
        /** As it should be. */
        OK("ok"),
        /** It runs, but something is not as one would want it. */
        WARNING("warn"),
        /** Something does not run. */
        FAILED("FAIL");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    static CheckResult ok(String subject, String what) {
        return new CheckResult(State.OK, subject, what, "");
    }

    static CheckResult warning(String subject, String what, String fix) {
        return new CheckResult(State.WARNING, subject, what, fix);
    }

    static CheckResult failed(String subject, String what, String fix) {
        return new CheckResult(State.FAILED, subject, what, fix);
    }

    /**
     * The lines to print.
     *
     * @param coloured what becomes of the word for the state
     */
    public List<String> lines(UnaryOperator<String> coloured) {
        List<String> lines = new ArrayList<>();
        String blanks = " ".repeat(LONGEST_STATE - state.word.length());
        lines.add((coloured.apply(state.word) + blanks + String.format(Locale.ROOT, " %-13s %s", subject, what))
                .stripTrailing());
        if (!fix.isEmpty()) {
            lines.add("                   fix: " + fix);
        }
        return lines;
    }
}
