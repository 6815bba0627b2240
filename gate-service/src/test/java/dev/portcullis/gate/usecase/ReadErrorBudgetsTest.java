package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReadErrorBudgetsTest {
    private static final PromotionRule BUDGET = named("budget");

    private final Map<String, PromotionRule> rules =
            new TreeMap<>(Map.of("cart", named("bake"), "checkout", BUDGET, "search", BUDGET));
    private final List<String> asked = new ArrayList<>();
    private boolean fault;
    private final AtomicLong nanos = new AtomicLong();
    private final ErrorBudgetMemory memory = new ErrorBudgetMemory(nanos::get);
    private final ReadErrorBudgets read = new ReadErrorBudgets(policies(), this::answer, memory, nanos::get);

    private static PromotionRule named(String name) {
        return new PromotionRule() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Collection<String> budgets(String service) {
                return name.equals("budget") ? List.of(service) : List.of();
            }

            @Override
            public Optional<Decision> hold(Promotion promotion) {
                return Optional.empty();
            }
        };
    }

    private ErrorBudgetReply answer(String service) {
        asked.add(service);
        return fault ? new ErrorBudgetReply.Unknown("refused") : new ErrorBudgetReply.Known(List.of());
    }

    private Policies policies() {
        return new Policies() {
            @Override
            public Optional<GatePolicy> find(String service) {
                return Optional.ofNullable(rules.get(service))
                        .map(rule -> new GatePolicy(
                                service,
                                service,
                                UndecidedAction.HOLD,
                                FailActions.ABORT,
                                List.of(),
                                Optional.empty(),
                                List.of(rule),
                                ""));
            }

            @Override
            public Set<String> services() {
                return new TreeSet<>(rules.keySet());
            }

            @Override
            public PromotionCalendar calendar() {
                return new PromotionCalendar(List.of());
            }

            @Override
            public Instant since() {
                return Instant.EPOCH;
            }
        };
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        read.readDue();
    }

    @Test
    void theServicesWithSuchARuleAreReadEveryHalfMinute() {
        read.readDue();
        assertEquals(List.of("checkout", "search"), asked);
        assertInstanceOf(ErrorBudgetReply.Known.class, memory.of("checkout"));

        pass(Duration.ofSeconds(29));
        assertEquals(2, asked.size());

        pass(Duration.ofSeconds(1));
        assertEquals(List.of("checkout", "search", "checkout", "search"), asked);
    }

    @Test
    void afterAFaultAServiceIsReadAgainSoon() {
        fault = true;
        read.readDue();
        pass(Duration.ofSeconds(4));
        assertEquals(2, asked.size());

        fault = false;
        pass(Duration.ofSeconds(1));
        assertEquals(4, asked.size());

        pass(Duration.ofSeconds(29));
        assertEquals(4, asked.size());
    }

    @Test
    void aServiceThatGetsTheRuleIsReadWithTheNextLookAndOneThatLosesItIsForgotten() {
        read.readDue();
        rules.put("cart", BUDGET);
        rules.remove("search");

        pass(Duration.ofSeconds(1));

        assertEquals(List.of("checkout", "search", "cart"), asked);
        assertInstanceOf(ErrorBudgetReply.Unknown.class, memory.of("search"));
    }
}
