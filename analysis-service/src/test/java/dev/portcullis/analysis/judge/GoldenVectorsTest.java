package dev.portcullis.analysis.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import dev.portcullis.analysis.stats.LogSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Runs every golden vector by its configuration, whatever its id: those on the class path, or those of the file named by
 * the system property {@code vectors}.
 */
class GoldenVectorsTest {
    private static final Set<String> CHECKED = Set.of(
            "logEFail",
            "logEPass",
            "verdict",
            "bounds",
            "logEFailPerBoundary",
            "logEFailMembers",
            "logEFailCombined",
            // Counter folding is another package's; its result is what the evidence here starts from.
            "increments");

    @TestFactory
    Stream<DynamicTest> everyVectorIsReproduced() throws IOException {
        JsonNode vectors = read().get("vectors");
        assertTrue(vectors.size() > 0, "no vectors");
        return vectors.valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("id").asText(), check(v)));
    }

    private static JsonNode read() throws IOException {
        String file = System.getProperty("vectors");
        try (InputStream in = file == null
                ? Objects.requireNonNull(GoldenVectorsTest.class.getResourceAsStream("/vectors.json"))
                : Files.newInputStream(Path.of(file))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static Executable check(JsonNode vector) {
        vector.get("expect")
                .fieldNames()
                .forEachRemaining(name -> assertTrue(
                        CHECKED.contains(name),
                        () -> vector.get("id") + " expects " + name + ", which is not checked"));
        if (vector.has("buckets")) {
            return () -> checkBuckets(vector);
        }
        return vector.get("config").has("members") ? () -> checkMembers(vector) : () -> checkTest(vector);
    }

    private static void checkTest(JsonNode vector) {
        JsonNode expect = vector.get("expect");
        VectorConfig config = new VectorConfig(vector.get("config"));
        List<JsonNode> polls = list(vector.has("polls") ? vector.get("polls") : expect.get("increments"));
        List<VectorConfig.Step> steps = config.steps(polls);
        assertSeries(
                "logEFail",
                expect.get("logEFail"),
                steps.stream().map(VectorConfig.Step::fail).toList());
        if (expect.has("logEPass")) {
            assertSeries(
                    "logEPass",
                    expect.get("logEPass"),
                    steps.stream().map(VectorConfig.Step::pass).toList());
        }
        assertVerdicts(expect, steps.stream().map(VectorConfig.Step::verdict).toList());
        for (JsonNode bounds : list(expect.path("bounds"))) {
            checkBounds(
                    config,
                    bounds,
                    config.bounds(polls.subList(0, bounds.get("afterPoll").asInt())));
        }
    }

    private static void checkBounds(VectorConfig config, JsonNode expected, ConfidenceInterval actual) {
        String at = " after " + expected.get("afterPoll");
        double none = config.slo() ? 1 : Double.POSITIVE_INFINITY;
        assertBound("lower" + at, expected.path("lower"), actual.lower().orElse(0), 0);
        assertBound("upper" + at, expected.path("upper"), actual.upper().orElse(none), none);
    }

    private static void assertBound(String what, JsonNode expected, double actual, double none) {
        assertNear(what, expected.isValueNode() && !expected.isNull() ? number(expected) : none, actual);
    }

    private static void checkMembers(JsonNode vector) {
        JsonNode expect = vector.get("expect");
        List<JsonNode> polls = list(vector.get("polls"));
        List<VectorConfig> members = new ArrayList<>();
        List<ObjectivePlan> objectives = new ArrayList<>();
        List<List<VectorConfig.Step>> steps = new ArrayList<>();
        for (JsonNode member : list(vector.get("config").get("members"))) {
            VectorConfig config = new VectorConfig(member.get("config"));
            members.add(config);
            objectives.add(config.objective(number(member.get("weight"))));
            steps.add(config.steps(polls));
            List<Double> evidence =
                    steps.getLast().stream().map(VectorConfig.Step::fail).toList();
            assertSeries("member", expect.get("logEFailMembers").get(members.size() - 1), evidence);
        }
        VectorConfig first = members.getFirst();
        assertTrue(members.stream().allMatch(m -> m.planned() == first.planned()), "one plan, one number of windows");
        JudgePlan plan =
                new JudgePlan(number(vector.get("config").get("alpha")), first.beta(), first.planned(), 1, objectives);
        List<JudgeWindow> windows = polls.stream()
                .map(p -> new JudgeWindow(
                        members.stream().map(m -> Observation.of(m.counts(p))).toList(), true))
                .toList();
        List<Judgement> judgements = new SequentialJudge(plan).judgeEach(windows);
        assertSeries(
                "judge",
                expect.get("logEFailCombined"),
                judgements.stream().map(Judgement::failEvidence).toList());
        assertSeries("weighted mean", expect.get("logEFailCombined"), weightedMeans(objectives, steps));
        assertVerdicts(expect, judgements.stream().map(Judgement::firstDecision).toList());
    }

    private static List<Double> weightedMeans(List<ObjectivePlan> objectives, List<List<VectorConfig.Step>> steps) {
        double[] weights =
                objectives.stream().mapToDouble(ObjectivePlan::weight).toArray();
        return IntStream.range(0, steps.getFirst().size())
                .mapToObj(t -> LogSpace.weightedMean(
                        weights,
                        steps.stream().mapToDouble(s -> s.get(t).fail()).toArray()))
                .toList();
    }

    private static void checkBuckets(JsonNode vector) {
        JsonNode expect = vector.get("expect");
        VectorConfig config = new VectorConfig(vector.get("config"));
        List<JudgeWindow> windows = list(vector.get("polls")).stream()
                .map(p -> new JudgeWindow(List.of(slower(p)), true))
                .toList();
        int boundaries = windows.getFirst().observations().getFirst().cuts().size();
        assertEquals(boundaries, expect.get("logEFailPerBoundary").size());
        List<Judgement> judgements = new SequentialJudge(config.comparingAll(boundaries)).judgeEach(windows);
        assertSeries(
                "logEFailCombined",
                expect.get("logEFailCombined"),
                judgements.stream().map(Judgement::failEvidence).toList());
        List<List<Double>> byBoundary = judgements.stream()
                .map(j -> Objects.requireNonNull(j.objectives().getFirst().baseline())
                        .failByCut())
                .toList();
        for (int j = 0; j < boundaries; j++) {
            int boundary = j;
            String name = vector.get("buckets").get(j).asText();
            assertSeries(
                    "boundary " + name,
                    expect.get("logEFailPerBoundary").get(name),
                    byBoundary.stream().map(e -> e.get(boundary)).toList());
        }
        assertVerdicts(expect, judgements.stream().map(Judgement::firstDecision).toList());
    }

    private static Observation slower(JsonNode poll) {
        return new Observation(IntStream.range(0, poll.get("canary").size() - 1)
                .mapToObj(j -> new ArmCounts(slower(poll.get("canary"), j), slower(poll.get("baseline"), j)))
                .toList());
    }

    private static Counts slower(JsonNode cumulative, int boundary) {
        double total = number(cumulative.get(cumulative.size() - 1));
        return new Counts(total - number(cumulative.get(boundary)), total);
    }

    private static void assertVerdicts(JsonNode expect, List<Verdict> actual) {
        assertEquals(
                list(expect.get("verdict")).stream().map(JsonNode::asText).toList(),
                actual.stream().map(Verdict::name).toList());
    }

    private static void assertSeries(String what, JsonNode expected, List<Double> actual) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < actual.size(); i++) {
            assertNear(what + "[" + i + "]", number(expected.get(i)), actual.get(i));
        }
    }

    private static void assertNear(String what, double expected, double actual) {
        if (expected != actual) {
            assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)), what);
        }
    }

    static double number(JsonNode node) {
        return Double.parseDouble(node.asText());
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }
}
