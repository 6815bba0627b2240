package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.query.Selector;
import java.util.Map;

/**
 * When the process behind a page was started, as far as the page tells: by {@code process_start_time_seconds}, as client libraries have it, otherwise by the
 * earliest {@code _created} series of OpenMetrics. Used for one page.
 */
final class ProcessStart {
    private static final String PROCESS = "process_start_time_seconds";
    private static final String CREATED = "_created";

    private double started;
    private double created;
    private boolean several;

    /** Looks at one series of the page. */
    void see(Map<String, String> labels, double value) {
        String name = labels.getOrDefault(Selector.NAME_LABEL, "");
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            return;
        }
        if (name.equals(PROCESS)) {
            // A page that was gathered from several processes tells nothing of the one that serves it.
            several |= started > 0 && started != value;
            started = value;
        } else if (name.endsWith(CREATED)) {
            created = created > 0 ? Math.min(created, value) : value;
        }
    }

    /** In seconds since 1970; 0 when the page does not tell. */
    double seconds() {
        if (several) {
            return 0;
        }
        return started > 0 ? started : created;
    }
}
