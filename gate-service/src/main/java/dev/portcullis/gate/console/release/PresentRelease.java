package dev.portcullis.gate.console.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release with what the gate would answer about it now, which may be ahead of what is on record.
 *
 * @param answer what would be answered; empty before the first decision
 * @param holds the active ones of the release itself
 * @param deadline when an undecided analysis ends; empty when that is not known, or nothing is left to be decided
 */
public record PresentRelease(
        Release release, Optional<Decision> answer, List<PromotionHold> holds, Optional<Instant> deadline) {
    /** Keeps its own copy. */
    public PresentRelease {
        holds = List.copyOf(holds);
    }

    /** One of which nothing is known but what is on record. */
    public static PresentRelease recorded(Release release) {
        return new PresentRelease(release, release.current(), List.of(), Optional.empty());
    }
}
