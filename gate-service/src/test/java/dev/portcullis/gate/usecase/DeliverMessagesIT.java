package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.message.MessageEnd;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageLinks;
import dev.portcullis.gate.message.MessageMeters;
import dev.portcullis.gate.message.MessageReceiver;
import dev.portcullis.gate.message.MessageRoute;
import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.message.SampleMessages;
import dev.portcullis.gate.store.MessageStoreSetup;
import dev.portcullis.gate.testing.ManualClock;
import dev.portcullis.gate.testing.PlayedMessenger;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages on their way, over a real database: in order, once, and whatever happens to the receivers. */
final class DeliverMessagesIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration AGE = Duration.ofDays(2);

    /** What no code catches. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @AutoClose
    private final MessageStoreSetup store = new MessageStoreSetup(this::routes);

    private final ManualClock clock = new ManualClock(NOW);
    private final PlayedMessenger slack = new PlayedMessenger();
    private final PlayedMessenger pager = new PlayedMessenger();
    private final Map<String, MessageReceiver> receivers = new HashMap<>();
    private final Map<MessageEnd, Integer> ends = new EnumMap<>(MessageEnd.class);
    private int failures;

    private final MessageMeters meters = new MessageMeters() {
        @Override
        public void ended(MessageEnd end) {
            synchronized (ends) {
                ends.merge(end, 1, Integer::sum);
            }
        }

        @Override
        public void failed() {
            synchronized (ends) {
                failures++;
            }
        }
    };

    @BeforeEach
    void receivers() {
        receivers.put("slack", new MessageReceiver("slack", AGE, slack));
        receivers.put("pager", new MessageReceiver("pager", AGE, pager));
    }

    private MessageRoutes routes() {
        var all = new MessageRoute(
                ServiceGroup.ALL, EnumSet.allOf(MessageEvent.class), List.of("slack", "pager"), Map.of());
        return new MessageRoutes(List.of(all));
    }

    private DeliverMessages delivery(Executor background) {
        return new DeliverMessages(
                store.messages(),
                () -> new MessageBook(receivers, routes()),
                post -> {
                    throw new AssertionError("nothing is sent");
                },
                MessageLinks.NONE,
                meters,
                background,
                clock,
                () -> 0.5);
    }

    private void deliver() {
        delivery(Runnable::run).deliverDue();
    }

    private UUID happens(MessageEvent event) {
        return happens(SampleMessages.of(event).subject().release(), event);
    }

    private UUID happens(UUID release, MessageEvent event) {
        store.record(SampleMessages.about(release, event, clock.instant()));
        return release;
    }

    private static List<MessageEvent> events(PlayedMessenger messenger) {
        return messenger.drafts().stream().map(draft -> draft.message().event()).toList();
    }

    private static List<UUID> ids(PlayedMessenger messenger) {
        return messenger.drafts().stream().map(draft -> draft.message().id()).toList();
    }

    @Test
    void eachReceiverHasEachMessageOnceAndInOrder() {
        var release = happens(MessageEvent.RELEASE_ABORTED);
        happens(release, MessageEvent.ROLLBACK_NEEDS_HUMAN);
        happens(release, MessageEvent.ROLLBACK_SUCCEEDED);
        deliver();
        deliver();
        var all = List.of(
                MessageEvent.RELEASE_ABORTED, MessageEvent.ROLLBACK_NEEDS_HUMAN, MessageEvent.ROLLBACK_SUCCEEDED);
        assertEquals(all, events(slack));
        assertEquals(all, events(pager));
        assertEquals(Map.of(MessageEnd.DELIVERED, 6), ends);
        assertEquals(0, store.messages().backlog().count());
        var drafts = slack.drafts();
        assertTrue(drafts.getFirst().thread().isEmpty());
        assertEquals("thread", drafts.getLast().thread().orElseThrow());
        assertEquals(
                EnumSet.of(MessageEvent.RELEASE_ABORTED, MessageEvent.ROLLBACK_NEEDS_HUMAN),
                drafts.getLast().message().ended());
    }

    @Test
    void aReceiverThatIsAwayForADayHasEverythingOnceInTheEnd() {
        slack.fail(Duration.ZERO);
        var release = happens(MessageEvent.RELEASE_ABORTED);
        happens(release, MessageEvent.ROLLBACK_NEEDS_HUMAN);
        var other = happens(MessageEvent.PROMOTION_WAITS);
        for (var end = clock.instant().plus(Duration.ofDays(1)); clock.instant().isBefore(end); ) {
            deliver();
            clock.advance(Duration.ofMinutes(1));
        }
        var attempts = slack.drafts().size();
        assertTrue(attempts > 200 && attempts < 1_500, () -> attempts + " attempts in a day");
        assertFalse(events(slack).contains(MessageEvent.ROLLBACK_NEEDS_HUMAN), "it waits for what was before it");
        assertEquals(3, pager.drafts().size(), "nobody else waits");
        slack.recover();
        for (var i = 0; i < 10; i++) {
            deliver();
            clock.advance(Duration.ofMinutes(1));
        }
        var delivered = slack.drafts().subList(attempts, slack.drafts().size());
        assertEquals(
                List.of(MessageEvent.RELEASE_ABORTED, MessageEvent.ROLLBACK_NEEDS_HUMAN),
                delivered.stream()
                        .filter(draft -> draft.message().subject().release().equals(release))
                        .map(draft -> draft.message().event())
                        .toList());
        assertEquals(3, delivered.size());
        assertTrue(delivered.stream()
                .anyMatch(draft -> draft.message().subject().release().equals(other)));
        assertTrue(ids(slack)
                .containsAll(
                        delivered.stream().map(draft -> draft.message().id()).toList()));
        assertEquals(6, ends.get(MessageEnd.DELIVERED));
        assertEquals(attempts, failures);
    }

    @Test
    void pausesGrowAndAreShortenedAtRandom() {
        slack.fail(Duration.ZERO);
        happens(MessageEvent.RELEASE_ABORTED);
        List<Duration> pauses = new ArrayList<>();
        for (var n = 1; n <= 6; n++) {
            deliver();
            var pause = Duration.ZERO;
            while (slack.drafts().size() == n) {
                clock.advance(Duration.ofMillis(250));
                pause = pause.plusMillis(250);
                deliver();
            }
            pauses.add(pause);
        }
        assertEquals(
                List.of(750, 1_500, 3_000, 6_000, 12_000, 24_000),
                pauses.stream().map(pause -> (int) pause.toMillis()).toList(),
                "three quarters of 1, 2, 4, 8, 16 and 32 s");
    }

    @Test
    void whoWantsToBeLeftAloneForAnHourIs() {
        slack.fail(Duration.ofHours(1));
        happens(MessageEvent.RELEASE_ABORTED);
        deliver();
        happens(MessageEvent.RELEASE_ABORTED);
        clock.advance(Duration.ofMinutes(59));
        deliver();
        assertEquals(1, slack.drafts().size(), "no other message is sent either");
        assertEquals(2, pager.drafts().size());
        slack.recover();
        clock.advance(Duration.ofMinutes(1));
        deliver();
        assertEquals(3, slack.drafts().size());
    }

    @Test
    void aMessageThatIsNeverTakenHoldsNoOtherReleaseUp() {
        var bad = UUID.randomUUID();
        slack.answer(draft -> draft.message().subject().release().equals(bad)
                ? new Delivery.Failed("500", true, Duration.ZERO)
                : Delivery.Delivered.ALONE);
        happens(bad, MessageEvent.RELEASE_ABORTED);
        for (var i = 0; i < 5; i++) {
            happens(MessageEvent.RELEASE_ABORTED);
        }
        for (var i = 0; i < 10; i++) {
            deliver();
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, store.messages().backlog().count());
    }

    @Test
    void aReceiverThatHangsHoldsNobodyUp() throws InterruptedException {
        var hanging = new CountDownLatch(1);
        slack.answer(draft -> {
            await(hanging);
            return Delivery.Delivered.ALONE;
        });
        happens(MessageEvent.RELEASE_ABORTED);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var delivery = delivery(threads);
            delivery.deliverDue();
            Await.until(
                    "one hangs and the other one has it",
                    LIMIT,
                    () -> slack.drafts().size() == 1 && pager.drafts().size() == 1);
            happens(MessageEvent.RELEASE_ABORTED);
            // The lane of the first look may be given back only after its message is noted.
            Await.until("and the next", LIMIT, () -> {
                delivery.deliverDue();
                return pager.drafts().size() == 2;
            });
            assertEquals(1, slack.drafts().size(), "nobody begins a second time while it hangs");
            hanging.countDown();
        } catch (Throwable e) {
            // The end of the threads waits for it.
            hanging.countDown();
            throw e;
        }
        deliver();
        assertEquals(2, slack.drafts().size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ofTwoReplicasOneDelivers() {
        for (var i = 0; i < 30; i++) {
            happens(MessageEvent.RELEASE_ABORTED);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replicas = List.of(delivery(threads), delivery(threads), delivery(threads));
            Await.until("all are delivered", LIMIT, () -> {
                replicas.forEach(DeliverMessages::deliverDue);
                return store.messages().backlog().count() == 0;
            });
        }
        assertEquals(30, slack.drafts().size());
        assertEquals(30, ids(slack).stream().distinct().count());
        assertEquals(30, pager.drafts().size());
    }

    /** As by kill -9 between sending and noting: what was sent is not noted, and nobody says so. */
    @Test
    void aReplicaThatDiesHasItsReceiverTakenOverAndTheMessageIsDoubtful() {
        slack.answer(draft -> {
            throw new Death();
        });
        happens(MessageEvent.RELEASE_ABORTED);
        try {
            deliver();
        } catch (Death e) {
            // as meant
        }
        slack.recover();
        clock.advance(Duration.ofSeconds(79));
        deliver();
        assertEquals(1, slack.drafts().size(), "whoever died may be alive");
        clock.advance(Duration.ofSeconds(1));
        deliver();
        assertEquals(2, slack.drafts().size());
        assertFalse(slack.drafts().getFirst().doubtful());
        assertTrue(slack.drafts().getLast().doubtful());
        assertEquals(1, ids(slack).stream().distinct().count(), "it is the same message");
    }

    @Test
    void whatWasSurelyNotTakenIsNotDoubtfulAndWhatMayHaveBeenStaysSo() {
        slack.fail(Duration.ZERO);
        happens(MessageEvent.RELEASE_ABORTED);
        deliver();
        clock.advance(Duration.ofMinutes(1));
        slack.answer(draft -> new Delivery.Failed("cut off", true, Duration.ZERO));
        deliver();
        clock.advance(Duration.ofMinutes(1));
        slack.fail(Duration.ZERO);
        deliver();
        clock.advance(Duration.ofMinutes(1));
        deliver();
        assertEquals(
                List.of(false, false, true, true),
                slack.drafts().stream().map(Draft::doubtful).toList());
    }

    @Test
    void whatIsTooOldIsGivenUpAndWhatIsRefusedIsNotTriedAgain() {
        slack.fail(Duration.ZERO);
        pager.answer(draft -> new Delivery.Refused("never"));
        happens(MessageEvent.RELEASE_ABORTED);
        deliver();
        clock.advance(AGE);
        var delivery = delivery(Runnable::run);
        delivery.sweep();
        assertEquals(Map.of(MessageEnd.REFUSED, 1), ends);
        clock.advance(Duration.ofSeconds(1));
        delivery.sweep();
        assertEquals(Map.of(MessageEnd.REFUSED, 1, MessageEnd.GIVEN_UP, 1), ends);
        assertEquals(0, store.messages().backlog().count());
        assertEquals(2, store.count());
        clock.advance(Duration.ofDays(32));
        delivery.sweep();
        assertEquals(0, store.count(), "what has ended is forgotten");
    }

    @Test
    void aReceiverThatIsNoLongerConfiguredIsWaitedForThreeDays() {
        happens(MessageEvent.RELEASE_ABORTED);
        receivers.remove("slack");
        deliver();
        assertEquals(List.of(), slack.drafts());
        clock.advance(Duration.ofDays(3));
        var delivery = delivery(Runnable::run);
        delivery.sweep();
        assertEquals(1, store.messages().backlog().count());
        clock.advance(Duration.ofSeconds(1));
        delivery.sweep();
        assertEquals(Map.of(MessageEnd.DELIVERED, 1, MessageEnd.GIVEN_UP, 1), ends);
    }

    @Test
    void whatANewerVersionToldHoldsUpNoDecisionAndNoOtherMessage() {
        var release = happens(MessageEvent.RELEASE_ABORTED);
        store.execute("update messages set event = 'FROM_THE_FUTURE', message = '{\"version\": 9, \"document\": {}}'"
                + " where receiver = 'slack'");
        happens(release, MessageEvent.RELEASE_ABORTED);
        happens(MessageEvent.PROMOTION_WAITS);
        for (var i = 0; i < 3; i++) {
            deliver();
            clock.advance(Duration.ofSeconds(80));
        }
        assertEquals(List.of(MessageEvent.PROMOTION_WAITS), events(slack));
        assertEquals(2, pager.drafts().size());
    }

    @Test
    void theSameIsNotToldTwice() {
        var release = happens(MessageEvent.PROMOTION_WAITS);
        happens(release, MessageEvent.PROMOTION_WAITS);
        happens(release, MessageEvent.RELEASE_PROMOTED);
        happens(release, MessageEvent.PROMOTION_WAITS);
        deliver();
        assertEquals(
                Stream.of(MessageEvent.PROMOTION_WAITS, MessageEvent.RELEASE_PROMOTED, MessageEvent.PROMOTION_WAITS)
                        .toList(),
                events(slack));
    }
}
