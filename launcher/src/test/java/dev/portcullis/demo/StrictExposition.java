package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A strict reader of the Prometheus text format: each sample belongs to a family that was declared before it. */
final class StrictExposition {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([a-z_]+=\"[^\"\\\\]*\"(,[a-z_]+=\"[^\"\\\\]*\")*)} (\\S+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (counter|histogram)");

    private StrictExposition() {}

    static Map<String, Double> samples(String text) {
        assertTrue(text.endsWith("\n"), "the last line ends");
        Map<String, Double> samples = new LinkedHashMap<>();
        var family = "";
        for (var line : text.split("\n")) {
            var type = TYPE.matcher(line);
            if (type.matches()) {
                family = type.group(1);
            } else if (!line.startsWith("# HELP ")) {
                var sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                assertTrue(sample.group(1).matches(family + "(_bucket|_sum|_count)?"), line + " in family " + family);
                var before =
                        samples.put(sample.group(1) + "{" + sample.group(2) + "}", Double.parseDouble(sample.group(4)));
                assertTrue(before == null, "twice: " + line);
            }
        }
        return samples;
    }
}
