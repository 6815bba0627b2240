package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.OtherPods;
import dev.portcullis.proto.analysis.v1.PodCounts;
import dev.portcullis.proto.analysis.v1.SharedBreach;
import dev.portcullis.proto.analysis.v1.TestResult;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was found of each objective, as messages in the order of the policy. */
final class ObjectiveMapper {
    private static final int MOST_PODS = 20;

    private ObjectiveMapper() {}

    /** @param bounds in the order of the policy; empty for none */
    static List<ObjectiveResult> of(AnalysisRun run, List<ObjectiveBounds> bounds) {
        var objectives = run.plan().objectives().objectives();
        var evidence = run.judgement().objectives();
        return IntStream.range(0, objectives.size())
                .mapToObj(i -> result(run, objectives.get(i), evidence.get(i), bounds.isEmpty() ? null : bounds.get(i)))
                .toList();
    }

    private static ObjectiveResult result(
            AnalysisRun run, Objective objective, ObjectiveEvidence evidence, @Nullable ObjectiveBounds bounds) {
        var counts = run.counts(objective.name());
        var message = ObjectiveResult.newBuilder()
                .setSlo(objective.name())
                .setTarget(objective.target())
                .setWeight(evidence.weight())
                .setCounts(AnalysisMapper.armCounts(counts))
                .setLimits(LimitMapper.of(run, objective))
                .setCanaryBurnRate(burnRate(counts.canary(), objective))
                .setBaselineBurnRate(burnRate(counts.baseline(), objective))
                .addAllCanaryPods(pods(run, objective).stream()
                        .limit(MOST_PODS)
                        .map(ObjectiveMapper::pod)
                        .toList());
        addOthers(
                message,
                pods(run, objective).stream()
                        .skip(MOST_PODS)
                        .map(Map.Entry::getValue)
                        .toList());
        if (objective.indicator() instanceof LatencyIndicator latency) {
            message.setThreshold(latency.threshold());
            BoundaryMapper.add(message, run, objective, evidence.baseline());
        }
        if (evidence.slo() != null) {
            message.setSloTest(test(evidence.slo()));
        }
        if (evidence.baseline() != null) {
            message.setBaselineTest(test(evidence.baseline()));
        }
        if (bounds != null) {
            BoundaryMapper.addBounds(message, run, objective, evidence.baseline(), bounds);
        }
        return message.build();
    }

    static TestResult test(TestEvidence evidence) {
        var message = TestResult.newBuilder().setFail(evidence.fail()).setCulprit(evidence.culprit());
        evidence.pass().ifPresent(message::setPass);
        if (evidence.shared() != null) {
            message.setShared(shared(evidence.shared(), evidence.held()));
        }
        return message.build();
    }

    static SharedBreach shared(dev.portcullis.analysis.judge.SharedBreach shared, boolean held) {
        return SharedBreach.newBuilder()
                .setBaseline(shared.baseline())
                .setCounted(shared.counted())
                .setHeld(held)
                .build();
    }

    private static double burnRate(Counts counts, Objective objective) {
        return counts.total() == 0 ? -1 : counts.bad() / counts.total() / (1 - objective.target());
    }

    /** Most bad ones first. */
    private static List<Map.Entry<String, Counts>> pods(AnalysisRun run, Objective objective) {
        var pods = run.measurement().totals().canaryPods().getOrDefault(objective.name(), Map.of());
        return pods.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Counts>>comparingDouble(
                                pod -> -pod.getValue().bad())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static PodCounts pod(Map.Entry<String, Counts> pod) {
        return PodCounts.newBuilder()
                .setPod(PlainText.of(pod.getKey()))
                .setCounts(AnalysisMapper.counts(pod.getValue()))
                .build();
    }

    private static void addOthers(ObjectiveResult.Builder message, List<Counts> others) {
        if (!others.isEmpty()) {
            message.setOtherCanaryPods(OtherPods.newBuilder()
                    .setServing(
                            (int) others.stream().filter(pod -> pod.total() > 0).count())
                    .setFailing(
                            (int) others.stream().filter(pod -> pod.bad() > 0).count())
                    .setCounts(AnalysisMapper.counts(new Counts(
                            others.stream().mapToDouble(Counts::bad).sum(),
                            others.stream().mapToDouble(Counts::total).sum()))));
        }
    }
}
