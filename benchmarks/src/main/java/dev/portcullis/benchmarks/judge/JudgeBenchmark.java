package dev.portcullis.benchmarks.judge;

import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.RatioBounds;
import dev.portcullis.analysis.stats.Bounds;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The judge's arithmetic: what a tick of an analysis and a look at it cost beside reading the counters. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JudgeBenchmark {
    /** One window of one objective, from the plan to the judgement. */
    @Benchmark
    public Judgement oneWindowOfOneObjective(JudgedRelease release) {
        return release.one().judge(release.windows(1, 1));
    }

    /** An hour of windows of 30 s, two objectives: what it takes to judge a release anew from its record. */
    @Benchmark
    public Judgement windows120OfTwoObjectives(JudgedRelease release) {
        return release.two().judge(release.windows(120, 2));
    }

    /** Two hours. */
    @Benchmark
    public Judgement windows240OfTwoObjectives(JudgedRelease release) {
        return release.two().judge(release.windows(240, 2));
    }

    /** Bounds on the canary's ratio after 120 windows. */
    @Benchmark
    public Bounds ratioBoundsOf120Windows(JudgedRelease release) {
        return RatioBounds.ratio(JudgedRelease.SLO, JudgedRelease.ALPHA, JudgedRelease.BETA, release.counts(120));
    }

    /** Bounds on the canary's ratio divided by the baseline's after 120 windows. */
    @Benchmark
    public Bounds relativeBoundsOf120Windows(JudgedRelease release) {
        return RatioBounds.relative(
                JudgedRelease.BASELINE_WITHOUT_MARGINS, JudgedRelease.ALPHA, JudgedRelease.BETA, release.counts(120));
    }
}
