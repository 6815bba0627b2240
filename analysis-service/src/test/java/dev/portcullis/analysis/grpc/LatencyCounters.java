package dev.portcullis.analysis.grpc;

import java.util.Locale;

/** The latency histogram of one arm of the shop, log-normal with a median of 50 ms, as lines of its page. Not thread-safe. */
final class LatencyCounters {
    private static final double[] BOUNDARIES = {0.05, 0.1, 0.25, 0.5, 1};

    /** Ratio of requests no slower than each boundary, and the same of a shop twice as slow. */
    private static final double[] USUAL = {0.5, 0.807, 0.978, 0.998, 0.9999};

    private static final double[] TWICE_AS_SLOW = {0.193, 0.5, 0.874, 0.978, 0.998};

    private final String hash;
    private final double[] upTo = new double[BOUNDARIES.length];
    private double all;
    private boolean slow;

    LatencyCounters(String hash) {
        this.hash = hash;
    }

    /** From now on its requests take twice as long. */
    void becomeSlow() {
        slow = true;
    }

    void serve(double requests) {
        all += requests;
        for (var i = 0; i < BOUNDARIES.length; i++) {
            upTo[i] += requests * (slow ? TWICE_AS_SLOW : USUAL)[i];
        }
    }

    String lines() {
        var lines = new StringBuilder();
        for (var i = 0; i < BOUNDARIES.length; i++) {
            lines.append(line(String.valueOf(BOUNDARIES[i]), upTo[i]));
        }
        return lines.append(line("+Inf", all)).toString();
    }

    private String line(String boundary, double count) {
        return String.format(
                Locale.ROOT, "http_request_duration_seconds_bucket{hash=\"%s\",le=\"%s\"} %f%n", hash, boundary, count);
    }
}
