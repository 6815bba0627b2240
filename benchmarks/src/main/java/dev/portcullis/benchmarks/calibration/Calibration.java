package dev.portcullis.benchmarks.calibration;

import dev.portcullis.benchmarks.calibration.figure.IndependentFigures;
import dev.portcullis.benchmarks.calibration.section.Arrangements;
import dev.portcullis.benchmarks.calibration.section.CanaryFailures;
import dev.portcullis.benchmarks.calibration.section.ClumpedErrors;
import dev.portcullis.benchmarks.calibration.section.ClusterSizes;
import dev.portcullis.benchmarks.calibration.section.CommonCauses;
import dev.portcullis.benchmarks.calibration.section.Comparison;
import dev.portcullis.benchmarks.calibration.section.DefaultPolicy;
import dev.portcullis.benchmarks.calibration.section.Guarantees;
import dev.portcullis.benchmarks.calibration.section.LateOnset;
import dev.portcullis.benchmarks.calibration.section.LatencyShifts;
import dev.portcullis.benchmarks.calibration.section.Peeking;
import dev.portcullis.benchmarks.calibration.section.PodSpeeds;
import dev.portcullis.benchmarks.calibration.section.RequestsToAbort;
import dev.portcullis.benchmarks.calibration.section.Results;
import dev.portcullis.benchmarks.calibration.section.Section;
import dev.portcullis.benchmarks.calibration.section.SharedOutages;
import dev.portcullis.benchmarks.calibration.section.Spells;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.simulation.Progress;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * How often the judge errs and how fast it is, simulated, beside what other systems do with the same canaries. Writes the figures into docs/calibration.md; exits 1 when an
 * error bound is exceeded by more than chance explains.
 */
@Command(name = "calibration", mixinStandardHelpOptions = true, description = "Error rates and times of the judge.")
public final class Calibration implements Callable<Integer> {
    private static final int QUICK_RUNS = 200;
    private static final String PAGE = "docs/calibration.md";

    @Option(names = "--seed", defaultValue = "20260101", description = "Same seed, same tables (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--runs", description = "At most so many runs of each experiment; printed unless a page is named.")
    private int runs = Integer.MAX_VALUE;

    @Option(names = "--quick", description = "As --runs " + QUICK_RUNS + ".")
    private boolean quick;

    @Option(names = "--threads", description = "Without it one per core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--only", split = ",", description = "Some sections, e.g. T4,T8; printed unless a page is named.")
    private List<String> only = List.of();

    @Parameters(arity = "0..1", description = "The page; without it " + PAGE + ", which is for complete simulations.")
    private @Nullable Path page;

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new Calibration()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    static List<Section> sections() {
        return List.of(
                new Peeking(),
                new RequestsToAbort(),
                new ClumpedErrors(),
                new Spells(),
                new CommonCauses(),
                new Guarantees(),
                new Arrangements(),
                new PodSpeeds(),
                new SharedOutages(),
                new CanaryFailures(),
                new ClusterSizes(),
                new LateOnset(),
                new DefaultPolicy(),
                new LatencyShifts(),
                new Comparison());
    }

    @Override
    public Integer call() throws IOException {
        var began = System.nanoTime();
        var results = new Results();
        var progress = new Progress(System.err, InstantSource.system());
        try (var runner = new ExperimentRunner(seed, quick ? QUICK_RUNS : runs, threads, progress)) {
            for (var section : sections()) {
                if (only.isEmpty() || only.contains(section.name())) {
                    section.run(runner, results);
                }
            }
        }
        var report = new Report(results, IndependentFigures.read());
        if (page != null || complete()) {
            report.write(page == null ? Path.of(PAGE) : page, seed);
        } else {
            System.out.println(report.text());
        }
        System.out.println(Machine.described());
        System.out.println(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s on " + threads + " threads");
        results.claims().exceeded().forEach(claim -> System.err.println("exceeded: " + claim));
        return results.claims().hold() ? 0 : 1;
    }

    /** Figures of fewer runs, or of some sections, are for looking and not for the page. */
    private boolean complete() {
        return only.isEmpty() && !quick && runs == Integer.MAX_VALUE;
    }
}
