package dev.portcullis.analysis.run;

import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans whose judge is Mann-Whitney, in windows of 30 s, with all other settings by default. */
public final class ScorePlans {
    public static final String NAME = "availability";
    public static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private ScorePlans() {}

    public static RunPlan plan(@Nullable String baseline, int... lookMinutes) {
        var looks = Arrays.stream(lookMinutes).mapToObj(Duration::ofMinutes).toList();
        var score = new ScoreSettings(ScorePlan.of(List.of(MetricPlan.badRatio(NAME))), looks);
        var objective =
                new Objective(NAME, 0.999, Severity.MAJOR, new RatioIndicator("prometheus", null, "bad", "all"));
        var objectives = new ServiceObjectives(
                "checkout", "hash", List.of(objective), AnalysisSettings.DEFAULT.withScore(score));
        return new RunPlan(objectives, new Arms("hash", "new", baseline), BEGIN, "");
    }
}
