package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Judge;
import dev.portcullis.proto.analysis.v1.MetricResult;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The objectives that a FAIL rests on. Of sequential tests those with a test that reaches the FAIL threshold alone, and those whose evidence alone would keep a PASS away (the
 * square root of the threshold): what fails beside them must not be overlooked, since a FAIL ends the measuring. Of a score those whose metrics fail. When there is none, all
 * that decide. Stateless.
 */
final class FailingObjectives {
    private FailingObjectives() {}

    /** Their severities; empty when the verdict is no FAIL. */
    static Set<Severity> of(Analysis analysis) {
        if (analysis.getVerdict() != Verdict.FAIL) {
            return Set.of();
        }
        return objectives(analysis).stream().map(FailingObjectives::severity).collect(Collectors.toUnmodifiableSet());
    }

    private static List<ObjectiveResult> objectives(Analysis analysis) {
        var failing = analysis.getPlan().getJudge() == Judge.MANN_WHITNEY
                ? byScore(analysis)
                : deciding(analysis, objective -> failsByItself(objective, analysis));
        return failing.isEmpty() ? deciding(analysis, objective -> true) : failing;
    }

    private static List<ObjectiveResult> byScore(Analysis analysis) {
        var slos = analysis.getScore().getMetricsList().stream()
                .filter(metric -> metric.getBearing() == MetricResult.Bearing.FAILING
                        || metric.getBearing() == MetricResult.Bearing.CRITICAL)
                .map(MetricResult::getSlo)
                .collect(Collectors.toSet());
        return deciding(analysis, objective -> slos.contains(objective.getSlo()));
    }

    private static List<ObjectiveResult> deciding(Analysis analysis, Predicate<ObjectiveResult> rule) {
        return analysis.getObjectivesList().stream()
                .filter(objective ->
                        !objective.hasLimits() || objective.getLimits().getWeight() > 0)
                .filter(rule)
                .toList();
    }

    private static boolean failsByItself(ObjectiveResult objective, Analysis analysis) {
        return objective.getSloTest().getCulprit()
                || objective.getBaselineTest().getCulprit()
                || evidence(objective, analysis) >= analysis.getEvidence().getFailThreshold() / 2;
    }

    /** As far as it counts towards a FAIL: a breach of the SLO that the stable version shares does not, and by some policies none does. */
    private static double evidence(ObjectiveResult objective, Analysis analysis) {
        var compared = counted(objective.getBaselineTest());
        return analysis.getPlan().getSloBreach() == SloBreach.HOLDS
                ? compared
                : Math.max(counted(objective.getSloTest()), compared);
    }

    private static double counted(TestResult test) {
        return test.hasShared() ? test.getShared().getCounted() : test.getFail();
    }

    /** A weight that this version does not know is taken for the highest, so that nothing is held by it that would be aborted. */
    private static Severity severity(ObjectiveResult objective) {
        var weight = objective.hasLimits() ? objective.getLimits().getWeight() : 0;
        if (weight == 1) {
            return Severity.MINOR;
        }
        return weight == 2 ? Severity.MAJOR : Severity.CRITICAL;
    }
}
