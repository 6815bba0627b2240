package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Limits;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.Optional;

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

    private SettingsReader() {}

    static AnalysisSettings read(YamlMapping analysis) {
        AnalysisSettings settings = new AnalysisSettings(
                analysis.duration("poll", SHORTEST_POLL, LONGEST_POLL).orElse(DEFAULT.poll()),
                analysis.duration("window", SHORTEST_POLL, LONGEST_WINDOW).orElse(DEFAULT.window()),
                analysis.duration("deadline", SHORTEST_POLL, LONGEST_DEADLINE).orElse(DEFAULT.deadline()),
                analysis.duration("bake", Duration.ZERO, LONGEST_DEADLINE).orElse(DEFAULT.bake()),
                analysis.number("alpha", 0, false, 0.5, false).orElse(DEFAULT.alpha()),
                analysis.number("beta", 0, false, 0.5, false).orElse(DEFAULT.beta()),
                analysis.wholeNumber("minFailWindows", 1, MOST_WINDOWS).orElse(DEFAULT.minFailWindows()),
                analysis.number("clusterSize", 1, true, LARGEST_CLUSTER, true).orElse(DEFAULT.clusterSize()),
                limits(analysis));
        analysis.rejectUnknown();
        checkTimes(analysis, settings);
        return settings;
    }

    private static void checkTimes(YamlMapping analysis, AnalysisSettings settings) {
        if (settings.window().compareTo(settings.poll()) < 0) {
            fault(analysis, "window", settings.window(), "at least poll, which is " + text(settings.poll()));
        }
        if (settings.deadline().compareTo(settings.window()) <= 0) {
            fault(analysis, "deadline", settings.deadline(), "more than window, which is " + text(settings.window()));
            return;
        }
        if (settings.bake().compareTo(settings.deadline()) >= 0) {
            fault(analysis, "bake", settings.bake(), "less than deadline, which is " + text(settings.deadline()));
        }
        if (settings.plannedWindows() > MOST_WINDOWS) {
            fault(analysis, "deadline", settings.deadline(), "at most " + MOST_WINDOWS + " windows long");
        } else if (settings.minFailWindows() > settings.plannedWindows()) {
            analysis.fault(
                    "minFailWindows",
                    analysis.path("minFailWindows") + " is " + settings.minFailWindows() + "; legal: at most the "
                            + settings.plannedWindows() + " windows up to the deadline");
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
