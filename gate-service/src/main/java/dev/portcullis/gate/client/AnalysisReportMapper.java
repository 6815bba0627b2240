package dev.portcullis.gate.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/** An analysis of the wire as the report that the gate decides by. */
final class AnalysisReportMapper {
    /** Ratios are capped here: evidence grows without bound, and a JSON number should stay readable and finite. */
    private static final double MAX_RATIO = 1e12;

    /** exp(ln 100) is a hair below 100; twelve digits show what was meant. */
    private static final MathContext SHOWN = new MathContext(12);

    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private AnalysisReportMapper() {}

    /** @throws IllegalArgumentException when it holds a value this version does not know */
    static AnalysisReport report(Analysis analysis) {
        return new AnalysisReport(
                analysis.getName(),
                analysis.getRevision(),
                state(analysis),
                judge(analysis),
                verdict(analysis),
                measuring(analysis),
                PlainText.of(analysis.getMeasuringDetail()),
                new AnalysisProgress(analysis.getWindowCount(), ProtoTimes.instant(analysis.getUpdateTime())),
                ProtoTimes.instant(analysis.getDeadlineTime()),
                culprits(analysis),
                FailingObjectives.of(analysis),
                analysis.hasShortage(),
                traffic(analysis),
                figures(analysis),
                PlainText.of(analysis.getExplanation()),
                () -> json(analysis));
    }

    private static AnalysisState state(Analysis analysis) {
        return switch (analysis.getState()) {
            case RUNNING -> AnalysisState.RUNNING;
            case CONCLUDED -> AnalysisState.CONCLUDED;
            case CANCELLED -> AnalysisState.CANCELLED;
            default -> throw unknown("state", analysis.getState());
        };
    }

    private static Judge judge(Analysis analysis) {
        return switch (analysis.getPlan().getJudge()) {
            // Said by an analysis-service that has no other.
            case JUDGE_UNSPECIFIED, SEQUENTIAL -> Judge.SEQUENTIAL;
            case MANN_WHITNEY -> Judge.MANN_WHITNEY;
            default -> throw unknown("judge", analysis.getPlan().getJudge());
        };
    }

    private static Verdict verdict(Analysis analysis) {
        return switch (analysis.getVerdict()) {
            case PASS -> Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case CONTINUE -> Verdict.CONTINUE;
            case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
            default -> throw unknown("verdict", analysis.getVerdict());
        };
    }

    private static dev.portcullis.gate.analysis.MeasuringState measuring(Analysis analysis) {
        return switch (analysis.getMeasuring()) {
            case MEASURING -> dev.portcullis.gate.analysis.MeasuringState.MEASURING;
            case NO_DATA -> dev.portcullis.gate.analysis.MeasuringState.NO_DATA;
            case UNREACHABLE -> dev.portcullis.gate.analysis.MeasuringState.UNREACHABLE;
            default -> throw unknown("measuring", analysis.getMeasuring());
        };
    }

    private static IllegalArgumentException unknown(String field, Enum<?> value) {
        return new IllegalArgumentException("its " + field + " is " + value + ", which this version does not know");
    }

    private static Set<TestKind> culprits(Analysis analysis) {
        var kinds = EnumSet.noneOf(TestKind.class);
        for (var objective : analysis.getObjectivesList()) {
            if (objective.getSloTest().getCulprit()) {
                kinds.add(TestKind.SLO);
            }
            if (objective.getBaselineTest().getCulprit()) {
                kinds.add(TestKind.BASELINE);
            }
        }
        return kinds;
    }

    private static CanaryTraffic traffic(Analysis analysis) {
        var served = analysis.getObjectivesList().stream()
                .anyMatch(objective -> objective.getCounts().getCanary().getTotal() > 0);
        // While the source does not answer nobody knows whether the canary is silent.
        var measured = served && analysis.hasLastRequestTime() && analysis.getMeasuring() != MeasuringState.UNREACHABLE;
        return new CanaryTraffic(served, measured ? silence(analysis) : Duration.ZERO);
    }

    private static Duration silence(Analysis analysis) {
        return Duration.between(
                ProtoTimes.instant(analysis.getLastRequestTime()), ProtoTimes.instant(analysis.getUpdateTime()));
    }

    private static Figures figures(Analysis analysis) {
        var objectives = analysis.getObjectivesList().stream()
                .map(AnalysisReportMapper::objective)
                .toList();
        return Figures.about(subject(analysis), ratios(analysis.getEvidence()), objectives);
    }

    /** An analysis-service that does not tell speaks first of the objective that burns fastest, more often than not. */
    private static String subject(Analysis analysis) {
        return analysis.getExplainedSlo().isEmpty()
                ? analysis.getObjectivesList().stream()
                        .max(Comparator.comparingDouble(ObjectiveResult::getCanaryBurnRate))
                        .map(ObjectiveResult::getSlo)
                        .orElse("")
                : analysis.getExplainedSlo();
    }

    private static ObjectiveFigures objective(ObjectiveResult objective) {
        var canary = objective.getCounts().getCanary();
        var baseline = objective.getCounts().getBaseline();
        return new ObjectiveFigures(
                objective.getSlo(),
                new Figures.Arms(finite(canary.getTotal()), finite(baseline.getTotal())),
                new Figures.Arms(finite(canary.getBad()), finite(baseline.getBad())),
                successRate(objective),
                burnRate(objective));
    }

    private static Figures.Arms successRate(ObjectiveResult objective) {
        var counts = objective.getCounts();
        return new Figures.Arms(successRate(counts.getCanary()), successRate(counts.getBaseline()));
    }

    private static double successRate(Counts counts) {
        return counts.getTotal() > 0 ? finite(1 - counts.getBad() / counts.getTotal()) : -1;
    }

    private static Figures.Arms burnRate(ObjectiveResult objective) {
        var counts = objective.getCounts();
        return new Figures.Arms(
                counts.getCanary().getTotal() > 0 ? finite(objective.getCanaryBurnRate()) : -1,
                counts.getBaseline().getTotal() > 0 ? finite(objective.getBaselineBurnRate()) : -1);
    }

    private static double finite(double value) {
        return Double.isNaN(value) ? -1 : Math.min(value, MAX_RATIO);
    }

    private static Figures.Ratios ratios(Evidence evidence) {
        return new Figures.Ratios(
                ratio(evidence.getFail()),
                ratio(evidence.getPass()),
                ratio(evidence.getFailThreshold()),
                ratio(evidence.getPassThreshold()));
    }

    private static double ratio(double logarithm) {
        if (Double.isNaN(logarithm)) {
            return 1;
        }
        var ratio = Math.min(Math.exp(logarithm), MAX_RATIO);
        return BigDecimal.valueOf(ratio).round(SHOWN).doubleValue();
    }

    private static String json(Analysis analysis) {
        try {
            return JSON.print(analysis);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(analysis.getName() + " cannot be written as JSON", e);
        }
    }
}
