package dev.portcullis.gate.console.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.http.console.PageTemplates;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RollbackViewTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T10:00:00Z");
    private static final Instant NOW = BEGIN.plusSeconds(44);
    private static final String UUID = "8d2f0c4e-0000-4000-8000-000000000001";

    @Test
    void aRunningOneSaysHowLongUsersHaveWaited() {
        var view =
                RollbackView.of(progress("RUNNING", "telling istio, try 1", Optional.empty(), Optional.empty()), NOW);
        assertEquals("Traffic is not back yet, after 44 s; promised within 60 s.", view.traffic());
        assertTrue(view.kept());
        assertFalse(view.ended());
        assertEquals("/console/rollbacks/" + UUID, view.path());
        assertEquals(Optional.of("/console/services/checkout/releases/" + UUID), view.release());
        assertEquals("tone-wait", view.mark().style());
        assertTrue(view.chart().orElseThrow().contains("13 s so far"), view.chart()::toString);
        assertEquals(
                List.of("done", "under way", "not begun"),
                view.steps().stream().map(StepRow::state).toList());
        assertEquals("2 tries", view.steps().get(1).tries());
    }

    @Test
    void theExactNextCommandIsShownByItself() {
        var view = RollbackView.of(
                progress(
                        "NEEDS_HUMAN",
                        "istio did not accept within 15m. Done so far: nothing. Next: kubectl -n shop get virtualservice checkout -o yaml",
                        Optional.of(BEGIN.plusSeconds(90)),
                        Optional.empty()),
                BEGIN.plusSeconds(900));
        assertEquals("Istio did not accept within 15m. Done so far: nothing.", view.sentence());
        assertEquals("kubectl -n shop get virtualservice checkout -o yaml", view.command());
        assertEquals("Traffic was not seen back; promised within 60 s.", view.traffic());
        assertFalse(view.kept());
        assertTrue(view.ended());
    }

    @Test
    void trafficThatWasBackInTimeKeepsThePromise() {
        var kept = RollbackView.of(
                progress("SUCCEEDED", "users recovered", Optional.of(NOW), Optional.of(BEGIN.plusMillis(9_100))), NOW);
        assertEquals("Traffic was back after 9.1 s; promised within 60 s.", kept.traffic());
        assertTrue(kept.kept());
        var late = RollbackView.of(
                progress("SUCCEEDED", "users recovered", Optional.of(NOW), Optional.of(BEGIN.plusSeconds(61))), NOW);
        assertFalse(late.kept());
        assertEquals("", late.command());
    }

    @Test
    void whatOthersSayIsOnlyText() {
        var hostile = "<script>alert(1)</script>\"'&" + "x".repeat(1_000);
        var view = RollbackView.of(
                progress("NEEDS_HUMAN", hostile + " Next: " + hostile, Optional.of(NOW), Optional.empty()), NOW);
        var page = new PageTemplates().render("rollback/progress.jte", Map.of("page", view));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("data-ended"), page);
        assertFalse(page.contains(" style="), page);
    }

    @Test
    void theRecordSaysEachThingOnce() {
        var reason = "It fails. Badly.";
        var view = RollbackView.of(
                new RollbackProgress(
                        "rollbacks/" + UUID,
                        "checkout",
                        "",
                        "7d9c8",
                        "5b6f4",
                        reason,
                        "gate-service",
                        "LIVE",
                        new RollbackStatus(
                                "SUCCEEDED",
                                "recovery was not looked at, as the policy says. Traffic was back after 0.2 s (promised: 60 s)."),
                        List.of(),
                        List.of(
                                new RollbackProgress.Event(
                                        BEGIN, "gate-service", "", "return of checkout from 7d9c8 to 5b6f4: " + reason),
                                new RollbackProgress.Event(
                                        BEGIN, "rollback-service process 7 run 8d2f0c4e", "istio apply", "looking")),
                        BEGIN,
                        Optional.of(NOW),
                        Optional.of(BEGIN.plusMillis(200)),
                        Optional.of(Duration.ofSeconds(60))),
                NOW);
        assertEquals("Recovery was not looked at, as the policy says.", view.sentence());
        assertEquals("Traffic was back after 0.2 s; promised within 60 s.", view.traffic());
        assertEquals(List.of("It fails.", "Badly."), view.reason());
        assertEquals(
                "return of checkout from 7d9c8 to 5b6f4",
                view.record().getFirst().text());
        assertEquals("gate-service", view.record().getFirst().by());
        assertEquals("istio: give the traffic back", view.record().get(1).step());
        assertEquals("", view.record().get(1).by());
    }

    @Test
    void onlyOneThatHasEndedSaysSo() {
        var view = RollbackView.of(progress("RUNNING", "", Optional.empty(), Optional.empty()), NOW);
        assertFalse(new PageTemplates()
                .render("rollback/progress.jte", Map.of("page", view))
                .contains("data-ended"));
    }

    private static RollbackProgress progress(
            String state, String detail, Optional<Instant> end, Optional<Instant> trafficBack) {
        return new RollbackProgress(
                "rollbacks/" + UUID,
                "checkout",
                "services/checkout/releases/" + UUID,
                "7d9c8",
                "5b6f4",
                "payments are failing",
                "alice",
                "LIVE",
                new RollbackStatus(state, detail),
                List.of(
                        new RollbackProgress.Step(
                                "apply",
                                "istio",
                                "DONE",
                                1,
                                "weights 90/10",
                                "weights 100/0",
                                Optional.of(BEGIN.plusSeconds(1)),
                                Optional.of(BEGIN.plusSeconds(31))),
                        new RollbackProgress.Step(
                                "confirm",
                                "istio",
                                "ACTIVE",
                                2,
                                "",
                                "",
                                Optional.of(BEGIN.plusSeconds(31)),
                                Optional.empty()),
                        new RollbackProgress.Step(
                                "verify", "", "PENDING", 0, "", "", Optional.empty(), Optional.empty())),
                List.of(new RollbackProgress.Event(BEGIN, "alice", "", "started")),
                BEGIN,
                end,
                trafficBack,
                Optional.of(Duration.ofSeconds(60)));
    }
}
