package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.usecase.ScoreCounts.Score;
import dev.portcullis.proto.analysis.v1.BaselineTest;
import dev.portcullis.proto.analysis.v1.Bounds;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoreCountsResponse;
import dev.portcullis.proto.analysis.v1.ScoredWindow;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.SloTest;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Counts to be judged, and what they amount to, as messages. A request that means nothing is an {@link InvalidPlanException} naming the field. */
final class ScoreMapper {
    private static final double DEFAULT_CLUSTER = 1;

    private ScoreMapper() {}

    static JudgePlan plan(ScoreCountsRequest request) {
        return new JudgePlan(
                request.getAlpha(),
                request.getBeta(),
                request.getPlannedWindows(),
                request.getMinFailWindows(),
                request.getObjectivesCount() > 0 ? ScoreObjectives.plans(request) : List.of(counts(request)));
    }

    private static ObjectivePlan counts(ScoreCountsRequest request) {
        if (!request.hasSlo() && !request.hasBaseline()) {
            throw new InvalidPlanException("slo", "missing", "given, or baseline must be");
        }
        var plan = new ObjectivePlan(
                "counts",
                1,
                sloShare(request),
                ScoreWindows.cuts(request),
                request.hasSlo() ? slo(request.getSlo()) : null,
                request.hasBaseline() ? baseline(request.getBaseline()) : null);
        return isUnlessShared(request) ? plan.failingUnlessShared() : plan;
    }

    static double sloShare(ScoreCountsRequest request) {
        return request.getSloBreach() == SloBreach.HOLDS ? 0 : ObjectivePlan.HALF;
    }

    static boolean isUnlessShared(ScoreCountsRequest request) {
        return switch (request.getSloBreach()) {
            case FAILS_UNLESS_SHARED -> true;
            case SLO_BREACH_UNSPECIFIED, FAILS, HOLDS -> false;
            case UNRECOGNIZED ->
                throw new InvalidPlanException("slo_breach", "unknown", "FAILS, HOLDS or FAILS_UNLESS_SHARED");
        };
    }

    /** The windows, objective by objective, and which of them come too early for a PASS. */
    static List<JudgeWindow> windows(ScoreCountsRequest request) {
        var objectives =
                request.getObjectivesCount() > 0 ? ScoreObjectives.windows(request) : List.of(ScoreWindows.of(request));
        var bake = request.getBakeWindows();
        if (bake < 0 || bake > ScoreWindows.MOST_WINDOWS) {
            throw new InvalidPlanException("bake_windows", bake, "from 0 to " + ScoreWindows.MOST_WINDOWS);
        }
        return IntStream.range(0, objectives.getFirst().size())
                .mapToObj(i -> new JudgeWindow(
                        objectives.stream().map(windows -> windows.get(i)).toList(), i >= bake))
                .toList();
    }

    static SloLimits slo(SloTest test) {
        return new SloLimits(
                test.getFailRatio(),
                test.hasPassRatio() ? OptionalDouble.of(test.getPassRatio()) : OptionalDouble.empty(),
                form("slo.fail_form", test.getFailForm(), Form.VOTE),
                form("slo.pass_form", test.getPassForm(), Form.COUNT),
                clusterSize(test.getClusterSize()));
    }

    static BaselineLimits baseline(BaselineTest test) {
        return new BaselineLimits(
                test.getFailFactor(),
                test.getFailMargin(),
                test.hasPassFactor() ? OptionalDouble.of(test.getPassFactor()) : OptionalDouble.empty(),
                test.getPassMargin(),
                form("baseline.fail_form", test.getFailForm(), Form.VOTE),
                form("baseline.pass_form", test.getPassForm(), Form.COUNT),
                clusterSize(test.getClusterSize()));
    }

    private static Form form(String field, dev.portcullis.proto.analysis.v1.Form form, Form byDefault) {
        return switch (form) {
            case FORM_UNSPECIFIED -> byDefault;
            case VOTE -> Form.VOTE;
            case COUNT -> Form.COUNT;
            case UNRECOGNIZED -> throw new InvalidPlanException(field, "unknown", "VOTE or COUNT");
        };
    }

    private static double clusterSize(double given) {
        return given == 0 ? DEFAULT_CLUSTER : given;
    }

    static ScoreCountsResponse response(ScoreCountsRequest request, Score score) {
        var message = ScoreCountsResponse.newBuilder();
        var several = request.getObjectivesCount() > 0;
        score.steps().forEach(step -> message.addSteps(several ? ScoreObjectives.step(step) : step(step)));
        if (!several) {
            score.ratio().ifPresent(bounds -> message.setRatio(bounds(bounds)));
            score.relative().ifPresent(bounds -> message.setRelative(bounds(bounds)));
        }
        if (request.getDeadlinePassed()) {
            atDeadline(message.getStepsBuilder(message.getStepsCount() - 1));
        }
        return message.build();
    }

    private static void atDeadline(ScoredWindow.Builder last) {
        if (last.getVerdict() == Verdict.CONTINUE) {
            last.setVerdict(Verdict.INCONCLUSIVE).setFirstDecision(Verdict.INCONCLUSIVE);
        }
    }

    static ScoredWindow.Builder combined(Judgement judgement) {
        return ScoredWindow.newBuilder()
                .setFailEvidence(judgement.failEvidence())
                .setPassEvidence(judgement.passEvidence())
                .setVerdict(AnalysisMapper.verdict(judgement.verdict()))
                .setFirstDecision(AnalysisMapper.verdict(judgement.firstDecision()));
    }

    private static ScoredWindow step(Judgement judgement) {
        var objective = judgement.objectives().getFirst();
        var message = combined(judgement);
        TestEvidence slo = objective.slo();
        if (slo != null) {
            message.setSloFailEvidence(slo.fail());
            slo.pass().ifPresent(message::setSloPassEvidence);
            if (slo.shared() != null) {
                message.setShared(ObjectiveMapper.shared(slo.shared(), slo.held()));
            }
        }
        TestEvidence baseline = objective.baseline();
        if (baseline != null) {
            message.setBaselineFailEvidence(baseline.fail());
            baseline.pass().ifPresent(message::setBaselinePassEvidence);
            if (baseline.failByCut().size() > 1) {
                message.addAllBoundaryFailEvidence(baseline.failByCut());
            }
        }
        return message.build();
    }

    private static Bounds bounds(dev.portcullis.analysis.stats.ConfidenceInterval bounds) {
        var message = Bounds.newBuilder();
        bounds.lower().ifPresent(message::setLower);
        bounds.upper().ifPresent(message::setUpper);
        return message.build();
    }
}
