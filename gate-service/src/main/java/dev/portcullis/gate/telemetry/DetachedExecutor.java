package dev.portcullis.gate.telemetry;

import io.opentelemetry.context.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs tasks in the background, a virtual thread each, as a part of the trace of whoever hands them over but not under his deadline: a gRPC context is
 * cancelled when its call has been answered, and would take every call made under it along. Thread-safe.
 */
public final class DetachedExecutor implements Executor, AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public void execute(Runnable task) {
        // The fork goes inside: OpenTelemetry's context brings the gRPC context it was made under along.
        var detached = io.grpc.Context.current().fork().wrap(task);
        threads.execute(Context.current().wrap(detached));
    }

    /** Waits for what is under way; every task has a deadline of its own. */
    @Override
    public void close() {
        threads.close();
    }
}
