package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.Bounds;
import dev.portcullis.proto.analysis.v1.HistogramCounts;
import dev.portcullis.proto.analysis.v1.HistogramWindow;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoredWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every golden vector through ScoreCounts of a running service: those on the class path, or those of the file named by the system property
 * {@code vectors}. What a vector asks beyond one call (averages of several tests, sides with different cluster sizes) is put together here from the answers.
 */
final class ScoreCountsVectorsIT {
    private static AnalysisFixture fixture;

    @BeforeAll
    static void open(@TempDir Path folder) {
        fixture = new AnalysisFixture(folder);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @TestFactory
    Stream<DynamicTest> everyVectorIsReproduced() throws IOException {
        var vectors = read().get("vectors");
        assertTrue(vectors.size() > 0, "no vectors");
        return list(vectors).stream()
                .map(v -> DynamicTest.dynamicTest(v.get("id").asText(), () -> check(v)));
    }

    private static JsonNode read() throws IOException {
        var file = System.getProperty("vectors");
        try (InputStream in = file == null
                ? Objects.requireNonNull(ScoreCountsVectorsIT.class.getResourceAsStream("/vectors.json"))
                : Files.newInputStream(Path.of(file))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static void check(JsonNode vector) {
        if (vector.has("buckets")) {
            checkBuckets(vector);
        } else if (vector.get("config").has("members")) {
            checkMembers(vector);
        } else {
            checkTest(vector);
        }
    }

    private static void checkTest(JsonNode vector) {
        var expect = vector.get("expect");
        var requests = new VectorRequests(vector.get("config"));
        var windows = requests.windows(list(vector.has("polls") ? vector.get("polls") : expect.get("increments")));
        if (requests.sidesAgree()) {
            var steps = steps(requests, windows);
            assertSeries("FAIL", expect.get("logEFail"), fails(requests, steps));
            if (requests.hasPass()) {
                assertSeries("PASS", expect.get("logEPass"), passes(requests, steps));
            }
            assertVerdicts(
                    expect, steps.stream().map(s -> s.getFirstDecision().name()).toList());
        } else {
            var fail = fails(requests, score(requests.failSide(windows)));
            var pass = passes(requests, score(requests.passSide(windows)));
            assertSeries("FAIL", expect.get("logEFail"), fail);
            assertSeries("PASS", expect.get("logEPass"), pass);
            assertVerdicts(expect, verdicts(vector.get("config"), fail, pass));
        }
        for (var bounds : list(expect.path("bounds"))) {
            checkBounds(requests, windows, bounds);
        }
    }

    private static void checkBounds(VectorRequests requests, List<ArmCounts> windows, JsonNode expected) {
        var some = windows.subList(0, expected.get("afterPoll").asInt());
        var lower = bounds(requests, some, true);
        var upper = bounds(requests, some, false);
        assertBound("lower", expected.path("lower"), lower.hasLower(), lower.getLower());
        assertBound("upper", expected.path("upper"), upper.hasUpper(), upper.getUpper());
    }

    private static Bounds bounds(VectorRequests requests, List<ArmCounts> windows, boolean fail) {
        var request = requests.sidesAgree()
                ? requests.both(windows)
                : fail ? requests.failSide(windows) : requests.passSide(windows);
        var answer = fixture.stub.scoreCounts(request);
        assertEquals(requests.slo(), answer.hasRatio());
        return requests.slo() ? answer.getRatio() : answer.getRelative();
    }

    private static void assertBound(String what, JsonNode expected, boolean present, double actual) {
        var given = expected.isValueNode() && !expected.isNull() && Double.isFinite(VectorRequests.number(expected));
        var trivial = given && "lower".equals(what) && VectorRequests.number(expected) == 0;
        if (!given || (trivial && !present)) {
            assertTrue(!present, what + " bound where there is none: " + actual);
            return;
        }
        assertTrue(present, "no " + what + " bound");
        assertNear(what, VectorRequests.number(expected), actual);
    }

    private static void checkMembers(JsonNode vector) {
        var expect = vector.get("expect");
        var polls = list(vector.get("polls"));
        List<Double> weights = new ArrayList<>();
        List<List<Double>> members = new ArrayList<>();
        for (var member : list(vector.get("config").get("members"))) {
            var requests = new VectorRequests(member.get("config"));
            var fail = fails(requests, score(requests.failSide(requests.windows(polls))));
            assertSeries("member", expect.get("logEFailMembers").get(members.size()), fail);
            weights.add(VectorRequests.number(member.get("weight")));
            members.add(fail);
        }
        var combined = average(weights, members);
        assertSeries("combined", expect.get("logEFailCombined"), combined);
        assertVerdicts(expect, verdicts(vector.get("config"), combined, List.of()));
    }

    private static void checkBuckets(JsonNode vector) {
        var expect = vector.get("expect");
        var requests = new VectorRequests(vector.get("config"));
        var answer = fixture.stub.scoreCounts(requests.failSide(List.of()).toBuilder()
                .addAllHistogramWindows(list(vector.get("polls")).stream()
                        .map(p -> HistogramWindow.newBuilder()
                                .setCanary(histogram(p.get("canary")))
                                .setBaseline(histogram(p.get("baseline")))
                                .build())
                        .toList())
                .build());
        var steps = answer.getStepsList();
        assertSeries("combined", expect.get("logEFailCombined"), fails(requests, steps));
        for (var j = 0; j < vector.get("buckets").size() - 1; j++) {
            var boundary = j;
            assertSeries(
                    "boundary " + j,
                    expect.get("logEFailPerBoundary")
                            .get(vector.get("buckets").get(j).asText()),
                    steps.stream().map(s -> s.getBoundaryFailEvidence(boundary)).toList());
        }
        assertVerdicts(
                expect, steps.stream().map(s -> s.getFirstDecision().name()).toList());
    }

    private static HistogramCounts histogram(JsonNode cumulative) {
        return HistogramCounts.newBuilder()
                .addAllCumulative(
                        list(cumulative).stream().map(VectorRequests::number).toList())
                .build();
    }

    private static List<Double> average(List<Double> weights, List<List<Double>> series) {
        return IntStream.range(0, series.getFirst().size())
                .mapToObj(t -> Math.log(IntStream.range(0, series.size())
                        .mapToDouble(
                                j -> weights.get(j) * Math.exp(series.get(j).get(t)))
                        .sum()))
                .toList();
    }

    /** The vectors' rule: FAIL if logEFail >= ln(1/alpha); else PASS if logEPass >= ln(1/beta) and logEFail < ln(1/alpha)/2; latched. */
    private static List<String> verdicts(JsonNode config, List<Double> fail, List<Double> pass) {
        var failAt = -Math.log(VectorRequests.number(config.get("alpha")));
        var verdict = "CONTINUE";
        List<String> verdicts = new ArrayList<>();
        for (var t = 0; t < fail.size(); t++) {
            if (verdict.equals("CONTINUE") && fail.get(t) >= failAt) {
                verdict = "FAIL";
            } else if (verdict.equals("CONTINUE")
                    && !pass.isEmpty()
                    && pass.get(t) >= -Math.log(VectorRequests.number(config.get("beta")))
                    && fail.get(t) < failAt / 2) {
                verdict = "PASS";
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private static List<ScoredWindow> steps(VectorRequests requests, List<ArmCounts> windows) {
        return score(requests.both(windows));
    }

    private static List<ScoredWindow> score(ScoreCountsRequest request) {
        var steps = fixture.stub.scoreCounts(request).getStepsList();
        steps.forEach(step -> assertEquals(
                step.hasSloFailEvidence() ? step.getSloFailEvidence() : step.getBaselineFailEvidence(),
                step.getFailEvidence(),
                1e-12 * Math.max(1, Math.abs(step.getFailEvidence())),
                "one test alone is the combined evidence"));
        return steps;
    }

    private static List<Double> fails(VectorRequests requests, List<ScoredWindow> steps) {
        return steps.stream()
                .map(s -> requests.slo() ? s.getSloFailEvidence() : s.getBaselineFailEvidence())
                .toList();
    }

    private static List<Double> passes(VectorRequests requests, List<ScoredWindow> steps) {
        assertTrue(steps.stream().allMatch(s -> s.hasSloPassEvidence() || s.hasBaselinePassEvidence()));
        return steps.stream()
                .map(s -> requests.slo() ? s.getSloPassEvidence() : s.getBaselinePassEvidence())
                .toList();
    }

    private static void assertVerdicts(JsonNode expect, List<String> actual) {
        assertEquals(list(expect.get("verdict")).stream().map(JsonNode::asText).toList(), actual);
    }

    private static void assertSeries(String what, JsonNode expected, List<Double> actual) {
        assertEquals(expected.size(), actual.size(), what);
        for (var i = 0; i < actual.size(); i++) {
            assertNear(what + "[" + i + "]", VectorRequests.number(expected.get(i)), actual.get(i));
        }
    }

    private static void assertNear(String what, double expected, double actual) {
        assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)), what);
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }
}
