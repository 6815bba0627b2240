package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.audit.AuditEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to the audit log, as {@code portcullis_gate_audit_checkpoints_total}; there from the start with every outcome, at 0. */
public final class CountedAuditEvents implements AuditEvents {
    private final Counter signed;
    private final Counter refused;

    public CountedAuditEvents(MeterRegistry meters) {
        this.signed = checkpoints(meters, "SIGNED");
        this.refused = checkpoints(meters, "REFUSED");
    }

    private static Counter checkpoints(MeterRegistry meters, String outcome) {
        return Counter.builder("portcullis.gate.audit.checkpoints")
                .description(
                        "Checkpoints of the audit log that were signed, or refused because the log has lost what was signed before")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void signed() {
        signed.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }
}
