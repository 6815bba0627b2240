package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.diagnosis.MetricType;
import java.util.HashMap;
import java.util.Map;

/** The text exposition format 0.0.4 of Prometheus, and of OpenMetrics what is different in it and does not matter here. */
final class Exposition {
    private static final String END = "# EOF";
    private static final String TYPE = "# TYPE ";

    /** Takes the series of a page, one after the other. */
    @FunctionalInterface
    interface Sink {
        /** One series. The labels hold the metric's name as {@code __name__}; labels with an empty value are left out. */
        void series(Map<String, String> labels, double value);
    }

    private Exposition() {}

    /**
     * Reads a page from its beginning; timestamps and exemplars are passed over.
     *
     * @throws ExpositionException at the first line that is not in the format
     */
    static void parse(String page, Sink sink) throws ExpositionException {
        int number = 0;
        for (String line : (Iterable<String>) page.lines()::iterator) {
            number++;
            String text = line.strip();
            if (text.equals(END)) {
                return;
            }
            if (!text.isEmpty() && text.charAt(0) != '#') {
                new SeriesLine(text, number).parse(sink);
            }
        }
    }

    /** What the metrics of a page are declared to be, by their names; the format does not matter otherwise. */
    static Map<String, MetricType> types(String page) {
        Map<String, MetricType> types = new HashMap<>();
        page.lines().filter(line -> line.startsWith(TYPE)).forEach(line -> {
            String[] words = line.substring(TYPE.length()).strip().split("\\s+", 2);
            if (words.length == 2) {
                types.put(words[0], MetricType.ofWord(words[1]));
            }
        });
        return types;
    }
}
