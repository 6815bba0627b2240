package dev.portcullis.gate.rule;

import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of one kind of rule that a ReleasePolicy may list: what is said to it there. Thread-safe. */
public interface PromotionRuleKind {
    /** The key of an item of {@code gate.rules} that is of this kind, e.g. "minimumBake"; also the name of a rule to which the policy gives none. */
    String name();

    /**
     * Reads the keys of this kind. {@code name} and {@code onTrial}, which every rule may have, are not its business, nor are keys that nobody knows.
     *
     * @param name of the rule
     * @param settings the mapping below the kind's key; records what is wrong
     * @return the rule, of no use when a fault was recorded
     */
    PromotionRule read(String name, YamlMapping settings);
}
