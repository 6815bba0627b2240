package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.proto.analysis.v1.BoundaryCounts;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoredObjective;
import dev.portcullis.proto.analysis.v1.ScoredTests;
import dev.portcullis.proto.analysis.v1.ScoredWindow;
import java.util.List;
import java.util.stream.IntStream;

/** Several objectives to be judged together. What means nothing is an {@link InvalidPlanException} naming the field. */
final class ScoreObjectives {
    private ScoreObjectives() {}

    /** @param request with at least one of {@code objectives} */
    static List<ObjectivePlan> plans(ScoreCountsRequest request) {
        requireNothingBeside(request);
        return IntStream.range(0, request.getObjectivesCount())
                .mapToObj(i -> plan("objectives[" + i + "]", request, request.getObjectives(i)))
                .toList();
    }

    private static void requireNothingBeside(ScoreCountsRequest request) {
        if (request.hasSlo()
                || request.hasBaseline()
                || request.getWindowsCount() > 0
                || request.getHistogramWindowsCount() > 0
                || request.getSloBoundary() != 0) {
            throw new InvalidPlanException(
                    "objectives", "given", "absent beside slo, baseline, windows, histogram_windows and slo_boundary");
        }
    }

    private static ObjectivePlan plan(String path, ScoreCountsRequest request, ScoredObjective objective) {
        try {
            var plan = new ObjectivePlan(
                    RequestFields.name(path + ".name", objective.getName()),
                    objective.getWeight(),
                    ScoreMapper.sloShare(request),
                    cuts(objective),
                    objective.hasSlo() ? ScoreMapper.slo(objective.getSlo()) : null,
                    objective.hasBaseline() ? ScoreMapper.baseline(objective.getBaseline()) : null);
            return ScoreMapper.isUnlessShared(request) ? plan.failingUnlessShared() : plan;
        } catch (InvalidPlanException e) {
            throw InvalidPlanException.at(path, e);
        }
    }

    private static Cuts cuts(ScoredObjective objective) {
        var compared = objective.getComparedBoundariesList();
        var number = boundaries(objective);
        return new Cuts(
                number,
                objective.getSloFailBoundary(),
                objective.getSloPassBoundary(),
                compared.isEmpty() ? IntStream.range(0, number).boxed().toList() : compared);
    }

    /** Boundaries of the first window that counted anything; 1 of an objective that is no latency, or counted nothing. */
    private static int boundaries(ScoredObjective objective) {
        return objective.getBoundaryWindowsList().stream()
                .mapToInt(BoundaryCounts::getCountsCount)
                .filter(number -> number > 0)
                .findFirst()
                .orElse(1);
    }

    /** The windows of each objective; all have as many. */
    static List<List<Observation>> windows(ScoreCountsRequest request) {
        var expected = number(request.getObjectives(0));
        return IntStream.range(0, request.getObjectivesCount())
                .mapToObj(i -> windows("objectives[" + i + "]", request.getObjectives(i), expected))
                .toList();
    }

    private static int number(ScoredObjective objective) {
        return Math.max(objective.getWindowsCount(), objective.getBoundaryWindowsCount());
    }

    private static List<Observation> windows(String path, ScoredObjective objective, int expected) {
        var latency = objective.getBoundaryWindowsCount() > 0;
        var field = path + (latency ? ".boundary_windows" : ".windows");
        if (latency && objective.getWindowsCount() > 0) {
            throw new InvalidPlanException(field, "given", "absent beside windows");
        }
        ScoreWindows.requireNumber(field, number(objective));
        if (number(objective) != expected) {
            throw new InvalidPlanException(
                    field, number(objective) + " windows", expected + ", as the first objective has");
        }
        return latency ? latencies(field, objective) : ScoreWindows.counts(field, objective.getWindowsList());
    }

    private static List<Observation> latencies(String field, ScoredObjective objective) {
        var boundaries = boundaries(objective);
        return IntStream.range(0, objective.getBoundaryWindowsCount())
                .mapToObj(i -> latency(field + "[" + i + "]", objective.getBoundaryWindows(i), boundaries))
                .toList();
    }

    private static Observation latency(String path, BoundaryCounts window, int boundaries) {
        var counts = window.getCountsList();
        if (counts.isEmpty()) {
            return Observation.nothing(boundaries);
        }
        // As many as the plan has: the judge refuses others, naming the window.
        return new Observation(IntStream.range(0, counts.size())
                .mapToObj(j -> ScoreWindows.window(path + ".counts[" + j + "]", counts.get(j)))
                .toList());
    }

    static ScoredWindow step(Judgement judgement) {
        var message = ScoreMapper.combined(judgement);
        judgement.objectives().stream().map(ScoreObjectives::tests).forEach(message::addObjectives);
        return message.build();
    }

    private static ScoredTests tests(ObjectiveEvidence evidence) {
        var message = ScoredTests.newBuilder().setName(evidence.name()).setWeight(evidence.weight());
        if (evidence.slo() != null) {
            message.setSloTest(ObjectiveMapper.test(evidence.slo()));
        }
        var comparison = evidence.baseline();
        if (comparison != null) {
            message.setBaselineTest(ObjectiveMapper.test(comparison));
            if (comparison.failByCut().size() > 1) {
                message.addAllBoundaryFailEvidence(comparison.failByCut());
            }
        }
        return message.build();
    }
}
