package dev.portcullis.gate.decision;

import java.util.UUID;

/** A decision and what it rests on; once recorded it never changes. */
public record Decision(Ruling ruling, Basis basis, Origin origin) {
    public UUID id() {
        return origin.id();
    }

    public Outcome outcome() {
        return ruling.outcome();
    }

    /** Whether a new ruling would say nothing this decision does not say already. Wording and figures do not count. */
    public boolean says(Ruling next, Basis rest) {
        return ruling.outcome() == next.outcome()
                && ruling.reasons().equals(next.reasons())
                && basis.sameJudgement(rest);
    }
}
