package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A rule that may hold a promotion that the evidence allows. It never promotes and never aborts. Thread-safe; never blocks, since answers from memory ask it. */
public interface PromotionRule {
    /** What records, answers and the configuration folder call it; one of a service's rules has it. */
    String name();

    /** Why a promotion may not be now: a HOLD with one reason; empty when this rule has nothing against it. */
    Optional<Decision> hold(Promotion promotion);

    /** Why a promotion passes that the rule would hold, one sentence, as that its release is an exception; empty when that is not so. Asked about one that it does not hold. */
    default String exemption(Promotion promotion) {
        return "";
    }

    /** The services whose error budgets it goes by, when it is a rule of this one. */
    default Collection<String> budgets(String service) {
        return List.of();
    }

    /** Whether an approval by somebody in a group may count more for it than one by somebody else. */
    default boolean goesByGroup(String group) {
        return false;
    }

    /** Why releases of these services can never be ready at the same time where one of them has the rule, one sentence; empty when they can. */
    default String keepsApart(Collection<String> services) {
        return "";
    }

    /** Whether it is on trial: what it says is recorded, and holds nothing. */
    default boolean onTrial() {
        return false;
    }
}
