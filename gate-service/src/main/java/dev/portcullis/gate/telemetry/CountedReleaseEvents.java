package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.rollback.OrderOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts what happens to releases, as {@code portcullis_gate_*}. Each counter is there from the start with every label value, at 0, since an increase is seen only
 * of what was there before; none carries a service or release, so that their number stays small.
 */
public final class CountedReleaseEvents implements ReleaseEvents {
    private static final String STARTED = "STARTED";
    private static final String REFUSED = "REFUSED";
    private static final String POSTPONED = "POSTPONED";
    private static final String OUTDATED = "OUTDATED";

    private final MeterRegistry meters;

    public CountedReleaseEvents(MeterRegistry meters) {
        this.meters = meters;
        for (var reason : DecisionReason.values()) {
            for (var outcome : reason.outcomes()) {
                decisions(outcome, reason, false);
                decisions(outcome, reason, true);
            }
            if (reason.outcomes().contains(Outcome.HOLD)) {
                unrecorded(reason);
            }
        }
        List.of(STARTED, REFUSED, POSTPONED, OUTDATED).forEach(this::orders);
    }

    @Override
    public void decided(Decision decision, boolean dryRun) {
        decisions(decision.outcome(), decision.reasons().getFirst(), dryRun).increment();
    }

    @Override
    public void unrecorded(Decision decision) {
        unrecorded(decision.reasons().getFirst()).increment();
    }

    @Override
    public void ordered(OrderOutcome outcome) {
        var word =
                switch (outcome) {
                    case OrderOutcome.Started ignored -> STARTED;
                    case OrderOutcome.Refused ignored -> REFUSED;
                    case OrderOutcome.Postponed ignored -> POSTPONED;
                    case OrderOutcome.Outdated ignored -> OUTDATED;
                };
        orders(word).increment();
    }

    private Counter decisions(Outcome outcome, DecisionReason reason, boolean dryRun) {
        return Counter.builder("portcullis.gate.decisions")
                .description("Decisions recorded, by outcome, most important reason and whether in a dry run")
                .tag("outcome", outcome.name())
                .tag("reason", reason.name())
                .tag("dry_run", Boolean.toString(dryRun))
                .register(meters);
    }

    private Counter unrecorded(DecisionReason reason) {
        return Counter.builder("portcullis.gate.unrecorded.answers")
                .description("Answers HOLD of which nothing was recorded, by most important reason")
                .tag("reason", reason.name())
                .register(meters);
    }

    private Counter orders(String outcome) {
        return Counter.builder("portcullis.gate.rollback.orders")
                .description("Tries to have the rollback of an ABORT started, by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
