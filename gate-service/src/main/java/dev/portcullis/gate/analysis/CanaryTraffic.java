package dev.portcullis.gate.analysis;

import java.time.Duration;

/**
 * Whether users reach a canary, as its analysis counts requests.
 *
 * @param served whether it has served a request since the analysis began
 * @param silence how long it had served none at the last reading, by the clock of the analysis; zero when that is not known
 */
public record CanaryTraffic(boolean served, Duration silence) {
    /** No request was counted. */
    public static final CanaryTraffic NONE = new CanaryTraffic(false, Duration.ZERO);
}
