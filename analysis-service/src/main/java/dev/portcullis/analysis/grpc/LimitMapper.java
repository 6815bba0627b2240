package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.JudgePlans;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;

/** What an objective is held against, as a message. */
final class LimitMapper {
    private LimitMapper() {}

    static ObjectiveLimits of(AnalysisRun run, Objective objective) {
        SloLimits slo = JudgePlans.slo(objective, run.plan().settings());
        var message = ObjectiveLimits.newBuilder()
                .setWeight(objective.severity().weight())
                .setSloFailRatio(slo.failRatio());
        slo.passRatio().ifPresent(message::setSloPassRatio);
        if (run.plan().arms().baseline() != null) {
            add(message, JudgePlans.baseline(objective, run.plan().settings()));
        }
        return message.build();
    }

    private static void add(ObjectiveLimits.Builder message, BaselineLimits limits) {
        message.setBaselineFailFactor(limits.failFactor())
                .setBaselineFailMargin(limits.failMargin())
                .setBaselinePassMargin(limits.passMargin());
        limits.passFactor().ifPresent(message::setBaselinePassFactor);
    }
}
