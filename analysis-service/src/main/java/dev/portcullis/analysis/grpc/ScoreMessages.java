package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.JudgePlan;
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
import dev.portcullis.proto.analysis.v1.SloTest;
import java.util.List;
import java.util.OptionalDouble;

/** Counts to be judged, and what they amount to, as messages. A request that means nothing is an {@link InvalidPlanException} naming the field. */
final class ScoreMessages {
    private static final double DEFAULT_CLUSTER = 1;

    private ScoreMessages() {}

    static JudgePlan plan(ScoreCountsRequest request) {
        if (!request.hasSlo() && !request.hasBaseline()) {
            throw new InvalidPlanException("slo", "missing", "given, or baseline must be");
        }
        var objective = new ObjectivePlan(
                "counts",
                1,
                ObjectivePlan.HALF,
                ScoreWindows.cuts(request),
                request.hasSlo() ? slo(request.getSlo()) : null,
                request.hasBaseline() ? baseline(request.getBaseline()) : null);
        return new JudgePlan(
                request.getAlpha(),
                request.getBeta(),
                request.getPlannedWindows(),
                request.getMinFailWindows(),
                List.of(objective));
    }

    private static SloLimits slo(SloTest test) {
        return new SloLimits(
                test.getFailRatio(),
                test.hasPassRatio() ? OptionalDouble.of(test.getPassRatio()) : OptionalDouble.empty(),
                form("slo.fail_form", test.getFailForm(), Form.VOTE),
                form("slo.pass_form", test.getPassForm(), Form.COUNT),
                clusterSize(test.getClusterSize()));
    }

    private static BaselineLimits baseline(BaselineTest test) {
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

    static ScoreCountsResponse response(Score score) {
        var message = ScoreCountsResponse.newBuilder();
        score.steps().forEach(step -> message.addSteps(step(step)));
        score.ratio().ifPresent(bounds -> message.setRatio(bounds(bounds)));
        score.relative().ifPresent(bounds -> message.setRelative(bounds(bounds)));
        return message.build();
    }

    private static ScoredWindow step(Judgement judgement) {
        var objective = judgement.objectives().getFirst();
        var message = ScoredWindow.newBuilder()
                .setFailEvidence(judgement.failEvidence())
                .setVerdict(AnalysisMessages.verdict(judgement.firstDecision()));
        TestEvidence slo = objective.slo();
        if (slo != null) {
            message.setSloFailEvidence(slo.fail());
            slo.pass().ifPresent(message::setSloPassEvidence);
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

    private static Bounds bounds(dev.portcullis.analysis.stats.Bounds bounds) {
        var message = Bounds.newBuilder();
        bounds.lower().ifPresent(message::setLower);
        bounds.upper().ifPresent(message::setUpper);
        return message.build();
    }
}
