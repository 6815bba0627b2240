package dev.portcullis.gate.rule.expression;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.kit.expression.Expression;
import dev.portcullis.kit.expression.ExpressionLanguage;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.expression.ValueType.Fields;
import dev.portcullis.kit.expression.ValueType.ListOf;
import dev.portcullis.kit.expression.ValueType.Named;
import dev.portcullis.kit.expression.ValueType.Plain;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What expressions know of a promotion, and the types of it. */
final class PromotionValues {
    /** The variable that changes by itself. */
    static final String NOW = "now";

    private static final String RELEASE = "release";
    private static final String ANALYSIS = "analysis";
    /** More than a policy has; bounds what an expression goes through. */
    private static final int MOST_OBJECTIVES = 100;

    private static final Fields RATES =
            new Fields("Rates", Map.of("successRate", Plain.NUMBER, "burnRate", Plain.NUMBER));
    private static final Fields COUNTS = new Fields(
            "Counts",
            Map.of(
                    "requests", Plain.NUMBER,
                    "badRequests", Plain.NUMBER,
                    "successRate", Plain.NUMBER,
                    "burnRate", Plain.NUMBER));
    private static final Fields EVIDENCE = new Fields(
            "Evidence",
            Map.of(
                    "fail", Plain.NUMBER,
                    "pass", Plain.NUMBER,
                    "failThreshold", Plain.NUMBER,
                    "passThreshold", Plain.NUMBER));
    private static final Fields OBJECTIVE =
            new Fields("Objective", Map.of("slo", Plain.TEXT, "canary", COUNTS, "baseline", COUNTS));
    private static final Fields OF_ANALYSIS = new Fields(
            "Analysis",
            Map.of(
                    "verdict",
                    Plain.TEXT,
                    "measuring",
                    Plain.TEXT,
                    "windows",
                    Plain.WHOLE_NUMBER,
                    "canary",
                    RATES,
                    "baseline",
                    RATES,
                    "evidence",
                    EVIDENCE,
                    "objectives",
                    new ListOf(OBJECTIVE)));
    private static final Fields OF_RELEASE = new Fields(
            "Release",
            Map.ofEntries(
                    Map.entry("service", Plain.TEXT),
                    Map.entry("namespace", Plain.TEXT),
                    Map.entry("rollout", Plain.TEXT),
                    Map.entry("canary", Plain.TEXT),
                    Map.entry("stable", Plain.TEXT),
                    Map.entry("revision", Plain.TEXT),
                    Map.entry("run", Plain.WHOLE_NUMBER),
                    Map.entry("artifact", Plain.TEXT),
                    Map.entry("ticket", Plain.TEXT),
                    Map.entry("author", Plain.TEXT),
                    Map.entry("labels", new Named(Plain.TEXT)),
                    Map.entry("createTime", Plain.MOMENT)));

    /** Made only where a policy has an expression, since that takes a while. */
    private static final class Language {
        private static final ExpressionLanguage ALL =
                new ExpressionLanguage(Map.of(RELEASE, OF_RELEASE, ANALYSIS, OF_ANALYSIS, NOW, Plain.MOMENT));
    }

    private PromotionValues() {}

    static ExpressionLanguage language() {
        return Language.ALL;
    }

    /** An expression that holds of nothing. */
    static Expression never() {
        try {
            return language().read("false");
        } catch (IllegalExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of the variables, {@code now} to the second. */
    static Map<String, Object> of(Promotion promotion, Release release) {
        return Map.of(
                RELEASE, release(release.start(), promotion),
                ANALYSIS, promotion.evidence().map(PromotionValues::analysis).orElseGet(PromotionValues::noAnalysis),
                NOW, promotion.moment().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Map<String, Object> release(ReleaseStart start, Promotion promotion) {
        var key = start.key();
        var details = promotion.details();
        return Map.ofEntries(
                Map.entry("service", key.service()),
                Map.entry("namespace", key.namespace()),
                Map.entry("rollout", key.rollout()),
                Map.entry("canary", key.canary()),
                Map.entry("stable", start.stable()),
                Map.entry("revision", key.revision()),
                Map.entry("run", (long) start.run()),
                Map.entry("artifact", details.artifact()),
                Map.entry("ticket", details.ticket()),
                Map.entry("author", details.author()),
                Map.entry("labels", details.labels()),
                Map.entry("createTime", start.time()));
    }

    private static Map<String, Object> noAnalysis() {
        return analysis("", "", -1, Figures.NONE);
    }

    private static Map<String, Object> analysis(Decision decision) {
        return analysis(
                decision.verdict().map(Enum::name).orElse(""),
                decision.measuring().map(Enum::name).orElse(""),
                decision.windows(),
                decision.figures());
    }

    private static Map<String, Object> analysis(String verdict, String measuring, long windows, Figures figures) {
        var ratios = figures.evidence();
        return Map.of(
                "verdict", verdict,
                "measuring", measuring,
                "windows", windows,
                "canary", rates(figures, Figures.Arms::canary),
                "baseline", rates(figures, Figures.Arms::baseline),
                "evidence",
                        Map.of(
                                "fail", ratios.fail(),
                                "pass", ratios.pass(),
                                "failThreshold", ratios.failThreshold(),
                                "passThreshold", ratios.passThreshold()),
                "objectives", objectives(figures));
    }

    private static Map<String, Object> rates(Figures figures, ToDoubleFunction<Figures.Arms> arm) {
        return Map.of(
                "successRate", arm.applyAsDouble(figures.successRate()),
                "burnRate", arm.applyAsDouble(figures.burnRate()));
    }

    private static List<Map<String, Object>> objectives(Figures figures) {
        return figures.objectives().stream()
                .limit(MOST_OBJECTIVES)
                .map(one -> Map.<String, Object>of(
                        "slo", one.slo(),
                        "canary", counts(one, Figures.Arms::canary),
                        "baseline", counts(one, Figures.Arms::baseline)))
                .toList();
    }

    private static Map<String, Object> counts(ObjectiveFigures one, ToDoubleFunction<Figures.Arms> arm) {
        return Map.of(
                "requests", arm.applyAsDouble(one.requests()),
                "badRequests", arm.applyAsDouble(one.badRequests()),
                "successRate", arm.applyAsDouble(one.successRate()),
                "burnRate", arm.applyAsDouble(one.burnRate()));
    }
}
