package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.SignedElsewhere;
import dev.portcullis.gate.audit.VerifiedLog;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogCheck;
import dev.portcullis.kit.transparency.LogVerification;
import dev.portcullis.kit.transparency.SignedNote;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks through the whole audit log for what is not as it was written. Thread-safe. */
public final class VerifyAuditLog {
    /** An entry has its place after a second; so much later even a machine under load has given it one. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int BATCH = 500;

    private final AuditLog log;
    private final AuditSigning signing;
    private final Clock clock;
    private volatile Optional<VerifiedLog> latest = Optional.empty();

    public VerifyAuditLog(AuditLog log, AuditSigning signing, Clock clock) {
        this.log = log;
        this.signing = signing;
        this.clock = clock;
    }

    /** The last time that it was looked through by this process; empty while it was not. */
    public Optional<VerifiedLog> latest() {
        return latest;
    }

    /** Verifies all that is there when it begins, in the time it takes to read it. */
    public LogVerification verify() {
        var begin = clock.instant();
        var found = lookThrough();
        latest = Optional.of(new VerifiedLog(begin, found));
        return found;
    }

    private LogVerification lookThrough() {
        // In this order, so that what is signed meanwhile is missed by none: a checkpoint is written with the places
        // under it, and kept elsewhere after that.
        var elsewhere = signing.elsewhere().flatMap(SignedElsewhere::newest);
        var size = log.size();
        var newest = log.checkpoint();
        var end =
                newest.map(VerifyAuditLog::size).filter(signed -> signed > size).orElse(size);
        var check = new LogCheck(signing.signer().map(AuditSigner::verifiers).orElse(List.of()));
        elsewhere.filter(kept -> !isInDatabase(kept)).ifPresent(check::expect);
        long from = 0;
        while (from < end) {
            var next = Math.min(from + BATCH, end);
            log.checkpoints(from, next).forEach(check::expect);
            log.placed(from, next).forEach(check::add);
            from = next;
        }
        return check.end(signing.signer().isPresent() ? log.unplaced(LONGEST_WAIT) : 0);
    }

    private boolean isInDatabase(SignedNote kept) {
        return log.checkpoints(size(kept) - 1, size(kept)).contains(kept);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).head().size();
    }
}
