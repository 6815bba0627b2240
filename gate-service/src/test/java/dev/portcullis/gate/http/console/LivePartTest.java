package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.release.RolloutKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.LoggerFactory;

final class LivePartTest {
    private static final RolloutKey ROLLOUT = new RolloutKey("checkout", "shop", "checkout");

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private String text = "<p>one</p>";
    private final LivePart part = new LivePart(
            Optional.of(ROLLOUT),
            () -> {
                made.incrementAndGet();
                return text;
            },
            Runnable::run,
            Duration.ZERO,
            LoggerFactory.getLogger(LivePartTest.class));

    /** Somebody who takes a number of events. */
    private final class Taker implements Subscriber<byte[]> {
        private final List<String> events = new ArrayList<>();
        private boolean over;
        private Subscription subscription;

        Taker(String known, long number) {
            var viewer = new LiveViewer(known, Integer.MAX_VALUE, left::incrementAndGet);
            viewer.publisher().subscribe(this);
            subscription.request(number);
            part.join(viewer);
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
        }

        @Override
        public void onNext(byte[] event) {
            events.add(new String(event, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void onComplete() {
            over = true;
        }

        String id() {
            return events.getLast().lines().findFirst().orElseThrow().substring("id: ".length());
        }
    }

    @Test
    void aChangeIsMadeOnceForAllWhoLook() {
        var one = new Taker("", 9);
        var other = new Taker("", 9);
        text = "<p>two</p>\n<p>three</p>";
        part.change();
        assertEquals(2, made.get());
        assertEquals(one.events, other.events);
        assertEquals(2, one.events.size());
        assertTrue(one.events.getLast().endsWith("\ndata: <p>two</p>\ndata: <p>three</p>\n\n"), one.events.toString());
    }

    @Test
    void aChangeThatNobodyToldOfIsShownWithTheNextPulse() {
        var one = new Taker("", 9);
        text = "<p>two</p>";
        assertTrue(part.pulse());
        assertTrue(one.events.getLast().endsWith("data: <p>two</p>\n\n"), one.events.toString());
    }

    @Test
    void whoeverHasTheNewestVersionIsNotSentItAgain() {
        var first = new Taker("", 9);
        part.change();
        assertEquals(1, first.events.size());
        var back = new Taker(first.id(), 9);
        assertEquals(List.of(), back.events);
        var late = new Taker("of-before", 9);
        assertEquals(first.events, late.events);
    }

    @Test
    void whoeverIsSlowGetsTheNewestAlone() {
        var slow = new Taker("", 1);
        for (var version : List.of("<p>two</p>", "<p>three</p>")) {
            text = version;
            part.change();
        }
        assertEquals(1, slow.events.size());
        slow.subscription.request(1);
        assertEquals(2, slow.events.size());
        assertTrue(slow.events.getLast().contains("three"));
    }

    @Test
    void aSignOfLifeIsSentWhereNothingElseIs() {
        var viewer = new Taker("", 9);
        assertTrue(part.pulse());
        assertEquals(": \n\n", viewer.events.getLast());
    }

    @Test
    void whoHasLeftIsForgotten() {
        var viewer = new Taker("", 9);
        viewer.subscription.cancel();
        viewer.subscription.cancel();
        assertEquals(1, left.get());
        text = "<p>two</p>";
        part.change();
        assertEquals(1, viewer.events.size());
        assertFalse(part.pulse());
    }

    @Test
    void theEndSaysWhenToComeBack() {
        var viewer = new Taker("", 9);
        part.end();
        assertEquals("retry: 2000\n\n", viewer.events.getLast());
        assertTrue(viewer.over);
        assertEquals(1, left.get());
    }

    @Test
    void whatCannotBeMadeIsTriedAgain() {
        var fails = new AtomicInteger(1);
        var flaky = new LivePart(
                Optional.empty(),
                () -> {
                    if (fails.getAndDecrement() > 0) {
                        throw new IllegalStateException("away");
                    }
                    return "<p>back</p>";
                },
                Runnable::run,
                Duration.ZERO,
                LoggerFactory.getLogger(LivePartTest.class));
        var viewer = new LiveViewer("", Integer.MAX_VALUE, () -> {});
        List<String> events = new ArrayList<>();
        viewer.publisher().subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription begun) {
                begun.request(9);
            }

            @Override
            public void onNext(byte[] event) {
                events.add(new String(event, StandardCharsets.UTF_8));
            }

            @Override
            public void onError(Throwable fault) {
                throw new AssertionError(fault);
            }

            @Override
            public void onComplete() {}
        });
        flaky.join(viewer);
        assertEquals(List.of(), events);
        flaky.pulse();
        assertTrue(events.getLast().contains("back"), events.toString());
    }

    @Test
    void aPartIsConcernedByItsRollout() {
        assertTrue(part.concerns(Set.of(ROLLOUT)));
        assertFalse(part.concerns(Set.of(new RolloutKey("basket", "shop", "basket"))));
    }

    /** Whoever has a session has to show now and then that he still has it. */
    @Test
    void aStreamOfASessionEndsAfterItsSignsOfLife() {
        var ended = new AtomicInteger();
        var viewer = new LiveViewer("", 2, ended::incrementAndGet);
        List<String> events = new ArrayList<>();
        viewer.publisher().subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription begun) {
                begun.request(9);
            }

            @Override
            public void onNext(byte[] event) {
                events.add(new String(event, StandardCharsets.UTF_8));
            }

            @Override
            public void onError(Throwable fault) {
                throw new AssertionError(fault);
            }

            @Override
            public void onComplete() {
                events.add("over");
            }
        });
        viewer.pulse();
        viewer.pulse();
        assertEquals(0, ended.get());
        viewer.pulse();
        assertEquals(1, ended.get());
        assertEquals(List.of(": \n\n", ": \n\n", "retry: 2000\n\n", "over"), events);
    }
}
