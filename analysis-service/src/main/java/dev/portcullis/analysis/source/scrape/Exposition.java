package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.MetricType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text exposition format 0.0.4 of Prometheus, and of OpenMetrics what is different in it and matters here. Both tell where a page ends, so that one that breaks off is
 * known: its last number may have lost digits, and would be taken for a counter that fell and leapt. Only a line feed ends a line; a carriage return may be part of a
 * label's value.
 */
final class Exposition {
    private static final String END = "# EOF";
    private static final String TYPE = "# TYPE ";
    private static final char LINE_FEED = '\n';
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** How a page says that it is whole. */
    enum Format {
        /** The last line ends with a line feed. */
        TEXT,
        /** The last line is {@code # EOF}. */
        OPEN_METRICS;

        /** The format that a Content-Type names; {@link #TEXT} whatever else it says, since servers call it many things. */
        static Format of(String contentType) {
            return contentType.toLowerCase(Locale.ROOT).startsWith("application/openmetrics-text")
                    ? OPEN_METRICS
                    : TEXT;
        }
    }

    /** Takes the series of a page, one after the other. */
    @FunctionalInterface
    interface Sink {
        /** One series. The labels hold the metric's name as {@code __name__}; some may have an empty value. */
        void series(Map<String, String> labels, double value);
    }

    private Exposition() {}

    /**
     * Reads a page from its beginning; timestamps and exemplars are passed over.
     *
     * @throws ExpositionException at the first line that is not in the format, and when the page is not whole: what the sink got until then is of no use
     */
    static void parse(String page, Format format, Sink sink) throws ExpositionException {
        if (page.isBlank()) {
            throw new ExpositionException("the page is empty");
        }
        int number = 0;
        boolean ended = false;
        for (int at = 0; at < page.length(); ) {
            number++;
            int end = page.indexOf(LINE_FEED, at);
            String text = page.substring(at, end < 0 ? page.length() : end).strip();
            if (ended) {
                throw new ExpositionException(number, "'" + END + "' does not end the page");
            }
            ended = format == Format.OPEN_METRICS && text.equals(END);
            checkEnd(end >= 0 || ended || text.isEmpty(), number, text);
            if (!text.isEmpty() && text.charAt(0) != '#') {
                new SeriesLine(text, number).parse(sink);
            }
            at = end < 0 ? page.length() : end + 1;
        }
        if (format == Format.OPEN_METRICS && !ended) {
            throw new ExpositionException("the page is cut off after line " + number + ": '" + END
                    + "' is missing, which has to end a page of OpenMetrics");
        }
    }

    private static void checkEnd(boolean whole, int number, String text) throws ExpositionException {
        if (!whole) {
            throw new ExpositionException("the page is cut off in line " + number
                    + ": the line feed that has to end it is missing after '" + ExpositionException.shown(text) + "'");
        }
    }

    /** What the metrics of a page are declared to be, by their names; the format does not matter otherwise. */
    static Map<String, MetricType> types(String page) {
        Map<String, MetricType> types = new HashMap<>();
        for (String line : page.split(String.valueOf(LINE_FEED))) {
            if (line.startsWith(TYPE)) {
                declare(line.substring(TYPE.length()).strip(), types);
            }
        }
        return types;
    }

    /** Prometheus 3 has names in quotes, which may hold blanks. */
    private static void declare(String declared, Map<String, MetricType> types) {
        String[] words = declared.startsWith("\"") ? quoted(declared) : BLANKS.split(declared, 2);
        if (words.length == 2) {
            types.put(words[0], MetricType.ofWord(words[1]));
        }
    }

    private static String[] quoted(String declared) {
        return QuotedString.at(declared, 0)
                .map(name -> new String[] {
                    name.text(), declared.substring(name.end()).strip()
                })
                .orElseGet(() -> new String[0]);
    }
}
