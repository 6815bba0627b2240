package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Histograms under test, written short. */
public final class Histograms {
    private Histograms() {}

    /** A pod with one classic histogram: pairs of a boundary and the requests no slower than it, then all requests. */
    public static PodHistograms classic(double... pairsAndCount) {
        return pod(buckets(pairsAndCount));
    }

    public static Histogram buckets(double... pairsAndCount) {
        TreeMap<Double, Double> buckets = new TreeMap<>();
        for (int i = 0; i + 1 < pairsAndCount.length; i += 2) {
            buckets.put(pairsAndCount[i], pairsAndCount[i + 1]);
        }
        buckets.put(Double.POSITIVE_INFINITY, pairsAndCount[pairsAndCount.length - 1]);
        return new ClassicHistogram(buckets);
    }

    /** A native histogram whose count is that of its buckets: triples of lower bound, upper bound and requests in between. */
    public static Histogram natively(double... triples) {
        List<Sample.Bucket> buckets = new ArrayList<>();
        double count = 0;
        for (int i = 0; i < triples.length; i += 3) {
            buckets.add(new Sample.Bucket(triples[i], triples[i + 1], triples[i + 2]));
            count += triples[i + 2];
        }
        return new NativeHistogram(buckets, count);
    }

    /** A native histogram with regular buckets that has observed these latencies, given as latency and requests. */
    public static Histogram observed(int schema, double... pairs) {
        Map<Double, Double> byPlace = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            double place = Math.ceil(Math.log(pairs[i]) / Math.log(2) * Math.pow(2, schema) - 1e-9);
            byPlace.merge(place, pairs[i + 1], Double::sum);
        }
        double[] triples = new double[3 * byPlace.size()];
        int at = 0;
        for (var bucket : byPlace.entrySet()) {
            triples[at++] = Math.pow(2, (bucket.getKey() - 1) * Math.pow(2, -schema));
            triples[at++] = Math.pow(2, bucket.getKey() * Math.pow(2, -schema));
            triples[at++] = bucket.getValue();
        }
        return natively(triples);
    }

    /** A pod with these histograms as series "0", "1" and so on. */
    public static PodHistograms pod(Histogram... series) {
        Map<String, Histogram> byKey = new HashMap<>();
        for (int i = 0; i < series.length; i++) {
            byKey.put(String.valueOf(i), series[i]);
        }
        return new PodHistograms(byKey);
    }

    /** A reading of one canary pod "c" and one baseline pod "b". */
    public static ObjectiveHistograms both(PodHistograms canary, PodHistograms baseline) {
        return new ObjectiveHistograms(Map.of("c", canary), Map.of("b", baseline));
    }
}
