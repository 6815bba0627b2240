package dev.portcullis.demo;

import java.util.Locale;

/** The counters of one life of a pod, in memory: they begin at 0 and only grow. Thread-safe; a reading is of one moment. */
final class RequestCounters {
    private static final double[] BOUNDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1};

    private final long[] notSlowerThan = new long[BOUNDS.length];
    private long good;
    private long bad;
    private double seconds;

    /** Counts one request. */
    synchronized void count(boolean failed, double latencySeconds) {
        if (failed) {
            bad++;
        } else {
            good++;
        }
        seconds += latencySeconds;
        for (int i = 0; i < BOUNDS.length; i++) {
            if (latencySeconds <= BOUNDS[i]) {
                notSlowerThan[i]++;
            }
        }
    }

    /** Requests counted. */
    synchronized long total() {
        return good + bad;
    }

    /** Failed requests counted. */
    synchronized long failed() {
        return bad;
    }

    /** Prometheus text format 0.0.4; both codes are there from the start, so that the first error is a difference and not a starting point. */
    synchronized String exposition(String service) {
        var text = new StringBuilder();
        text.append("# HELP http_requests_total Requests answered.\n# TYPE http_requests_total counter\n");
        text.append(sample("http_requests_total", service, "code=\"200\",method=\"GET\"", good));
        text.append(sample("http_requests_total", service, "code=\"500\",method=\"GET\"", bad));
        text.append("# HELP http_request_duration_seconds Time to the answer.\n");
        text.append("# TYPE http_request_duration_seconds histogram\n");
        for (int i = 0; i < BOUNDS.length; i++) {
            text.append(bucket(service, Double.toString(BOUNDS[i]), notSlowerThan[i]));
        }
        text.append(bucket(service, "+Inf", good + bad));
        var labels = "{service=\"" + service + "\"} ";
        text.append(String.format(Locale.ROOT, "http_request_duration_seconds_sum%s%.6f\n", labels, seconds));
        text.append("http_request_duration_seconds_count")
                .append(labels)
                .append(good + bad)
                .append('\n');
        return text.toString();
    }

    private static String bucket(String service, String bound, long count) {
        return sample("http_request_duration_seconds_bucket", service, "le=\"" + bound + "\"", count);
    }

    private static String sample(String name, String service, String labels, long value) {
        return name + "{service=\"" + service + "\"," + labels + "} " + value + "\n";
    }
}
