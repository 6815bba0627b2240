package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.SignedElsewhere;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.SignedNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the entries of the audit log their places, and signs what comes of it. Thread-safe; of several replicas one works at a time. */
public final class SequenceAuditEntries {
    private static final Logger LOG = LoggerFactory.getLogger(SequenceAuditEntries.class);
    private static final int BATCH = 1_000;

    private final AuditLog log;
    private final AuditSigning signing;
    private final AskWitnesses askWitnesses;
    private final AuditEvents events;

    public SequenceAuditEntries(AuditLog log, AuditSigning signing, AskWitnesses askWitnesses, AuditEvents events) {
        this.log = log;
        this.signing = signing;
        this.askWitnesses = askWitnesses;
        this.events = events;
    }

    /** Sequences what waits. A log that has lost what was signed is told as an error, again and again, and is signed no more. */
    public void sequence() {
        signing.signer().ifPresent(by -> {
            try {
                // Before anything is signed: whoever has seen more than there is hears of no further checkpoint.
                askWitnesses.ask(by);
                while (sequenced(by) == BATCH) {
                    LOG.debug("{} entries of the audit log have their places", BATCH);
                }
            } catch (LogDamageException e) {
                events.refused();
                LOG.error("the audit log is not signed: {}; see docs/audit.md#damage", e.getMessage());
            }
        });
    }

    private int sequenced(AuditSigner by) {
        var known = signing.elsewhere().flatMap(SignedElsewhere::newest);
        var sequenced = log.sequence(BATCH, by, known.stream().toList());
        sequenced.ifPresent(done -> events.signed());
        sequenced
                .map(AuditLog.Sequenced::checkpoint)
                .filter(checkpoint -> known.filter(checkpoint::equals).isEmpty())
                .ifPresent(this::keep);
        return sequenced.map(AuditLog.Sequenced::entries).orElse(0);
    }

    private void keep(SignedNote checkpoint) {
        signing.elsewhere().ifPresent(place -> place.keep(checkpoint));
    }
}
