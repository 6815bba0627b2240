package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

final class BackgroundAccessIT {
    private static final int CONNECTIONS = 3;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void workOfEitherKindTakesNoMoreConnectionsThanItMayAndAllOfItIsDone() throws Exception {
        try (var database =
                Database.open(TestDatabase.fresh(), "rollback", OpenTelemetry.noop(), new SimpleMeterRegistry())) {
            var access = database.background(CONNECTIONS);
            var works = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                var jdbi = i % 2 == 0 ? access.jdbi() : access.untraced();
                works.add(() -> jdbi.withHandle(this::work));
            }
            var sum = 0;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var done : threads.invokeAll(works)) {
                    sum += done.get();
                }
            }
            assertEquals(20, sum);
            assertEquals(CONNECTIONS, most.get());
        }
    }

    private int work(Handle handle) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        handle.execute("select pg_sleep(0.1)");
        now.decrementAndGet();
        return 1;
    }
}
