package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import java.time.Instant;
import java.util.Optional;

/** A rule that may hold a promotion that the evidence allows. It never promotes and never aborts. Thread-safe; never blocks, since answers from memory ask it. */
public interface PromotionRule {
    /** Why a canary of the service may not be promoted at a moment: a HOLD; empty when this rule has nothing against it. */
    Optional<Decision> hold(String service, Instant moment);

    /** Why no deploy of the service may begin at a moment: a HOLD; empty when this rule has nothing against it. */
    Optional<Decision> holdDeploy(String service, Instant moment);
}
