package dev.portcullis.analysis.configuration;

import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;

/** Which judge a policy names, and that it has no setting of the other one. */
final class JudgeChoice {
    /** The section with the settings of the Mann-Whitney judge. */
    static final String SECTION = "mannWhitney";

    private static final String JUDGE = "judge";
    private static final String WINDOW = "window";
    private static final String SEQUENTIAL = "sequential";
    private static final String MANN_WHITNEY = "mann-whitney";
    private static final List<String> OF_SEQUENTIAL =
            List.of("bake", "alpha", "beta", "minFailWindows", "clusterSize", "sloBreach", "slo", "baseline");

    private JudgeChoice() {}

    /** Whether the Mann-Whitney judge decides. */
    static boolean isMannWhitney(YamlMapping analysis) {
        return analysis.isWord(JUDGE, MANN_WHITNEY);
    }

    /** Records a judge that there is not, and each setting that the chosen one would not heed. */
    static void check(YamlMapping analysis) {
        analysis.choice(JUDGE, SEQUENTIAL, List.of(SEQUENTIAL, MANN_WHITNEY));
        analysis.leaveAlone(SECTION);
        if (isMannWhitney(analysis)) {
            OF_SEQUENTIAL.forEach(key -> refuse(analysis, key, SEQUENTIAL, MANN_WHITNEY));
            requireKnownWindow(analysis);
        } else {
            refuse(analysis, SECTION, MANN_WHITNEY, SEQUENTIAL);
        }
    }

    /** How many windows a look will see has to be known beforehand. */
    private static void requireKnownWindow(YamlMapping analysis) {
        if (analysis.isWord(WINDOW, SettingsReader.MEASURED)) {
            analysis.fault(
                    WINDOW,
                    analysis.path(WINDOW) + " is " + SettingsReader.MEASURED + "; legal for judge " + MANN_WHITNEY
                            + ": a duration, such as 30s");
        }
    }

    private static void refuse(YamlMapping analysis, String key, String owner, String chosen) {
        if (analysis.has(key)) {
            analysis.fault(
                    key,
                    analysis.path(key) + " is for judge " + owner + ", and the policy's judge is " + chosen
                            + (analysis.has(JUDGE) ? "" : " by default") + "; legal: without " + key + ", or "
                            + analysis.path(JUDGE) + ": " + owner);
        }
    }
}
