package dev.portcullis.gate.schedule;

import dev.portcullis.gate.audit.VerifiedLog;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Has the audit log looked through once a day, so that its page can say up to where it is as it was written. Of one thread. */
public final class AuditVerificationTask {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofDays(1);

    private final VerifyAuditLog verifyAuditLog;
    private final Clock clock;
    private final Instant begin;

    public AuditVerificationTask(VerifyAuditLog verifyAuditLog, Clock clock) {
        this.verifyAuditLog = verifyAuditLog;
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** The task as work of its own. */
    public BackgroundWork periodic() {
        return new PeriodicWork(Thread.ofVirtual().name("audit-verification"), BETWEEN_LOOKS, this::verifyDue);
    }

    /** Looks when that is due; not in the first minutes, in which a service that starts has other work. */
    void verifyDue() {
        var now = clock.instant();
        var last = verifyAuditLog.latest().map(VerifiedLog::time);
        var due = last.map(time -> time.plus(EVERY)).orElse(begin.plus(BETWEEN_LOOKS));
        if (!now.isBefore(due)) {
            verifyAuditLog.verify();
        }
    }
}
