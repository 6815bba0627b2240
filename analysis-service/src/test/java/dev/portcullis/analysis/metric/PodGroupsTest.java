package dev.portcullis.analysis.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.query.Arms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodGroupsTest {
    private static final List<Sample.Bucket> BUCKETS = List.of(new Sample.Bucket(0.25, 0.5, 3));

    private final PodGroups groups = new PodGroups(new Arms("hash", "new", "old"));

    @Test
    void bucketsOfOneHistogramAreKnownByTheirOtherLabels() {
        var read = groups.histograms(List.of(
                bucket("0.1", 5, "hash", "new", "pod", "a", "code", "200"),
                bucket("+Inf", 7, "hash", "new", "pod", "a", "code", "200"),
                bucket("0.1", 0, "hash", "new", "pod", "a", "code", "500"),
                bucket("+Inf", 2, "hash", "new", "pod", "a", "code", "500"),
                bucket("1e-1", 50, "hash", "old", "instance", "b:1"),
                bucket("+Inf", 60, "hash", "old", "instance", "b:1"),
                bucket("+Inf", 1, "hash", "older")));
        String name = "{__name__=\"seconds_bucket\",code=";
        assertEquals(
                Map.of(
                        "{pod=\"a\"}",
                        new PodHistograms(Map.of(
                                name + "\"200\"}", Histograms.buckets(0.1, 5, 7),
                                name + "\"500\"}", Histograms.buckets(0.1, 0, 2)))),
                read.canary());
        assertEquals(
                Map.of(
                        "{instance=\"b:1\"}",
                        new PodHistograms(Map.of("{__name__=\"seconds_bucket\"}", Histograms.buckets(0.1, 50, 60)))),
                read.baseline());
        assertEquals(List.of(), groups.faults());
    }

    @Test
    void anIntegerBoundaryIsTheSameInBothSpellingsAndCountsOnce() {
        var read = groups.histograms(List.of(
                bucket("1", 5, "hash", "new"), bucket("1.0", 5, "hash", "new"), bucket("+Inf", 9, "hash", "new")));
        assertEquals(5, histogram(read).upTo(1));
        assertEquals(List.of(), groups.faults());
    }

    @Test
    void aBucketOfTwoValuesIsAFault() {
        groups.histograms(List.of(
                bucket("1", 5, "hash", "new"), bucket("1.0", 9, "hash", "new"), bucket("+Inf", 9, "hash", "new")));
        assertEquals(
                List.of("seconds_bucket{hash=\"new\",le=\"1.0\"} was given twice, as 5 and as 9"), groups.faults());
    }

    @ParameterizedTest
    @CsvSource({
        "9, 5, 20, 'has counted 9 up to le=\"0.3\" and only 5 up to le=\"1\"'",
        "10, 10, 9, 'has counted 10 up to le=\"1\" and only 9 up to le=\"+Inf\"'"
    })
    void aBucketBelowASmallerOneIsAFaultOfEitherArm(double some, double more, double all, String why) {
        for (String hash : List.of("new", "old")) {
            groups.histograms(List.of(
                    bucket("0.3", some, "hash", hash),
                    bucket("1", more, "hash", hash),
                    bucket("+Inf", all, "hash", hash)));
            assertFaulty("seconds_bucket{} of pod {} " + why + "; mend what exports it");
        }
        assertEquals(1, groups.faults().size(), "the same line for both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Inf", "fast", "", "0.1s"})
    void aBoundaryThatIsNoNumberIsAFault(String le) {
        groups.histograms(List.of(bucket(le, 5, "hash", "new"), bucket("+Inf", 9, "hash", "new")));
        assertFaulty("le=\"" + le + "\"} is not a bucket of a histogram: its label le is '" + le
                + "', and no number such as 0.1 or +Inf");
    }

    @Test
    void aCounterIsNoBucket() {
        var read = groups.histograms(List.of(sample(5, "hash", "new")));
        assertTrue(read.withoutCanary());
        assertFaulty("seconds_bucket{hash=\"new\"} is not a bucket of a histogram: it has no label le");
    }

    @Test
    void aHistogramWithoutItsLastBucketIsAFault() {
        groups.histograms(List.of(
                bucket("0.1", 5, "hash", "new", "code", "200"),
                bucket("0.1", 5, "hash", "new", "code", "500"),
                bucket("+Inf", 5, "hash", "new", "code", "500")));
        assertEquals(List.of("seconds_bucket{code=\"200\"} of pod {} has no bucket le=\"+Inf\""), groups.faults());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e300})
    void whatIsNoCountIsAFault(double value) {
        assertTrue(
                groups.histograms(List.of(bucket("+Inf", value, "hash", "new"))).withoutCanary());
        Sample odd = new Sample(Map.of("hash", "new", "pod", "a"), 3, List.of(new Sample.Bucket(0.25, 0.5, value)));
        assertTrue(groups.histograms(List.of(odd)).withoutCanary());
        assertTrue(groups.histograms(List.of(new Sample(Map.of("hash", "new"), value, BUCKETS)))
                .withoutCanary());
        assertEquals(3, groups.faults().size());
        assertFaulty(" is " + SeriesText.value(value) + ", which is not a count of requests");
    }

    @Test
    void nativeHistogramsAreReadAsTheyAreAndOnlyOnce() {
        Sample sample = new Sample(Map.of("__name__", "seconds", "hash", "new", "pod", "a"), 3, BUCKETS);
        var read = groups.histograms(List.of(sample, sample));
        assertEquals(
                Map.of(
                        "{pod=\"a\"}",
                        new PodHistograms(Map.of("{__name__=\"seconds\"}", new NativeHistogram(BUCKETS, 3)))),
                read.canary());
        assertEquals(List.of(), groups.faults());
    }

    @Test
    void aNativeHistogramIsNoCounter() {
        Sample sample = new Sample(Map.of("__name__", "seconds", "hash", "new"), 3, BUCKETS);
        assertTrue(
                groups.counters(RatioNumerator.BAD, List.of(), List.of(sample)).withoutCanary());
        assertFaulty("seconds{hash=\"new\"} is a native histogram, and a counter was asked for");
    }

    private void assertFaulty(String... parts) {
        for (String part : parts) {
            assertTrue(groups.faults().stream().anyMatch(fault -> fault.contains(part)), groups.faults()::toString);
        }
    }

    private static Histogram histogram(ObjectiveHistograms read) {
        return read.canary().get("{}").series().values().iterator().next();
    }

    private static Sample bucket(String le, double value, String... labels) {
        Map<String, String> all = new HashMap<>(sample(value, labels).labels());
        all.put("le", le);
        return new Sample(all, value);
    }

    private static Sample sample(double value, String... labels) {
        Map<String, String> all = new HashMap<>(Map.of("__name__", "seconds_bucket"));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return new Sample(all, value);
    }
}
