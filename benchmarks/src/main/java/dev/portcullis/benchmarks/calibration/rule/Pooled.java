package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.benchmarks.calibration.workload.Polls;

/**
 * What must not be done: sum the counts of the whole run first and compare the arms then, with traffic weights that change meanwhile (Simpson's paradox). The judge sees
 * one window.
 *
 * @param name in tables
 * @param judged how that window is judged
 */
public record Pooled(String name, Judged judged) implements Rule {
    @Override
    public Outcome run(Polls polls) {
        return judged.run(new Polls(polls.windows(polls.counts().size())));
    }
}
