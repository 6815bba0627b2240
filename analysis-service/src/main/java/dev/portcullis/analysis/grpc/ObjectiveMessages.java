package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.TestResult;
import java.util.List;
import java.util.stream.IntStream;

/** What was found of each objective, as messages in the order of the policy. */
final class ObjectiveMessages {
    private ObjectiveMessages() {}

    static List<ObjectiveResult> of(AnalysisRun run) {
        var objectives = run.plan().objectives().objectives();
        var evidence = run.judgement().objectives();
        return IntStream.range(0, objectives.size())
                .mapToObj(i -> result(run, objectives.get(i), evidence.get(i)))
                .toList();
    }

    private static ObjectiveResult result(AnalysisRun run, Objective objective, ObjectiveEvidence evidence) {
        var counts = run.counts(objective.name());
        var message = ObjectiveResult.newBuilder()
                .setSlo(objective.name())
                .setTarget(objective.target())
                .setWeight(evidence.weight())
                .setCounts(AnalysisMessages.armCounts(counts))
                .setCanaryBurnRate(burnRate(counts.canary(), objective))
                .setBaselineBurnRate(burnRate(counts.baseline(), objective));
        if (evidence.slo() != null) {
            message.setSloTest(test(evidence.slo()));
        }
        if (evidence.baseline() != null) {
            message.setBaselineTest(test(evidence.baseline()));
        }
        return message.build();
    }

    private static TestResult test(TestEvidence evidence) {
        var message = TestResult.newBuilder().setFail(evidence.fail()).setCulprit(evidence.culprit());
        evidence.pass().ifPresent(message::setPass);
        return message.build();
    }

    private static double burnRate(Counts counts, Objective objective) {
        return counts.total() == 0 ? -1 : counts.bad() / counts.total() / (1 - objective.target());
    }
}
