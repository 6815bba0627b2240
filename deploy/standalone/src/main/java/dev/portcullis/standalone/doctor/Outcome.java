package dev.portcullis.standalone.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * What one check found.
 *
 * @param state how it is
 * @param subject what was checked, in a word
 * @param what what was found, without secrets
 * @param fix what to do about it; empty when nothing
 */
public record Outcome(State state, String subject, String what, String fix) {
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

    static Outcome ok(String subject, String what) {
        return new Outcome(State.OK, subject, what, "");
    }

    static Outcome warning(String subject, String what, String fix) {
        return new Outcome(State.WARNING, subject, what, fix);
    }

    static Outcome failed(String subject, String what, String fix) {
        return new Outcome(State.FAILED, subject, what, fix);
    }

    /** The lines to print. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-4s %-13s %s", state.word, subject, what).stripTrailing());
        if (!fix.isEmpty()) {
            lines.add("                   fix: " + fix);
        }
        return lines;
    }
}
