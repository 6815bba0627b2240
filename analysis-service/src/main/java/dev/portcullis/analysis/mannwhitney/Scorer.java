package dev.portcullis.analysis.mannwhitney;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The weighted sum over groups of the share of passing metrics; Kayenta's {@code WeightedSumScorer}.
 *
 * <p>There, metrics without data or in error are left out, and a group of nothing else counts 100: all in error scores 100.
 * Here they leave the score open between what it would be if they failed and if they passed.
 */
record Scorer(ScorePlan plan, List<MetricClassification> metrics) {
    ScoreRange score(List<GroupScore> groups) {
        if (has(Bearing.CRITICAL)) {
            return ScoreRange.ZERO;
        }
        double lowest = 0;
        double highest = 0;
        for (GroupScore group : groups) {
            lowest += group.score().lowest() * group.weight() / GroupWeights.WHOLE;
            highest += group.score().highest() * group.weight() / GroupWeights.WHOLE;
        }
        return ScoreRange.rounded(lowest, highest);
    }

    List<GroupScore> groups() {
        return plan.shares().entrySet().stream().map(this::group).toList();
    }

    ScoreOutcome outcome(ScoreRange score) {
        if (has(Bearing.CRITICAL) || score.highest() < plan.marginalScore()) {
            return ScoreOutcome.FAIL;
        }
        if (has(Bearing.OPEN)) {
            return ScoreOutcome.UNDECIDED;
        }
        return score.lowest() >= plan.passScore() ? ScoreOutcome.PASS : ScoreOutcome.MARGINAL;
    }

    String reason(ScoreRange score) {
        String critical = names(Bearing.CRITICAL);
        String open = names(Bearing.OPEN);
        return "score " + score + " of 100 (PASS from " + ClassificationText.score(plan.passScore()) + ", FAIL below "
                + ClassificationText.score(plan.marginalScore()) + ")"
                + (critical.isEmpty() ? "" : ", critical failure of " + critical)
                + (open.isEmpty() ? "" : ", undecided: " + open);
    }

    private GroupScore group(Map.Entry<String, Double> share) {
        List<Bearing> bearings = IntStream.range(0, metrics.size())
                .filter(i -> plan.metrics().get(i).groups().contains(share.getKey()))
                .mapToObj(i -> metrics.get(i).bearing())
                .filter(b -> b != Bearing.NONE)
                .toList();
        double passing = count(bearings, Bearing.PASSING);
        double open = count(bearings, Bearing.OPEN);
        ScoreRange score = new ScoreRange(
                GroupWeights.WHOLE * passing / bearings.size(),
                GroupWeights.WHOLE * (passing + open) / bearings.size());
        return new GroupScore(share.getKey(), share.getValue(), score);
    }

    private static long count(List<Bearing> bearings, Bearing which) {
        return bearings.stream().filter(b -> b == which).count();
    }

    private boolean has(Bearing bearing) {
        return metrics.stream().anyMatch(m -> m.bearing() == bearing);
    }

    private String names(Bearing bearing) {
        return String.join(
                ", ",
                metrics.stream()
                        .filter(m -> m.bearing() == bearing)
                        .map(MetricClassification::name)
                        .toList());
    }
}
