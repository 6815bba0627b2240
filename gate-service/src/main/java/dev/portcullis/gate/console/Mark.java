package dev.portcullis.gate.console;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import java.util.Locale;
import java.util.Optional;

/** How a decision or the state of a release is marked: always by a word and an icon, never by colour alone. */
public enum Mark {
    PROMOTE("PROMOTE", "promote", Tone.GOOD),
    HOLD("HOLD", "hold", Tone.WAIT),
    ABORT("ABORT", "abort", Tone.BAD),
    UNDECIDED("UNDECIDED", "clock", Tone.QUIET),
    PROMOTED("PROMOTED", "promote", Tone.GOOD),
    ABORTED("ABORTED", "abort", Tone.BAD),
    SUPERSEDED("SUPERSEDED", "skip", Tone.QUIET),
    EXPIRED("EXPIRED", "clock", Tone.QUIET);

    /** What a mark says at a glance. */
    private enum Tone {
        GOOD,
        WAIT,
        BAD,
        QUIET
    }

    private final String word;
    private final String icon;
    private final Tone tone;

    Mark(String word, String icon, Tone tone) {
        this.word = word;
        this.icon = icon;
        this.tone = tone;
    }

    /**
     * That of a release: of what is answered about it while it is open, then of how it ended.
     *
     * @param answer empty before the first decision
     */
    public static Mark of(Release release, Optional<Decision> answer) {
        return switch (release.state()) {
            case OPEN -> answer.map(Decision::outcome).map(Mark::of).orElse(UNDECIDED);
            case PROMOTED -> PROMOTED;
            case ABORTED -> ABORTED;
            case SUPERSEDED -> SUPERSEDED;
            case EXPIRED -> EXPIRED;
        };
    }

    /** That of a decision. */
    public static Mark of(Outcome outcome) {
        return switch (outcome) {
            case PROMOTE -> PROMOTE;
            case HOLD -> HOLD;
            case ABORT -> ABORT;
        };
    }

    /** The word that people read. */
    public String word() {
        return word;
    }

    /** The name of the icon beside it. */
    public String icon() {
        return icon;
    }

    /** The class of the style sheet that colours it. */
    public String style() {
        return "tone-" + tone.name().toLowerCase(Locale.ROOT);
    }
}
