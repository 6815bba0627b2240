package dev.portcullis.analysis.source.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The name Prometheus gives to an OpenTelemetry metric, so that one selector works for both ("Prometheus and OpenMetrics Compatibility" of the
 * OpenTelemetry specification; where it leaves a choice, what Prometheus does): words joined by underscores, then the unit if the name does not have it
 * yet, then {@code total} for a counter.
 */
final class MetricName {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("1", ""),
            Map.entry("%", "percent"),
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"));
    private static final Map<String, String> PER =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");
    private static final String TOTAL = "total";

    private MetricName() {}

    /** The name of a counter. */
    static String counter(String name, String unit) {
        List<String> words = withUnit(name, unit);
        words.removeIf(TOTAL::equals);
        words.add(TOTAL);
        return joined(words);
    }

    /** The name of a histogram, without {@code _bucket} or {@code _count}. */
    static String histogram(String name, String unit) {
        return joined(withUnit(name, unit));
    }

    private static List<String> withUnit(String name, String unit) {
        List<String> words = words(name);
        String[] parts = unit.replaceAll("\\{[^}]*}", "").strip().split("/", 2);
        String main = joined(words(UNITS.getOrDefault(parts[0].strip(), parts[0])));
        if (!main.isEmpty() && !words.contains(main)) {
            words.add(main);
        }
        if (parts.length > 1) {
            String per = joined(words(PER.getOrDefault(parts[1].strip(), parts[1])));
            if (!per.isEmpty() && !words.contains(per)) {
                words.add("per");
                words.add(per);
            }
        }
        return words;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("[^a-zA-Z0-9:]+")));
        words.removeIf(String::isEmpty);
        return words;
    }

    /** A name with underscores in place of what no name of Prometheus 2 has. */
    static String joined(String name) {
        return joined(words(name));
    }

    private static String joined(List<String> words) {
        String name = String.join("_", words);
        return !name.isEmpty() && Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
