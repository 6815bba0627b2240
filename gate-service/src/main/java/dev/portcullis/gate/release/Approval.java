package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * That somebody approves a release.
 *
 * @param subject who he is to whoever vouches for him
 * @param issuer who vouches for him
 * @param name what people call him
 * @param reason why
 * @param time when
 * @param decision that was there to be seen; empty when nothing was decided yet
 * @param groups of his credentials, those by which a rule went then
 * @param inAdvance whether the evidence did not allow a promotion then
 * @param withdrawal that he has taken it back; empty while it stands
 */
public record Approval(
        String subject,
        String issuer,
        String name,
        String reason,
        Instant time,
        Optional<UUID> decision,
        boolean inAdvance,
        List<String> groups,
        Optional<Withdrawal> withdrawal) {
    public Approval {
        groups = List.copyOf(groups);
    }

    /** One that stands, by somebody in no group. */
    public Approval(
            String subject,
            String issuer,
            String name,
            String reason,
            Instant time,
            Optional<UUID> decision,
            boolean inAdvance) {
        this(subject, issuer, name, reason, time, decision, inAdvance, List.of(), Optional.empty());
    }

    /** Whether he has not taken it back. */
    public boolean stands() {
        return withdrawal.isEmpty();
    }

    /** The same, taken back. */
    Approval withdrawn(Withdrawal how) {
        return new Approval(subject, issuer, name, reason, time, decision, inAdvance, groups, Optional.of(how));
    }

    /** Whether both are of one person, whoever vouches for him: who has two sets of credentials is not two. */
    public boolean isOfSamePerson(Approval other) {
        return isOf(other.subject) || isOf(other.name);
    }

    /** Whether it is of the one whom a text calls by his subject or his name, in whatever case; of nobody when it is empty. */
    public boolean isOf(String person) {
        var called = person.strip();
        return !called.isEmpty() && (called.equalsIgnoreCase(subject) || called.equalsIgnoreCase(name));
    }
}
