package dev.portcullis.benchmarks.scale;

import dev.portcullis.benchmarks.process.Memory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What was used, since the processes began or between two looks.
 *
 * @param seconds of the clock
 * @param queries that Prometheus answered
 * @param analysis processor time of analysis-service, in seconds; so are the others
 */
record Usage(double seconds, long queries, double analysis, double postgres, double prometheus) {
    private static final double NANOS_PER_SECOND = 1e9;

    static Usage now(AnalysisServer analysis, Path database, PrometheusServer prometheus)
            throws IOException, InterruptedException {
        return new Usage(
                System.nanoTime() / NANOS_PER_SECOND,
                prometheus.queries(),
                analysis.cpuSeconds(),
                Processor.seconds(Memory.postgresProcesses(database)),
                prometheus.cpuSeconds());
    }

    Usage since(Usage before) {
        return new Usage(
                seconds - before.seconds,
                queries - before.queries,
                analysis - before.analysis,
                postgres - before.postgres,
                prometheus - before.prometheus);
    }
}
