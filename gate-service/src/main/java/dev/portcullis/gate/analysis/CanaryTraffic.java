package dev.portcullis.gate.analysis;

import java.time.Duration;

/**
 * Whether users reach a canary, as its analysis counts requests.
 *
 * @param served whether it has served a request since the analysis began
 * @param silence how long it had served none at the last reading, by the clock of the analysis; zero when that is not known
 */
public record CanaryTraffic(boolean served, Duration silence) {
    /** A canary that serves users is hardly ever without a request for so long. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    /** No request was counted. */
    public static final CanaryTraffic NONE = new CanaryTraffic(false, Duration.ZERO);

    /** Whether users reach the canary no more, as far as can be told. */
    public boolean hasLeft() {
        return !served || silence.compareTo(LONGEST_SILENCE) >= 0;
    }
}
