package dev.portcullis.gate.rule;

import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.InvalidFieldException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The reader of the rules that questions add to those of a policy. Thread-safe. */
public interface AddedRules {
    /**
     * Those of a question. The first expression takes up to a second.
     *
     * @param text a list in the form of {@code gate.rules}, in YAML or JSON; empty for none
     * @throws InvalidFieldException for the first thing in it that is not legal
     */
    List<AddedRule> read(String text);

    /** The same without holding the caller up: what was read lately is there at once, anything else is read in the background. */
    CompletableFuture<List<AddedRule>> reading(String text);

    /** What such a rule says; one that can be read no more, as after an update, holds every promotion. */
    PromotionRule rule(AddedRule added);

    /** The same for who may not be held up; empty when it was not read lately. */
    Optional<PromotionRule> known(AddedRule added);
}
