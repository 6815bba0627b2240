package dev.portcullis.benchmarks.start;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * One start.
 *
 * @param ready from the start of the process to the first 200 of /health/readiness
 * @param residentKib resident memory of the JVM
 * @param postgresKib memory of the PostgreSQL server it brings along; empty when it has none of its own
 */
record Start(Duration ready, long residentKib, OptionalLong postgresKib) {
    long allKib() {
        return residentKib + postgresKib.orElse(0);
    }
}
