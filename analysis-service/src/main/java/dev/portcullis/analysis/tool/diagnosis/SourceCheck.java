package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a source as a whole. */
final class SourceCheck {
    /** The source's clock is told to a second, and the answer was under way. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private static final int SHOWN = 5;

    private SourceCheck() {}

    /** Why it could not be looked at. */
    static Finding of(String source, SourceInspection inspection, InspectionException trouble) {
        String where = inspection.configuredIn();
        String name = "source '" + source + "' ";
        String told = ": " + trouble.detail();
        return switch (trouble.failure()) {
            case CREDENTIALS_MISSING ->
                finding(
                        FindingKind.SOURCE_CREDENTIALS_MISSING,
                        source,
                        name + "was not asked" + told,
                        "provide it where this command and analysis-service are started, or correct what names it in "
                                + where);
            case UNREACHABLE ->
                finding(
                        FindingKind.SOURCE_UNREACHABLE,
                        source,
                        name + "cannot be reached" + told,
                        "start it, or correct its address in " + where);
            case ACCESS_REFUSED ->
                finding(
                        FindingKind.SOURCE_ACCESS_REFUSED,
                        source,
                        name + "refuses access" + told,
                        "give it credentials that may read, in " + where);
            case WRONG_PATH ->
                finding(
                        FindingKind.SOURCE_WRONG_PATH,
                        source,
                        name + "does not answer at its address" + told,
                        "correct the path of its address in " + where);
            case FAILS ->
                finding(
                        FindingKind.SOURCE_FAILS,
                        source,
                        name + "answers with an error" + told,
                        "look at its own log, and at " + where);
            case TOO_MANY_SERIES ->
                finding(
                        FindingKind.TOO_MANY_SERIES,
                        source,
                        name + "has too many series" + told,
                        "add conditions to the query, or raise the limit in " + where);
        };
    }

    /** What is wrong with one that could be looked at. */
    static List<Finding> of(String source, SourceInspection inspection, SourceSnapshot snapshot) {
        List<Finding> findings = new ArrayList<>();
        snapshot.missing().stream()
                .limit(SHOWN)
                .map(missing -> finding(
                        FindingKind.SOURCE_INCOMPLETE,
                        source,
                        "source '" + source + "' is incomplete; missing: " + missing,
                        "if the pod is to be judged, fix that; if it is gone, take it out of "
                                + inspection.configuredIn()))
                .forEach(findings::add);
        inspection
                .clockAhead()
                .filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0)
                .map(ahead -> finding(
                        FindingKind.CLOCK_SKEW,
                        source,
                        "the clock of source '" + source + "' is " + DurationText.rounded(ahead.abs())
                                + (ahead.isNegative() ? " behind" : " ahead of") + " the clock here",
                        "synchronise both, for example with NTP: readings ask for the present moment"))
                .ifPresent(findings::add);
        return findings;
    }

    private static Finding finding(FindingKind kind, String source, String what, String fix) {
        return Finding.of(kind, new Subject.OfSource(source), what, fix);
    }
}
