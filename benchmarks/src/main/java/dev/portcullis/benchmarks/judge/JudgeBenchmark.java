package dev.portcullis.benchmarks.judge;

import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.RatioBounds;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

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

    /** One window folded into an analysis under way, one objective with its test against the SLO and the one against the baseline, FAIL and PASS sides. */
    @Benchmark
    @OperationsPerInvocation(240)
    public Judgement windowFoldedIn(JudgedRelease release) {
        return release.one().judge(release.windows(240, 1));
    }

    /** 10,000 analyses of 240 windows, two hours each, judged anew from their records on one core. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public void replayOf10000Analyses(JudgedRelease release, Blackhole seen) {
        for (var i = 0; i < 10_000; i++) {
            seen.consume(release.one().judge(release.windows(240, 1)));
        }
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
    public ConfidenceInterval ratioBoundsOf120Windows(JudgedRelease release) {
        return RatioBounds.ratio(JudgedRelease.SLO, JudgedRelease.ALPHA, JudgedRelease.BETA, release.counts(120));
    }

    /** Bounds on the canary's ratio divided by the baseline's after 120 windows. */
    @Benchmark
    public ConfidenceInterval relativeBoundsOf120Windows(JudgedRelease release) {
        return RatioBounds.relative(
                JudgedRelease.BASELINE_WITHOUT_MARGINS, JudgedRelease.ALPHA, JudgedRelease.BETA, release.counts(120));
    }
}
