package dev.portcullis.analysis.run;

import dev.portcullis.analysis.query.Arm;
import java.util.List;

/**
 * Whether the canary could be measured at the last poll; never a statement about its health.
 *
 * @param state what the last poll gave
 * @param detail why it could not measure, in one line; empty while the state is MEASURING
 * @param notes what the last successful reading left out and why, one line each, a few at most
 */
public record MeasuringStatus(State state, String detail, List<String> notes) {
    /** What a poll can give. */
    public enum State {
        MEASURING,
        NO_DATA,
        UNREACHABLE
    }

    private static final int MOST_NOTES = 5;

    /** Keeps its own copy, of a few. */
    public MeasuringStatus {
        notes = notes.stream().limit(MOST_NOTES).toList();
    }

    /** Counters were read and the canary served requests since the analysis began. */
    static MeasuringStatus counting(List<String> notes) {
        return new MeasuringStatus(State.MEASURING, "", notes);
    }

    /** The source answers, but no request to these pods has been counted. */
    static MeasuringStatus noData(Purpose purpose, Arm judged, List<String> notes) {
        String who = purpose.subject() + " '" + judged.value() + "'";
        String why = notes.isEmpty()
                ? "the " + who + " has served no request since the analysis began" + looked(purpose, judged)
                : "no request of the " + who + " has been counted since the analysis began; " + notes.getFirst();
        return new MeasuringStatus(State.NO_DATA, "the metrics source answers, but " + why, notes);
    }

    /** That a stable version's series have the label as well may never have been tried. */
    private static String looked(Purpose purpose, Arm judged) {
        return purpose == Purpose.RECOVERY
                ? " (looked for: series with " + judged.label() + "=\"" + judged.value() + "\")"
                : "";
    }

    /** The source answers, but the canary was read before and is there no more. */
    static MeasuringStatus gone(String detail) {
        return new MeasuringStatus(State.NO_DATA, "the metrics source answers, but " + detail, List.of());
    }

    /** The source did not answer, or not in a usable form. */
    static MeasuringStatus unreachable(String detail) {
        return new MeasuringStatus(State.UNREACHABLE, detail, List.of());
    }
}
