package dev.portcullis.benchmarks.reading;

import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.fold.ReadingChecks;
import dev.portcullis.analysis.metric.CounterReading;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What a poll of one large release costs between the source's answer and the judge. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadingBenchmark {
    /** Samples sorted by arm, pod and series, each looked at whether it is a count. */
    @Benchmark
    public CounterReading sorted(ManyPods pods) {
        return pods.read();
    }

    /** The checks of the reading as a whole: both arms are there, no pod has changed its arm. */
    @Benchmark
    public List<ReadingChecks.Doubt<Consequence>> checkedAsAWhole(ManyPods pods) {
        return ReadingChecks.of(pods.change());
    }

    /** The same without what is known of pods that have moved: there are none. */
    @Benchmark
    public CounterState settled(ManyPods pods) {
        return pods.change().settled();
    }

    /** The checks of each pod, and its counts. */
    @Benchmark
    public CounterFold checkedAndCountedPodByPod(ManyPods pods) {
        return CounterFold.fold(pods.known(), pods.reading(), ManyPods.RULES, pods.now());
    }

    /** The same when every process was restarted. */
    @Benchmark
    public CounterFold checkedAndCountedAfterRestarts(ManyPods pods) {
        return CounterFold.fold(pods.known(), pods.afterRestarts(), ManyPods.RULES, pods.now());
    }
}
