package dev.portcullis.gate.rule;

import dev.portcullis.gate.release.AddedRule;

/** What explanations call a rule. */
public final class RuleName {
    private RuleName() {}

    /** The rule, and whose it is. */
    public static String told(String name) {
        return "rule '" + name + "'" + (name.startsWith(AddedRule.PREFIX) ? "" : " of the policy");
    }
}
