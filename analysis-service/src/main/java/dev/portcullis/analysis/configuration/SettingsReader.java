package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the {@code analysis} section of a policy; what it leaves out has its default. */
final class SettingsReader {
    private static final AnalysisSettings DEFAULT = AnalysisSettings.DEFAULT;
    private static final Duration SHORTEST_POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_POLL = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(30);
    private static final int MOST_WINDOWS = 100_000;
    private static final double MOST_BURN = 1e6;
    private static final double LARGEST_CLUSTER = 1e6;
    /** In place of a number: taken from the stable version's history. */
    static final String MEASURED = "measured";

    private static final List<String> BREACHES = List.of("fail-unless-shared", "fail", "hold");

    private SettingsReader() {}

    static AnalysisSettings read(YamlMapping analysis) {
        AnalysisSettings settings = new AnalysisSettings(
                timing(analysis), strictness(analysis), clusterSize(analysis), limits(analysis), null);
        JudgeChoice.check(analysis);
        analysis.rejectUnknown();
        checkTimes(analysis, settings);
        return settings;
    }

    private static AnalysisTiming timing(YamlMapping analysis) {
        AnalysisTiming usual = DEFAULT.timing();
        return new AnalysisTiming(
                analysis.duration("poll", usual.poll(), SHORTEST_POLL, LONGEST_POLL),
                analysis.durationOr(MEASURED, "window", usual.window(), SHORTEST_POLL, LONGEST_WINDOW),
                from(analysis, "window"),
                analysis.duration("deadline", usual.deadline(), SHORTEST_POLL, LONGEST_DEADLINE),
                bake(analysis, usual.bake()),
                analysis.duration("warmUp", usual.warmUp(), Duration.ZERO, LONGEST_DEADLINE));
    }

    /** A judge that passes nothing before the deadline needs none, and a policy may not name one for it. */
    private static Duration bake(YamlMapping analysis, Duration usual) {
        Duration bake = analysis.duration("bake", usual, Duration.ZERO, LONGEST_DEADLINE);
        return JudgeChoice.isMannWhitney(analysis) ? Duration.ZERO : bake;
    }

    private static Strictness strictness(YamlMapping analysis) {
        Strictness usual = DEFAULT.strictness();
        return new Strictness(
                analysis.number("alpha", usual.alpha(), 0, false, 0.5, false),
                analysis.number("beta", usual.beta(), 0, false, 0.5, false),
                analysis.wholeNumber("minFailWindows", usual.minFailWindows(), 1, MOST_WINDOWS),
                breach(analysis, usual.sloBreach()));
    }

    private static SloBreach breach(YamlMapping analysis, SloBreach usual) {
        String word = analysis.choice("sloBreach", word(usual), BREACHES);
        return Stream.of(SloBreach.values())
                .filter(breach -> word(breach).equals(word))
                .findFirst()
                .orElse(usual);
    }

    private static String word(SloBreach breach) {
        return breach.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ClusterSize clusterSize(YamlMapping analysis) {
        double usual = DEFAULT.clusterSize().requests();
        return new ClusterSize(
                analysis.numberOr(MEASURED, "clusterSize", usual, 1, true, LARGEST_CLUSTER, true),
                from(analysis, "clusterSize"));
    }

    private static Provenance from(YamlMapping analysis, String key) {
        if (analysis.isWord(key, MEASURED)) {
            return Provenance.NOT_MEASURED_YET;
        }
        return analysis.has(key) ? Provenance.POLICY : Provenance.DEFAULT;
    }

    private static void checkTimes(YamlMapping analysis, AnalysisSettings settings) {
        AnalysisTiming timing = settings.timing();
        int minFailWindows = settings.strictness().minFailWindows();
        if (timing.window().compareTo(timing.poll()) < 0) {
            fault(analysis, "window", timing.window(), "at least poll", timing.poll());
        }
        if (timing.deadline().compareTo(timing.window()) <= 0) {
            fault(analysis, "deadline", timing.deadline(), "more than window", timing.window());
            return;
        }
        if (timing.bake().compareTo(timing.deadline()) >= 0) {
            fault(analysis, "bake", timing.bake(), "less than deadline", timing.deadline());
        }
        if (timing.warmUp().compareTo(timing.deadline()) >= 0) {
            fault(analysis, "warmUp", timing.warmUp(), "less than deadline", timing.deadline());
        }
        if (timing.plannedWindows() > MOST_WINDOWS) {
            fault(analysis, "deadline", timing.deadline(), "at most " + MOST_WINDOWS + " windows long");
        } else if (minFailWindows > timing.plannedWindows()) {
            analysis.fault(
                    "minFailWindows",
                    analysis.path("minFailWindows") + " is " + minFailWindows + "; legal: at most the "
                            + timing.plannedWindows() + " windows up to the deadline");
        }
    }

    private static void fault(YamlMapping analysis, String key, Duration value, String legal, Duration limit) {
        fault(analysis, key, value, legal + ", which is " + DurationText.compact(limit));
    }

    private static void fault(YamlMapping analysis, String key, Duration value, String legal) {
        String origin = analysis.has(key) ? "" : " by default";
        analysis.fault(key, analysis.path(key) + " is " + DurationText.compact(value) + origin + "; legal: " + legal);
    }

    private static CanaryLimits limits(YamlMapping analysis) {
        CanaryLimits usual = DEFAULT.limits();
        YamlMapping slo = analysis.optionalMapping("slo");
        YamlMapping baseline = analysis.optionalMapping("baseline");
        CanaryLimits limits = new CanaryLimits(
                number(slo, "burnFail", false, usual.burnFail()),
                number(slo, "burnPass", false, usual.burnPass()),
                number(baseline, "failFactor", false, usual.failFactor()),
                number(baseline, "failMargin", true, usual.failMargin()),
                number(baseline, "passFactor", false, usual.passFactor()),
                number(baseline, "passMargin", true, usual.passMargin()));
        slo.rejectUnknown();
        atLeast(slo, "burnPass", limits.burnPass(), "burnFail", limits.burnFail());
        baseline.rejectUnknown();
        atLeast(baseline, "passFactor", limits.passFactor(), "failFactor", limits.failFactor());
        atLeast(baseline, "passMargin", limits.passMargin(), "failMargin", limits.failMargin());
        return limits;
    }

    private static double number(YamlMapping section, String key, boolean zeroIsLegal, double usual) {
        return section.number(key, usual, 0, zeroIsLegal, MOST_BURN, true);
    }

    private static void atLeast(YamlMapping section, String passKey, double pass, String failKey, double fail) {
        if (pass < fail) {
            String origin = section.has(passKey) ? "" : " by default";
            section.fault(
                    passKey,
                    section.path(passKey) + " is " + pass + origin + "; legal: at least " + failKey + ", which is "
                            + fail);
        }
    }
}
