package dev.portcullis.benchmarks.scale;

import java.time.Duration;
import java.util.List;

/** Processor time of processes. */
final class Processor {
    private static final double NANOS_PER_SECOND = 1e9;

    private Processor() {}

    /** Processor time a process has used, in seconds; 0 when it has ended. */
    static double seconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .map(nanos -> nanos / NANOS_PER_SECOND)
                .orElse(0.0);
    }

    /** Processor time that processes have used together, in seconds. */
    static double seconds(List<Long> pids) {
        return pids.stream().mapToDouble(Processor::seconds).sum();
    }
}
