package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DataFolders;
import dev.portcullis.proto.analysis.v1.Window;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** kill -9 of the whole, and what the next process makes of it. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class CrashIT extends InstallationSetup {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    CrashIT() {
        super(Map.of());
    }

    @Test
    void anAnalysisGoesOnWithAllItsWindows() {
        try (var site = new Site()) {
            site.configure(installation.configuration());
            DataFolders.fill(installation.data());
            String analysis;
            List<Window> before;
            try (var first = installation.up()) {
                var ask = installation.ask();
                analysis = analysisOf(ask);
                Await.until("four windows", LIMIT, () -> ask.analysis(analysis).getWindowCount() >= 4);
                before = ask.analysis(analysis).getWindowsList();
                first.kill();
            }
            try (var second = installation.up()) {
                var ask = installation.ask();
                var wanted = before.size() + 3;
                Await.until("more windows", LIMIT, () -> ask.analysis(analysis).getWindowCount() >= wanted);
                var after = ask.analysis(analysis).getWindowsList();
                assertEquals(before, after.subList(0, before.size()));
                for (int i = 0; i < after.size(); i++) {
                    assertEquals(i + 1, after.get(i).getIndex());
                }
                // No look is lost or counted twice: all windows together are what the pod counted, less the looks of
                // the open window.
                var counted = after.stream().mapToDouble(CrashIT::canaryTotal).sum();
                assertEquals(0, counted % Site.REQUESTS_PER_LOOK);
                assertTrue(
                        counted <= site.canaryTotal() - Site.REQUESTS_PER_LOOK, counted + " of " + site.canaryTotal());
                second.terminate();
                assertEquals(143, second.waitFor(LIMIT));
            }
        }
    }

    @Test
    void aRollbackEndsOnceWithOneIdempotencyKey() throws Exception {
        try (var site = new Site()) {
            site.configure(installation.configuration());
            DataFolders.fill(installation.data());
            site.canaryBad.set(80);
            site.letWebhookAnswer = new CountDownLatch(1);
            String release;
            try (var first = installation.up()) {
                release = installation.ask().argoRelease();
                assertTrue(site.webhookCalled.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the webhook is called");
                first.kill();
            }
            site.letWebhookAnswer.countDown();
            try (var second = installation.up()) {
                var ask = installation.ask();
                Await.until("the rollback succeeds", LIMIT, () -> {
                    var states =
                            ask.rollbacks().stream().map(Rollback::getState).toList();
                    return states.equals(List.of(Rollback.State.SUCCEEDED));
                });
                Await.until(
                        "the ABORT told",
                        LIMIT,
                        () -> ask.argo().get("decision").asText().equals("ABORT"));
                Await.until("the rollback's name in the release", LIMIT, () -> ask.release(release)
                        .getRollback()
                        .equals(ask.rollbacks().getFirst().getName()));
                var keys = site.webhookRequests().stream()
                        .map(request -> request.headers().get("idempotency-key"))
                        .distinct()
                        .toList();
                assertEquals(1, keys.size(), keys.toString());
            }
        }
    }

    private static String analysisOf(PortcullisClient ask) {
        return Await.value("an analysis", LIMIT, () -> Optional.of(
                        ask.release(ask.argoRelease()).getAnalysis())
                .filter(name -> !name.isEmpty()));
    }

    private static double canaryTotal(Window window) {
        return window.getCountsOrThrow("checkout-availability").getCanary().getTotal();
    }
}
