package dev.portcullis.kit.health;

import io.micronaut.health.HealthStatus;

/** The status of what answers, but not as it should: shown in {@code /health}, with 200, and no part of readiness. */
final class Degraded {
    private static final int SEVERITY = 100;

    /** Neither operational nor not: so it is worse than UP and UNKNOWN, and better than DOWN. */
    private static final HealthStatus STATUS = new HealthStatus("DEGRADED", null, null, SEVERITY);

    private Degraded() {}

    static HealthStatus when(boolean degraded) {
        return degraded ? STATUS : HealthStatus.UP;
    }
}
