package dev.portcullis.kit.audit.record;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.rpc.RequestSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Refused calls as entries of the audit log. Those of one caller, from one address and for one reason are alike: the first is an entry as soon as entries are written, and
 * those that follow within a minute are one more, with their number. In a minute at most {@value #MOST_KINDS} that are not alike have entries of their own, and all others
 * share one for each reason: so a flood of refused calls cannot fill the log. Thread-safe.
 */
public final class RefusedCallEntries implements Consumer<CallRefusedException> {
    static final int MOST_KINDS = 100;

    private static final Duration APART = Duration.ofMinutes(1);
    private static final AuditActor UNKNOWN = new AuditActor("UNKNOWN", "", "", "unknown");
    private static final AuditActor SEVERAL = new AuditActor("UNKNOWN", "", "", "several");

    private final AuditEntries entries;
    private final Clock clock;
    /** What has no entry yet. */
    private final Map<Kind, Calls> waiting = new HashMap<>();
    /** When the last entry of a kind was written, of the last minute. */
    private final Map<Kind, Instant> written = new HashMap<>();

    /** What calls that are alike have in common. */
    private record Kind(CallRefusedException.Reason reason, AuditActor actor, String address) {}

    /**
     * Calls that are alike.
     *
     * @param source of the first
     */
    private record Calls(long count, Instant first, Instant last, Optional<RequestSource> source, String why) {
        Calls and(Calls later) {
            return new Calls(count + later.count, first, later.last, source, why);
        }
    }

    public RefusedCallEntries(AuditEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** Takes note of a refused call, in the thread that answers it; waits for nothing. */
    @Override
    public synchronized void accept(CallRefusedException refusal) {
        var now = clock.instant();
        var source = RequestSource.current();
        waiting.merge(kind(refusal, source), new Calls(1, now, now, source, refusal.why()), Calls::and);
    }

    private Kind kind(CallRefusedException refusal, Optional<RequestSource> source) {
        var kind = new Kind(
                refusal.reason(),
                refusal.caller().map(AuditActor::of).orElse(UNKNOWN),
                source.map(RequestSource::address).orElse(""));
        var isKnown = waiting.containsKey(kind) || written.containsKey(kind);
        return isKnown || waiting.size() + written.size() < MOST_KINDS ? kind : new Kind(kind.reason, SEVERAL, "");
    }

    /** Writes the entries that are due. What cannot be written is due the next time, and what was thrown passes on. */
    public void write() {
        write(clock.instant().minus(APART));
    }

    /** Writes all there is, before the end. */
    void writeAll() {
        write(Instant.MAX);
    }

    private void write(Instant before) {
        for (var kind : due(before)) {
            var calls = taken(kind);
            try {
                record(entry(kind, calls), calls.source);
            } catch (RuntimeException e) {
                giveBack(kind, calls);
                throw e;
            }
        }
    }

    private synchronized List<Kind> due(Instant before) {
        written.values().removeIf(time -> !time.isAfter(before));
        return waiting.keySet().stream()
                .filter(kind -> !written.containsKey(kind))
                .toList();
    }

    private synchronized Calls taken(Kind kind) {
        written.put(kind, clock.instant());
        return Objects.requireNonNull(waiting.remove(kind));
    }

    private synchronized void giveBack(Kind kind, Calls calls) {
        written.remove(kind);
        waiting.merge(kind, calls, (later, earlier) -> earlier.and(later));
    }

    /** The entry says where the first of them came from. */
    private void record(AuditEntry entry, Optional<RequestSource> source) {
        source.ifPresentOrElse(from -> from.context().run(() -> entries.record(entry)), () -> entries.record(entry));
    }

    private static AuditEntry entry(Kind kind, Calls calls) {
        return new AuditEntry(
                calls.first,
                AuditAction.REFUSE_CALLS,
                kind.actor,
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Outcome.DENIED,
                calls.why,
                Map.of(
                        "refused",
                        Map.of(
                                "reason", kind.reason.name(),
                                "calls", calls.count,
                                "first", calls.first.toString(),
                                "last", calls.last.toString())));
    }
}
