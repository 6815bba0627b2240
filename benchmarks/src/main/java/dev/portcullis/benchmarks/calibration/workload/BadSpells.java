package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Times in which single pods fail more than usual, by chance and independently of each other; a run begins in the middle of things.
 *
 * @param canaryPods 1 or more; each has the same part of its arm's requests
 * @param baselinePods 1 or more
 * @param meanPolls mean length of a spell in polls, above 0; when spells are of whole polls 1 or more, and with 1 every spell is one poll
 * @param badShare part of its time that a pod is in a spell, inside (0, 0.5]
 * @param ratio of bad requests in a spell, on top of the usual, 0 to 1
 * @param wholePolls whether spells and the pauses between them are of geometric length in whole polls, or begin and end anywhere and are of exponential length
 */
public record BadSpells(
        int canaryPods, int baselinePods, double meanPolls, double badShare, double ratio, boolean wholePolls) {
    /** Spells that begin and end anywhere. */
    public BadSpells(int canaryPods, int baselinePods, double meanPolls, double badShare, double ratio) {
        this(canaryPods, baselinePods, meanPolls, badShare, ratio, false);
    }

    /** The part of the canary's requests that is in a spell, for each poll. */
    double[] canary(UniformRandomProvider random, int polls) {
        return arm(random, canaryPods, polls);
    }

    /** The part of the baseline's requests that is in a spell, for each poll. */
    double[] baseline(UniformRandomProvider random, int polls) {
        return arm(random, baselinePods, polls);
    }

    private double[] arm(UniformRandomProvider random, int pods, int polls) {
        var share = new double[polls];
        for (var pod = 0; pod < pods; pod++) {
            var bad = random.nextDouble() < badShare;
            if (wholePolls) {
                inWholePolls(random, bad, 1.0 / pods, share);
            } else {
                anywhere(random, bad, 1.0 / pods, share);
            }
        }
        return share;
    }

    private void inWholePolls(UniformRandomProvider random, boolean inSpell, double part, double[] share) {
        var bad = inSpell;
        for (var poll = 0; poll < share.length; poll++) {
            share[poll] += bad ? part : 0;
            bad = bad ? random.nextDouble() >= 1 / meanPolls : random.nextDouble() < 1 / meanPause();
        }
    }

    private void anywhere(UniformRandomProvider random, boolean inSpell, double part, double[] share) {
        var exponential = ZigguratSampler.Exponential.of(random);
        var bad = inSpell;
        for (var from = 0.0; from < share.length; bad = !bad) {
            var span = new Span(from, from + exponential.sample() * (bad ? meanPolls : meanPause()));
            if (bad) {
                add(span, part, share);
            }
            from = span.to();
        }
    }

    private static void add(Span spell, double part, double[] share) {
        for (var poll = (int) spell.from(); poll < Math.min(share.length, spell.to()); poll++) {
            share[poll] += part * spell.partOf(poll);
        }
    }

    /** Such that a pod is in a spell for {@code badShare} of its time. */
    private double meanPause() {
        return meanPolls * (1 - badShare) / badShare;
    }
}
