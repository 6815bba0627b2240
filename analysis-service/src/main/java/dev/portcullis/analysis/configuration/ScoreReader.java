package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.mannwhitney.InvalidScorePlanException;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what a policy tells the Mann-Whitney judge, section {@code analysis.mannWhitney}; what it leaves out has its default. */
final class ScoreReader {
    private static final int MOST_LOOKS = 20;
    private static final int MOST_WINDOWS = 100_000;
    private static final String MIN_WINDOWS = "minWindows";
    private static final String LOOKS = "looks";
    private static final String GROUP_WEIGHTS = "groupWeights";

    private final YamlMapping section;
    private final AnalysisTiming timing;

    private ScoreReader(YamlMapping section, AnalysisTiming timing) {
        this.section = section;
        this.timing = timing;
    }

    /** The settings with the score; as they are when nothing can be made of it. */
    static AnalysisSettings read(YamlMapping analysis, AnalysisSettings settings, List<Objective> objectives) {
        YamlMapping section = analysis.optionalMapping(JudgeChoice.SECTION);
        return new ScoreReader(section, settings.timing())
                .read(objectives)
                .map(score -> settings.withScore(score).withLimits(comparable(settings.limits(), objectives)))
                .orElse(settings);
    }

    private Optional<ScoreSettings> read(List<Objective> objectives) {
        List<MetricPlan> metrics = metrics(objectives);
        double pass = section.number("passScore", ScorePlan.DEFAULT_PASS_SCORE, 0, true, 100, true);
        double marginal = section.number("marginalScore", ScorePlan.DEFAULT_MARGINAL_SCORE, 0, true, 100, true);
        double tolerance = section.number("tolerance", ScorePlan.DEFAULT_TOLERANCE, 0, true, 1, true);
        double confidence = section.number("confidence", ScorePlan.DEFAULT_CONFIDENCE, 0.5, true, 0.9999, true);
        int minWindows = section.wholeNumber(MIN_WINDOWS, ScorePlan.DEFAULT_MIN_WINDOWS, 1, MOST_WINDOWS);
        Map<String, Double> weights = groupWeights();
        List<Duration> looks = looks(minWindows);
        section.rejectUnknown();
        try {
            ScorePlan plan = new ScorePlan(tolerance, confidence, minWindows, pass, marginal, weights, metrics);
            return Optional.of(new ScoreSettings(plan, looks));
        } catch (InvalidScorePlanException e) {
            String key = key(e);
            String said = String.valueOf(e.getMessage()).substring(e.field().length());
            section.fault(key, section.path(key) + said.replace(", must be ", "; legal: "));
            return Optional.empty();
        }
    }

    /** Fields of a plan are snake_case, keys of a policy camelCase; of a nested one the outer key is there. */
    private static String key(InvalidScorePlanException e) {
        StringBuilder key = new StringBuilder();
        for (String word : e.field().split("\\.", 2)[0].split("_")) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }

    private List<MetricPlan> metrics(List<Objective> objectives) {
        YamlMapping metrics = section.optionalMapping("metrics").named("slo");
        List<MetricPlan> read = objectives.stream()
                .map(objective -> MetricReader.read(metrics.optionalMapping(objective.name()), objective))
                .toList();
        metrics.rejectUnknown();
        return read;
    }

    private Map<String, Double> groupWeights() {
        YamlMapping weights = section.optionalMapping(GROUP_WEIGHTS).named("group");
        Map<String, Double> read = new TreeMap<>();
        for (String group : weights.keys()) {
            weights.describe(group, "an equal part of what is left of 100", "");
            weights.number(group, 0, true, 100, true).ifPresent(weight -> read.put(group, weight));
        }
        return read;
    }

    /** The looks that the policy names, and the deadline. */
    private List<Duration> looks(int minWindows) {
        section.describe(LOOKS, "only the deadline", "window to below deadline, rising, at most " + (MOST_LOOKS - 1));
        List<Duration> looks = new ArrayList<>(section.durations(LOOKS, timing.window(), timing.deadline()));
        looks.add(timing.deadline());
        boolean rising = true;
        for (int i = 1; i < looks.size(); i++) {
            rising &= looks.get(i).compareTo(looks.get(i - 1)) > 0;
        }
        if (!rising || looks.size() > MOST_LOOKS) {
            section.fault(
                    LOOKS,
                    section.path(LOOKS) + " are " + looks.size() + " with the deadline" + (rising ? "" : ", not rising")
                            + "; legal: at most " + MOST_LOOKS + ", rising, each before the deadline");
            return List.of(timing.deadline());
        }
        requireWindows(looks.getFirst(), minWindows);
        return looks;
    }

    /** A look that can never see enough windows would only seem to look. */
    private void requireWindows(Duration look, int minWindows) {
        long seen = look.toMillis() / timing.window().toMillis();
        if (seen < minWindows) {
            String origin = section.has(MIN_WINDOWS) ? "" : " by default";
            section.fault(
                    MIN_WINDOWS,
                    section.path(MIN_WINDOWS) + " is " + minWindows + origin + "; legal: at most the " + seen
                            + " windows up to the first look, " + DurationText.compact(look) + " after the beginning");
        }
    }

    /**
     * The limits of the sequential tests that are shown for comparison: the defaults, where an objective leaves room for
     * them. They decide nothing here, so a low target is no reason to refuse the policy.
     */
    private static CanaryLimits comparable(CanaryLimits limits, List<Objective> objectives) {
        double budget =
                objectives.stream().mapToDouble(o -> 1 - o.target()).max().orElse(0);
        double most = LimitCheck.LARGEST_RATIO / budget;
        return new CanaryLimits(
                Math.min(limits.burnFail(), most),
                Math.min(limits.burnPass(), most),
                limits.failFactor(),
                limits.failMargin(),
                limits.passFactor(),
                limits.passMargin());
    }
}
