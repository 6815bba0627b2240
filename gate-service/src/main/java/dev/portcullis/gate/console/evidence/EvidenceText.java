package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.console.chart.Figure;
import dev.portcullis.gate.evidence.Interval;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures of an analysis as people read them. Stateless. */
final class EvidenceText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int TWO = 2;

    private EvidenceText() {}

    /** An estimate, in two digits: "4,800". */
    static String about(double number) {
        return NumberText.rounded(number, TWO, RoundingMode.HALF_UP);
    }

    static String whole(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    /** "76 of 18,402 requests bad (0.41 %)"; "no request counted yet". */
    static String counted(RequestCount requests, String what) {
        if (requests.total() <= 0) {
            return "no request counted yet";
        }
        var of = whole(requests.total());
        return requests.bad() > 0
                ? whole(requests.bad()) + " of " + of + " requests " + what + " ("
                        + Figure.percent(requests.bad() / requests.total()) + ")"
                : "none of " + of + " requests " + what;
    }

    static String time(Instant time) {
        return TIME.format(time) + " UTC";
    }

    /** "between 1.2× and 3.4×". */
    static String between(Interval interval) {
        var lower = interval.lower();
        var upper = interval.upper();
        if (lower.isPresent() && upper.isPresent()) {
            return "between " + Figure.times(lower.getAsDouble()) + " and " + Figure.times(upper.getAsDouble());
        }
        if (lower.isPresent()) {
            return "at least " + Figure.times(lower.getAsDouble());
        }
        return upper.isPresent() ? "at most " + Figure.times(upper.getAsDouble()) : "not known yet";
    }
}
