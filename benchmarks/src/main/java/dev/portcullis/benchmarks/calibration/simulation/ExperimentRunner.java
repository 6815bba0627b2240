package dev.portcullis.benchmarks.calibration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Runs experiments many times, on several threads. The results are a function of the seed, the experiment's name and the number of runs: whatever the threads do,
 * each run has random numbers of its own, and results stand in the order of the runs.
 */
public final class ExperimentRunner implements AutoCloseable {
    /** Small enough that all threads are busy to the end, large enough that handing it over costs nothing. */
    private static final int CHUNK = 25;

    private final Seeds seeds;
    private final int mostRuns;
    private final Progress progress;
    private final ExecutorService threads;

    /**
     * A simulation.
     *
     * @param mostRuns of any experiment: one that asks for more gets these
     * @param threads 1 or more
     */
    public ExperimentRunner(long seed, int mostRuns, int threads, Progress progress) {
        if (mostRuns < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    mostRuns + " runs on " + threads + " threads, must be 1 or more of each");
        }
        this.seeds = new Seeds(seed);
        this.mostRuns = mostRuns;
        this.progress = progress;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** How many runs an experiment gets that wants so many. */
    public int runs(int wanted) {
        return Math.min(wanted, mostRuns);
    }

    /**
     * The results of all runs.
     *
     * @param experiment unique name; experiments of the same name draw the same numbers
     * @param wanted number of runs when nothing limits them, 1 or more
     * @param run what is done in each, from random numbers of its own
     */
    public <R> List<R> run(String experiment, int wanted, Function<UniformRandomProvider, R> run) {
        var runs = runs(wanted);
        var chunks = IntStream.iterate(0, first -> first < runs, first -> first + CHUNK)
                .<Callable<List<R>>>mapToObj(
                        first -> () -> chunk(experiment, first, Math.min(first + CHUNK, runs), run))
                .toList();
        progress.started(experiment, runs);
        return inOrder(chunks);
    }

    private <R> List<R> chunk(String experiment, int from, int to, Function<UniformRandomProvider, R> run) {
        return IntStream.range(from, to)
                .mapToObj(each -> run.apply(seeds.of(experiment, each)))
                .toList();
    }

    private <R> List<R> inOrder(List<Callable<List<R>>> chunks) {
        try {
            var results = new ArrayList<R>(chunks.size() * CHUNK);
            for (var chunk : threads.invokeAll(chunks)) {
                results.addAll(chunk.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a simulation", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run of the simulation failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
