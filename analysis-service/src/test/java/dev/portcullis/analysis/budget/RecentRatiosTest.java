package dev.portcullis.analysis.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RecentRatiosTest {
    private static final BurnRateRows ROWS = BurnRatePreset.WORKBOOK.forPeriod(Duration.ofDays(30));
    private static final BudgetedSlo CART = slo("cart");

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-07-14T12:00:00Z");
    private Duration took = Duration.ofMillis(20);
    private Supplier<BadRatios> answer = () -> new BadRatios.Known(now, Map.of());
    private int reads;
    private final RecentRatios ratios = new RecentRatios(this::read, waiting::add, () -> now);

    private BadRatios read(BudgetedSlo slo, BurnRateRows rows) {
        reads++;
        now = now.plus(took);
        return answer.get();
    }

    private static BudgetedSlo slo(String name) {
        var indicator = new RatioIndicator("main", null, "bad_total", "all_total");
        return new BudgetedSlo("a.yaml:1", name, "shop", 0.999, SloPeriod.DEFAULT, indicator, true);
    }

    private CompletableFuture<BadRatios> ask(BudgetedSlo slo) {
        CompletableFuture<BadRatios> asked = ratios.of(slo, ROWS);
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        return asked;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void whoAsksAtTheSameTimeSharesOneReading() {
        CompletableFuture<BadRatios> first = ratios.of(CART, ROWS);
        CompletableFuture<BadRatios> second = ratios.of(CART, ROWS);
        assertEquals(1, waiting.size());
        assertFalse(second.isDone());
        waiting.remove().run();
        assertEquals(first.join(), second.join());
    }

    @Test
    void anAnswerIsKeptForHalfAMinute() {
        ask(CART);
        pass(RecentRatios.KEPT.minusMillis(1));
        ask(CART);
        assertEquals(1, reads);
        pass(Duration.ofMillis(1));
        ask(CART);
        assertEquals(2, reads);
    }

    @Test
    void whatTookLongIsKeptTenTimesAsLong() {
        took = Duration.ofSeconds(8);
        ask(CART);
        pass(Duration.ofSeconds(79));
        ask(CART);
        assertEquals(1, reads);
        pass(Duration.ofSeconds(1));
        ask(CART);
        assertEquals(2, reads);
    }

    @Test
    void aRefusalIsKeptNoLongerThanItsCostAsks() {
        answer = () -> new BadRatios.Unreachable("connection refused");
        ask(CART);
        pass(Duration.ofMillis(200));
        ask(CART);
        assertEquals(2, reads);
        took = Duration.ofSeconds(3);
        pass(Duration.ofMillis(200));
        ask(CART);
        pass(Duration.ofSeconds(29));
        ask(CART);
        assertEquals(3, reads);
    }

    @Test
    void everySloAndEveryChoiceOfRowsIsReadByItself() {
        ask(CART);
        ask(slo("checkout"));
        ratios.of(CART, BurnRatePreset.PYRRA.forPeriod(Duration.ofDays(30)));
        assertEquals(2, reads);
        assertEquals(1, waiting.size());
    }

    @Test
    void aReadingThatFailsByAFaultOfOursIsNotKept() {
        answer = () -> {
            throw new IllegalStateException("a bug");
        };
        CompletableFuture<BadRatios> failed = ask(CART);
        assertThrows(CompletionException.class, failed::join);
        ask(CART);
        assertEquals(2, reads);
    }
}
