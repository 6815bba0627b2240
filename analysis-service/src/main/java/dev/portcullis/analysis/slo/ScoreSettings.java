package dev.portcullis.analysis.slo;

import dev.portcullis.analysis.mannwhitney.ScorePlan;
import java.time.Duration;
import java.util.List;

/**
 * The choice of the Mann-Whitney judge, which decides by a score.
 *
 * @param plan what a canary is scored by: a metric for each objective, by its name
 * @param looks times since the beginning at which it decides, rising; the last one is the deadline, and by default the only one
 */
public record ScoreSettings(ScorePlan plan, List<Duration> looks) {
    public ScoreSettings {
        looks = List.copyOf(looks);
        if (looks.isEmpty()) {
            throw new IllegalArgumentException("looks: there is none, so that nothing could be decided");
        }
        for (int i = 1; i < looks.size(); i++) {
            if (looks.get(i).compareTo(looks.get(i - 1)) <= 0) {
                throw new IllegalArgumentException("looks: " + looks + " do not rise");
            }
        }
    }
}
