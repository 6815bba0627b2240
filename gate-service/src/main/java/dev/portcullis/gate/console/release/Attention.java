package dev.portcullis.gate.console.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.kit.text.PlainText;
import java.util.Optional;

/** Why a release waits for a person, which no time and no traffic will change. Stateless. */
final class Attention {
    private static final int LONGEST = 160;

    private Attention() {}

    /** The reason in a few words; empty when nobody is waited for. */
    static Optional<String> of(PresentRelease present) {
        var release = present.release();
        var rollback = release.rollback().detail();
        if (!rollback.isEmpty()) {
            return Optional.of("rollback: " + PlainText.line(rollback, LONGEST));
        }
        if (!present.holds().isEmpty()) {
            return Optional.of("held until a person resumes it");
        }
        return release.open() ? present.answer().flatMap(Attention::of) : Optional.empty();
    }

    private static Optional<String> of(Decision decision) {
        return decision.reasons().stream()
                .flatMap(reason -> of(reason).stream())
                .findFirst();
    }

    private static Optional<String> of(DecisionReason reason) {
        return switch (reason) {
            case FAIL_NEEDS_PERSON -> Optional.of("failed, and waits for a person to decide");
            case APPROVAL_MISSING, BUDGET_NEEDS_APPROVAL -> Optional.of("waits for an approval");
            case RELEASE_HELD -> Optional.of("held by a person");
            case DEADLINE_UNDECIDED -> Optional.of("undecided at its deadline");
            case ANALYSIS_CANCELLED -> Optional.of("its analysis was cancelled");
            case TOO_LITTLE_TRAFFIC -> Optional.of("too little traffic to decide in time");
            case UNKNOWN_SERVICE -> Optional.of("no policy names the service");
            case ANALYSIS_REFUSED -> Optional.of("cannot be analysed as configured");
            case CANARY_IS_STABLE -> Optional.of("canary and stable version may be mixed up");
            case METRICS_UNREACHABLE -> Optional.of("its metrics cannot be read");
            case RULE_ERROR -> Optional.of("a rule of its policy cannot be evaluated");
            default -> Optional.empty();
        };
    }
}
