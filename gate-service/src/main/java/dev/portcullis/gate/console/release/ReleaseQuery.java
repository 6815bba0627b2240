package dev.portcullis.gate.console.release;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.release.ReleaseState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of the releases a page shows.
 *
 * @param state releases of that state alone; empty for any
 * @param service releases of that service alone; empty for any
 * @param text part of a name; empty for any
 * @param before only those with a smaller number; empty for the newest
 */
public record ReleaseQuery(Optional<ReleaseState> state, String service, String text, OptionalLong before) {
    /** Everything, the newest first. */
    public static final ReleaseQuery ALL = new ReleaseQuery(Optional.empty(), "", "", OptionalLong.empty());

    /**
     * A choice of state.
     *
     * @param path of the list with it
     */
    public record Choice(String label, String path, boolean chosen) {}

    /** Whether it narrows nothing down. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the list begins with what is open. */
    public boolean beginsOpen() {
        return before.isEmpty()
                && state.map(wanted -> wanted == ReleaseState.OPEN).orElse(true);
    }

    /** The states beside OPEN that are listed. */
    public Set<ReleaseState> ended() {
        var ends = Set.of(ReleaseState.PROMOTED, ReleaseState.ABORTED, ReleaseState.SUPERSEDED, ReleaseState.EXPIRED);
        return state.map(Set::of).orElse(ends);
    }

    /** All choices of state. */
    public List<Choice> choices() {
        var all = new Choice("All", path(Optional.empty(), OptionalLong.empty()), state.isEmpty());
        return Stream.concat(
                        Stream.of(all),
                        Stream.of(ReleaseState.values())
                                .map(one -> new Choice(
                                        word(one),
                                        path(Optional.of(one), OptionalLong.empty()),
                                        state.filter(one::equals).isPresent())))
                .toList();
    }

    /** The path of the page that follows. */
    public String path(long next) {
        return path(state, OptionalLong.of(next));
    }

    /** The path of this page. */
    public String path() {
        return path(state, before);
    }

    /** The query of this page, with its question mark; empty when there is none. */
    public String parameters() {
        return path().substring(ConsolePath.ROOT.length());
    }

    /** The chosen state as its parameter has it; empty for any. */
    public String stateWord() {
        return state.map(ReleaseQuery::parameter).orElse("");
    }

    private String path(Optional<ReleaseState> wanted, OptionalLong below) {
        var parameters = Stream.of(
                        wanted.map(one -> "state=" + parameter(one)).orElse(""),
                        service.isEmpty() ? "" : "service=" + ConsolePath.segment(service),
                        text.isEmpty() ? "" : "text=" + ConsolePath.segment(text),
                        below.isPresent() ? "before=" + below.getAsLong() : "")
                .filter(one -> !one.isEmpty())
                .toList();
        return ConsolePath.ROOT + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    private static String parameter(ReleaseState one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static String word(ReleaseState one) {
        return one.name().charAt(0) + parameter(one).substring(1);
    }
}
