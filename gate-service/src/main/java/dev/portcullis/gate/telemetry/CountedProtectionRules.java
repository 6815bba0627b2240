package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.github.ProtectionRule;
import dev.portcullis.gate.github.ProtectionRules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The requests of GitHub that are kept, of which those that have ended are counted by how, as {@code portcullis_gate_protection_rules_total}; the counters are there
 * from the start. Thread-safe.
 */
public final class CountedProtectionRules implements ProtectionRules {
    private final ProtectionRules rules;
    private final MeterRegistry meters;

    public CountedProtectionRules(ProtectionRules rules, MeterRegistry meters) {
        this.rules = rules;
        this.meters = meters;
        List.of(End.values()).forEach(this::ended);
    }

    private Counter ended(End end) {
        return Counter.builder("portcullis.gate.protection.rules")
                .description("Requests of GitHub to allow a deployment that have ended, by how")
                .tag("end", end.name())
                .register(meters);
    }

    @Override
    public boolean open(ProtectionRule rule) {
        return rules.open(rule);
    }

    @Override
    public List<ProtectionRule> take(Instant now, Instant next, int limit) {
        return rules.take(now, next, limit);
    }

    @Override
    public void reported(ProtectionRule rule, String reasons, Optional<UUID> release, Instant next) {
        rules.reported(rule, reasons, release, next);
    }

    @Override
    public void postpone(ProtectionRule rule, Optional<UUID> release, int failures, Instant next) {
        rules.postpone(rule, release, failures, next);
    }

    @Override
    public void close(ProtectionRule rule, End end, Instant at) {
        rules.close(rule, end, at);
        ended(end).increment();
    }
}
