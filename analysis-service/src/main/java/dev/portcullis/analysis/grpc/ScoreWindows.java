package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.InvalidCountsException;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.proto.analysis.v1.HistogramWindow;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import java.util.List;
import java.util.stream.IntStream;

/** Windows to be judged, of counts or of latencies. What means nothing is an {@link InvalidPlanException} naming the field. */
final class ScoreWindows {
    static final int MOST_WINDOWS = 100_000;
    private static final int MOST_BOUNDARIES = 1_000;

    private ScoreWindows() {}

    /** How the windows are cut: at every boundary of the first one. */
    static Cuts cuts(ScoreCountsRequest request) {
        if (request.getHistogramWindowsCount() == 0) {
            if (request.getSloBoundary() != 0) {
                throw new InvalidPlanException("slo_boundary", request.getSloBoundary(), "0 without histogram_windows");
            }
            return Cuts.ONE;
        }
        var boundaries = request.getHistogramWindows(0).getCanary().getCumulativeCount() - 1;
        if (boundaries < 1 || boundaries > MOST_BOUNDARIES) {
            throw new InvalidPlanException(
                    "histogram_windows[0].canary.cumulative",
                    boundaries + 1 + " counts",
                    "2 to " + (MOST_BOUNDARIES + 1));
        }
        var slo = request.getSloBoundary();
        if (slo < 0 || slo >= boundaries) {
            throw new InvalidPlanException("slo_boundary", slo, "from 0 to " + (boundaries - 1));
        }
        return new Cuts(
                boundaries, slo, slo, IntStream.range(0, boundaries).boxed().toList());
    }

    static List<Observation> of(ScoreCountsRequest request) {
        var histograms = request.getHistogramWindowsList();
        if (histograms.isEmpty()) {
            return counts(request.getWindowsList());
        }
        if (request.getWindowsCount() > 0) {
            throw new InvalidPlanException("histogram_windows", "given", "absent beside windows");
        }
        requireNumber("histogram_windows", histograms.size());
        var expected = histograms.getFirst().getCanary().getCumulativeCount();
        return IntStream.range(0, histograms.size())
                .mapToObj(i -> histogram("histogram_windows[" + i + "]", histograms.get(i), expected))
                .toList();
    }

    static void requireNumber(String field, int windows) {
        if (windows < 1 || windows > MOST_WINDOWS) {
            throw new InvalidPlanException(field, windows + " windows", "1 to " + MOST_WINDOWS);
        }
    }

    private static List<Observation> counts(List<dev.portcullis.proto.analysis.v1.ArmCounts> windows) {
        requireNumber("windows", windows.size());
        return counts("windows", windows);
    }

    static List<Observation> counts(String path, List<dev.portcullis.proto.analysis.v1.ArmCounts> windows) {
        return IntStream.range(0, windows.size())
                .mapToObj(i -> Observation.of(window(path + "[" + i + "]", windows.get(i))))
                .toList();
    }

    static ArmCounts window(String path, dev.portcullis.proto.analysis.v1.ArmCounts window) {
        if (!window.hasCanary()) {
            throw new InvalidPlanException(path + ".canary", "missing", "given");
        }
        return new ArmCounts(
                counts(path + ".canary", window.getCanary()), counts(path + ".baseline", window.getBaseline()));
    }

    private static Counts counts(String path, dev.portcullis.proto.analysis.v1.Counts counts) {
        return counts(path, counts.getBad(), counts.getTotal());
    }

    private static Counts counts(String path, double bad, double total) {
        try {
            return new Counts(bad, total);
        } catch (InvalidCountsException e) {
            throw InvalidPlanException.at(path, e);
        }
    }

    private static Observation histogram(String path, HistogramWindow window, int expected) {
        var canary = slower(path + ".canary", window.getCanary().getCumulativeList(), expected);
        var baseline = window.hasBaseline()
                ? slower(path + ".baseline", window.getBaseline().getCumulativeList(), expected)
                : IntStream.range(1, expected).mapToObj(j -> Counts.NONE).toList();
        return new Observation(IntStream.range(0, expected - 1)
                .mapToObj(j -> new ArmCounts(canary.get(j), baseline.get(j)))
                .toList());
    }

    /** For each boundary the requests, and as bad ones those slower than it. */
    private static List<Counts> slower(String path, List<Double> cumulative, int expected) {
        if (cumulative.size() != expected) {
            throw new InvalidPlanException(
                    path + ".cumulative",
                    cumulative.size() + " counts",
                    expected + ", as in the first window's canary");
        }
        requireRising(path, cumulative);
        var total = cumulative.getLast();
        return cumulative.subList(0, expected - 1).stream()
                .map(fast -> counts(path, total - fast, total))
                .toList();
    }

    private static void requireRising(String path, List<Double> cumulative) {
        double before = 0;
        for (int j = 0; j < cumulative.size(); j++) {
            double count = cumulative.get(j);
            if (!(count >= before && count <= Counts.LARGEST)) {
                throw new InvalidPlanException(
                        path + ".cumulative[" + j + "]",
                        count,
                        "from " + before + ", the count before, to " + Counts.LARGEST);
            }
            before = count;
        }
    }
}
