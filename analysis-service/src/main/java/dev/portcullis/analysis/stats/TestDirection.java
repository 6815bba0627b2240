package dev.portcullis.analysis.stats;

/** What the evidence of a count test is for. */
public enum TestDirection {
    /** Grows when the canary is worse than the limit: the FAIL side. */
    WORSE(1),
    /** Grows when the canary is better than the limit: the PASS side. */
    BETTER(-1);

    private final int sign;

    TestDirection(int sign) {
        this.sign = sign;
    }

    double tilt(int k) {
        return sign * Grid.tilt(k);
    }
}
