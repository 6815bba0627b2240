package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Limits;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.Rhythm;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

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

    private static final List<String> BREACHES = List.of("fail", "hold");

    private SettingsReader() {}

    static AnalysisSettings read(YamlMapping analysis) {
        AnalysisSettings settings = new AnalysisSettings(
                rhythm(analysis), strictness(analysis), clusterSize(analysis), limits(analysis), null);
        JudgeChoice.check(analysis);
        analysis.rejectUnknown();
        checkTimes(analysis, settings);
        return settings;
    }

    private static Rhythm rhythm(YamlMapping analysis) {
        Rhythm usual = DEFAULT.rhythm();
        Optional<Duration> window = analysis.durationOr(MEASURED, "window", SHORTEST_POLL, LONGEST_WINDOW);
        return new Rhythm(
                analysis.duration("poll", SHORTEST_POLL, LONGEST_POLL).orElse(usual.poll()),
                window.orElse(usual.window()),
                from(analysis.isWord("window", MEASURED), window.isPresent()),
                analysis.duration("deadline", SHORTEST_POLL, LONGEST_DEADLINE).orElse(usual.deadline()),
                analysis.duration("bake", Duration.ZERO, LONGEST_DEADLINE).orElse(bake(analysis)),
                analysis.duration("warmUp", Duration.ZERO, LONGEST_DEADLINE).orElse(usual.warmUp()));
    }

    /** A judge that passes nothing before the deadline needs none, and a policy may not name one for it. */
    private static Duration bake(YamlMapping analysis) {
        return JudgeChoice.isMannWhitney(analysis)
                ? Duration.ZERO
                : DEFAULT.rhythm().bake();
    }

    private static Strictness strictness(YamlMapping analysis) {
        Strictness usual = DEFAULT.strictness();
        return new Strictness(
                analysis.number("alpha", 0, false, 0.5, false).orElse(usual.alpha()),
                analysis.number("beta", 0, false, 0.5, false).orElse(usual.beta()),
                analysis.wholeNumber("minFailWindows", 1, MOST_WINDOWS).orElse(usual.minFailWindows()),
                analysis.choice("sloBreach", BREACHES)
                        .map(word -> SloBreach.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(usual.sloBreach()));
    }

    private static ClusterSize clusterSize(YamlMapping analysis) {
        OptionalDouble given = analysis.numberOr(MEASURED, "clusterSize", 1, true, LARGEST_CLUSTER, true);
        return new ClusterSize(
                given.orElse(DEFAULT.clusterSize().requests()),
                from(analysis.isWord("clusterSize", MEASURED), given.isPresent()));
    }

    private static Provenance from(boolean measured, boolean given) {
        return measured ? Provenance.NOT_MEASURED_YET : given ? Provenance.POLICY : Provenance.DEFAULT;
    }

    private static void checkTimes(YamlMapping analysis, AnalysisSettings settings) {
        Rhythm rhythm = settings.rhythm();
        int minFailWindows = settings.strictness().minFailWindows();
        if (rhythm.window().compareTo(rhythm.poll()) < 0) {
            fault(analysis, "window", rhythm.window(), "at least poll, which is " + text(rhythm.poll()));
        }
        if (rhythm.deadline().compareTo(rhythm.window()) <= 0) {
            fault(analysis, "deadline", rhythm.deadline(), "more than window, which is " + text(rhythm.window()));
            return;
        }
        if (rhythm.bake().compareTo(rhythm.deadline()) >= 0) {
            fault(analysis, "bake", rhythm.bake(), "less than deadline, which is " + text(rhythm.deadline()));
        }
        if (rhythm.warmUp().compareTo(rhythm.deadline()) >= 0) {
            fault(analysis, "warmUp", rhythm.warmUp(), "less than deadline, which is " + text(rhythm.deadline()));
        }
        if (rhythm.plannedWindows() > MOST_WINDOWS) {
            fault(analysis, "deadline", rhythm.deadline(), "at most " + MOST_WINDOWS + " windows long");
        } else if (minFailWindows > rhythm.plannedWindows()) {
            analysis.fault(
                    "minFailWindows",
                    analysis.path("minFailWindows") + " is " + minFailWindows + "; legal: at most the "
                            + rhythm.plannedWindows() + " windows up to the deadline");
        }
    }

    private static void fault(YamlMapping analysis, String key, Duration value, String legal) {
        String origin = analysis.has(key) ? "" : " by default";
        analysis.fault(key, analysis.path(key) + " is " + text(value) + origin + "; legal: " + legal);
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static Limits limits(YamlMapping analysis) {
        Limits usual = DEFAULT.limits();
        Optional<YamlMapping> slo = analysis.mapping("slo");
        Optional<YamlMapping> baseline = analysis.mapping("baseline");
        Limits limits = new Limits(
                number(slo, "burnFail", false, usual.burnFail()),
                number(slo, "burnPass", false, usual.burnPass()),
                number(baseline, "failFactor", false, usual.failFactor()),
                number(baseline, "failMargin", true, usual.failMargin()),
                number(baseline, "passFactor", false, usual.passFactor()),
                number(baseline, "passMargin", true, usual.passMargin()));
        slo.ifPresent(section -> {
            section.rejectUnknown();
            atLeast(section, "burnPass", limits.burnPass(), "burnFail", limits.burnFail());
        });
        baseline.ifPresent(section -> {
            section.rejectUnknown();
            atLeast(section, "passFactor", limits.passFactor(), "failFactor", limits.failFactor());
            atLeast(section, "passMargin", limits.passMargin(), "failMargin", limits.failMargin());
        });
        return limits;
    }

    private static double number(Optional<YamlMapping> section, String key, boolean zeroIsLegal, double usual) {
        return section.map(s -> s.number(key, 0, zeroIsLegal, MOST_BURN, true).orElse(usual))
                .orElse(usual);
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
