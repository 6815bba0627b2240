package dev.portcullis.analysis.slo;

import java.time.Duration;

/**
 * The time over which an SLO promises its target: the {@code timeWindow} of OpenSLO.
 *
 * @param length 1 minute to 366 days; default 30 days
 * @param rolling whether it ends now; otherwise it is a calendar's month, quarter and so on
 */
public record SloPeriod(Duration length, boolean rolling) {
    /** The default. */
    public static final SloPeriod DEFAULT = new SloPeriod(Duration.ofDays(30), true);
}
