package dev.portcullis.launcher.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A canary of a service and what is true of it: 1,000 requests at its begin and 4,000 in each second, of which 1 in 5,000 fail or, when it is bad, 1 in 10. Its
 * counters follow the clock, so that no reading that is lost changes what is true. Thread-safe.
 */
final class Canary {
    private static final int FIRST = 1_000;
    private static final int RATE = 4_000;
    private static final double FEW = 0.0002;
    private static final double MANY = 0.1;

    final String service;
    final String name;
    final boolean good;
    /** Whether its page had counters that fall. */
    volatile boolean fell;

    private final long begin = System.nanoTime();
    private final Set<String> rollbackKeys = ConcurrentHashMap.newKeySet();
    private volatile boolean takenBack;

    Canary(String service, String name, boolean good) {
        this.service = service;
        this.name = name;
        this.good = good;
    }

    /** Requests up to now. */
    long requests() {
        return FIRST + Math.round((System.nanoTime() - begin) / 1e9 * RATE);
    }

    /** How many of so many requests have failed. */
    long failed(long requests) {
        return Math.round(requests * badRatio());
    }

    /** Failed requests / requests. */
    double badRatio() {
        return good ? FEW : MANY;
    }

    /** The two lines of a version on a page of counters, its errors last. */
    String lines(long requests) {
        return """
                http_requests_total{service="%1$s",version="%2$s",code="200"} %3$d
                http_requests_total{service="%1$s",version="%2$s",code="500"} %4$d
                """.formatted(service, name, requests - failed(requests), failed(requests));
    }

    /** The decision that ends it, and the only one beside HOLD that may ever be answered. */
    String rightDecision() {
        return good ? "PROMOTE" : "ABORT";
    }

    /**
     * An order to take it back.
     *
     * @param works whether it is carried out
     */
    void takeBack(String key, boolean works) {
        rollbackKeys.add(key);
        if (works) {
            takenBack = true;
        }
    }

    boolean isTakenBack() {
        return takenBack;
    }

    /** Different idempotency keys of the orders to take it back. */
    Set<String> rollbackKeys() {
        return rollbackKeys;
    }

    @Override
    public String toString() {
        return (good ? "good " : "bad ") + name + " of " + service;
    }
}
