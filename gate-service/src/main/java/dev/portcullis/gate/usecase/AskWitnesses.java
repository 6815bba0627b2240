package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.Witness;
import dev.portcullis.gate.audit.Witness.Answer;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.WitnessRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest checkpoint of the audit log cosigned by its witnesses, and hears of them when the log has lost what they have seen. One that does not answer is left alone for
 * ten seconds. For one thread at a time.
 */
public final class AskWitnesses {
    private static final Logger LOG = LoggerFactory.getLogger(AskWitnesses.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final AuditLog log;
    private final List<Acquaintance> witnesses;
    private final AuditEvents events;
    private final LongSupplier nanoTime;

    /** What is known of a witness. */
    private static final class Acquaintance {
        private final Witness witness;
        /** Size of the tree that he has cosigned last; 0 when nothing is known. */
        private long seen;
        /** What he has cosigned last for this process. */
        private Optional<SignedNote> cosigned = Optional.empty();

        private Optional<Long> askedInVain = Optional.empty();

        Acquaintance(Witness witness) {
            this.witness = witness;
        }
    }

    public AskWitnesses(AuditLog log, List<Witness> witnesses, AuditEvents events, LongSupplier nanoTime) {
        this.log = log;
        this.witnesses = witnesses.stream().map(Acquaintance::new).toList();
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks those who have not cosigned the newest checkpoint yet; in a log without one, whether they have ever seen more than nothing.
     *
     * @throws LogDamageException when one of them has cosigned more than the log has, or something else
     */
    public void ask(AuditSigner signer) {
        if (witnesses.isEmpty()) {
            return;
        }
        var newest = log.signed().orElseGet(signer::signNothing);
        for (var known : witnesses) {
            if (known.cosigned.filter(newest::equals).isEmpty() && !isLeftAlone(known)) {
                ask(known, newest);
            }
        }
    }

    private boolean isLeftAlone(Acquaintance known) {
        return known.askedInVain
                .filter(time -> nanoTime.getAsLong() - time < PAUSE)
                .isPresent();
    }

    private void ask(Acquaintance known, SignedNote newest) {
        var size = size(newest);
        var answer = answer(known, newest, Math.min(known.seen, size));
        if (answer instanceof Answer.Differs differs && differs.size() <= size && differs.size() != known.seen) {
            answer = answer(known, newest, differs.size());
        }
        switch (answer) {
            case Answer.Cosigned cosigned -> keep(known, newest, cosigned);
            case Answer.Differs differs ->
                throw differs.size() > size ? cut(known, differs.size(), size) : rewritten(known, differs.size());
            case Answer.Contradicts contradicts -> throw rewritten(known, known.seen);
            case Answer.None none -> inVain(known, none.why());
        }
    }

    private Answer answer(Acquaintance known, SignedNote newest, long older) {
        known.seen = older;
        return known.witness.add(new WitnessRequest(older, log.consistency(older, newest), newest));
    }

    private void keep(Acquaintance known, SignedNote newest, Answer.Cosigned cosigned) {
        var key = known.witness.key();
        var good = cosigned.signatures().stream()
                .filter(signature -> key.signs(newest.text(), signature))
                .findFirst();
        if (good.isEmpty()) {
            inVain(known, "the answer has no good cosignature of the key " + key.text());
            return;
        }
        if (size(newest) > 0) {
            log.addCosignature(newest, key, good.get());
        }
        known.seen = size(newest);
        known.cosigned = Optional.of(newest);
        known.askedInVain = Optional.empty();
        events.cosigned(key.name());
    }

    private void inVain(Acquaintance known, String why) {
        known.askedInVain = Optional.of(nanoTime.getAsLong());
        events.notCosigned(known.witness.key().name());
        LOG.warn(
                "the audit log has no cosignature of the witness {}: {}",
                known.witness.key().name(),
                why);
    }

    private LogDamageException cut(Acquaintance known, long seen, long size) {
        events.notCosigned(known.witness.key().name());
        return new LogDamageException("the audit log was signed for " + size + " entries, but the witness "
                + known.witness.key().name() + " has cosigned a checkpoint of " + seen
                + " entries: its end was cut off, or the database was replaced by an older copy");
    }

    private LogDamageException rewritten(Acquaintance known, long seen) {
        events.notCosigned(known.witness.key().name());
        return new LogDamageException("the first " + seen
                + " entries of the audit log are not those that the witness "
                + known.witness.key().name() + " has cosigned: entries were changed, removed or inserted");
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).head().size();
    }
}
