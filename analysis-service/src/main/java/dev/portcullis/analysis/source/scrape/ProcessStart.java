package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.query.Selector;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the process behind a page was started, as far as the page tells: by {@code process_start_time_seconds}, as client libraries have it, otherwise by the
 * earliest {@code _created} series of OpenMetrics, which stands beside the counter, histogram or summary that it is about. A counter of things that were created is none. Used for one page.
 */
final class ProcessStart {
    private static final String PROCESS = "process_start_time_seconds";
    private static final String CREATED = "_created";
    private static final Pattern COUNTING = Pattern.compile("(.+)_(?:total|count|sum|bucket)");

    /** What is created earlier is no time. */
    private static final double EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    /** The clocks here and of the pod may differ by so many seconds. */
    private static final double CLOCKS_DIFFER = 60;

    private final double latest;
    private final Map<Map<String, String>, Double> created = new HashMap<>();
    private double started;
    private boolean several;

    /** Nothing seen yet of a page that is read at this moment. */
    ProcessStart(Instant now) {
        this.latest = now.getEpochSecond() + CLOCKS_DIFFER;
    }

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
        } else if (name.endsWith(CREATED) && value >= EARLIEST && value <= latest) {
            created.put(about(labels, name.substring(0, name.length() - CREATED.length())), value);
        }
    }

    /**
     * In seconds since 1970; 0 when the page does not tell. All of the page has been seen; where {@code _created} series alone tell, it is parsed once more for what they are about.
     *
     * @throws ExpositionException as when it was seen
     */
    double seconds(String page, Exposition.Format format) throws ExpositionException {
        if (several) {
            return 0;
        }
        return started > 0 || created.isEmpty() ? started : earliest(page, format);
    }

    private double earliest(String page, Exposition.Format format) throws ExpositionException {
        double[] earliest = {Double.POSITIVE_INFINITY};
        Exposition.parse(page, format, (labels, value) -> {
            Matcher counting = COUNTING.matcher(labels.getOrDefault(Selector.NAME_LABEL, ""));
            if (counting.matches()) {
                double time = created.getOrDefault(about(labels, counting.group(1)), Double.POSITIVE_INFINITY);
                earliest[0] = Math.min(earliest[0], time);
            }
        });
        return earliest[0] < Double.POSITIVE_INFINITY ? earliest[0] : 0;
    }

    private static Map<String, String> about(Map<String, String> labels, String metric) {
        Map<String, String> about = new HashMap<>(labels);
        about.remove("le");
        about.put(Selector.NAME_LABEL, metric);
        return about;
    }
}
