package dev.portcullis.benchmarks.scale;

import java.time.Duration;
import java.util.stream.Stream;

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

    /** Processor time that a process of this name below this one, and all its descendants, have used, in seconds. */
    static double secondsOfTree(String command) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + command))
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .mapToDouble(process -> seconds(process.pid()))
                .sum();
    }
}
