package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database away for half a minute in the middle of several rollbacks, each at another point: nothing is lost, nothing is doubled. */
final class DatabaseGoneIT {
    private static final Duration GONE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void rollbacksGoOnWhenTheDatabaseIsBack() throws Exception {
        try (var link = new DatabaseLink(TestDatabase.fresh());
                var beforeTheCall = new Point();
                var duringTheCall = new Point();
                var whileConfirming = new Point()) {
            beforeTheCall.holdLook(0);
            duringTheCall.holdCall();
            whileConfirming.holdLook(1);
            var points = List.of(beforeTheCall, duringTheCall, whileConfirming);
            for (int i = 0; i < points.size(); i++) {
                new PolicyFolder(folder).write("service-" + i, points.get(i).webhook, ", timeout: 1m");
            }
            try (var service = RunningRollbacks.launch(link.settings(), folder);
                    var caller = new RunningRollbacks(service.grpcPort())) {
                var names = new ArrayList<String>();
                for (int i = 0; i < points.size(); i++) {
                    names.add(points.get(i).begin(caller, "service-" + i));
                }
                link.cut();
                points.forEach(Point::letGo);
                assertTrue(refused(caller), "there is no database");
                Await.until("half a minute without database", GONE.plusSeconds(10), new After(GONE)::passed);
                link.mend();
                for (int i = 0; i < points.size(); i++) {
                    var ended = caller.awaitEnd(names.get(i));
                    assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
                    assertEquals(1, points.get(i).webhook.effects());
                    assertEquals(1, points.get(i).webhook.keys().size());
                }
            }
        }
    }

    private static boolean refused(RunningRollbacks caller) {
        try {
            return caller.start(RunningRollbacks.request("service-0")).getState() == Rollback.State.STATE_UNSPECIFIED;
        } catch (StatusRuntimeException e) {
            return true;
        }
    }

    /** Whether a time has passed since this was made. */
    private record After(long end) {
        After(Duration time) {
            this(System.nanoTime() + time.toNanos());
        }

        boolean passed() {
            return System.nanoTime() >= end;
        }
    }

    /** A webhook that holds one exchange back. */
    private static final class Point implements AutoCloseable {
        final TrafficSwitch webhook = new TrafficSwitch();
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private Runnable arm = () -> {};

        /** From the start on, holds the first look after so many calls. */
        void holdLook(int calls) {
            arm = () -> webhook.onLook = request -> {
                if (webhook.posts().size() >= calls) {
                    hold();
                }
                return webhook.look(request);
            };
        }

        /** Holds the answer to the call, which has had its effect. */
        void holdCall() {
            arm = () -> webhook.onReturn = request -> {
                var answer = webhook.apply(request);
                hold();
                return answer;
            };
        }

        private void hold() {
            reached.countDown();
            await(go);
        }

        String begin(RunningRollbacks caller, String service) {
            var prepared = Await.value(
                    "the policy of " + service,
                    Duration.ofSeconds(60),
                    () -> Optional.of(caller.stub.prepareRollback(RunningRollbacks.request(service))));
            arm.run();
            var name = caller.start(prepared).getName();
            await(reached);
            return name;
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void letGo() {
            go.countDown();
        }

        @Override
        public void close() {
            letGo();
            webhook.close();
        }
    }
}
