package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.kit.transparency.VerifierKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happens to the audit log, as {@code portcullis_gate_audit_checkpoints_total} and {@code portcullis_gate_audit_cosignatures_total}; there from the start with
 * every outcome and witness, at 0.
 */
public final class CountedAuditEvents implements AuditEvents {
    private final Counter signed;
    private final Counter refused;

    private final Map<String, Counter> cosigned = new HashMap<>();
    private final Map<String, Counter> notCosigned = new HashMap<>();

    public CountedAuditEvents(MeterRegistry meters, List<VerifierKey> witnesses) {
        for (var witness : witnesses) {
            cosigned.put(witness.name(), cosignatures(meters, witness.name(), "COSIGNED"));
            notCosigned.put(witness.name(), cosignatures(meters, witness.name(), "FAILED"));
        }
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

    private static Counter cosignatures(MeterRegistry meters, String witness, String outcome) {
        return Counter.builder("portcullis.gate.audit.cosignatures")
                .description("Checkpoints of the audit log that a witness has cosigned, or was asked to in vain")
                .tag("witness", witness)
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void cosigned(String witness) {
        Optional.ofNullable(cosigned.get(witness)).ifPresent(Counter::increment);
    }

    @Override
    public void notCosigned(String witness) {
        Optional.ofNullable(notCosigned.get(witness)).ifPresent(Counter::increment);
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
