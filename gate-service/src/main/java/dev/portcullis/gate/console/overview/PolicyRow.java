package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.List;

/**
 * A ReleasePolicy in use.
 *
 * @param path of its page
 * @param undecided what happens at the deadline, in the policy's word
 * @param rules the names of what may hold a promotion
 * @param hash SHA-256 of its text, as it is recorded with decisions
 * @param text as YAML
 */
public record PolicyRow(
        String name, String service, String path, String undecided, List<String> rules, String hash, String text) {
    public PolicyRow {
        rules = List.copyOf(rules);
    }

    /** The row of a policy. */
    public static PolicyRow of(GatePolicy policy) {
        var version = policy.version();
        return new PolicyRow(
                policy.name(),
                policy.service(),
                ConsolePath.ROOT + "/policies/" + ConsolePath.segment(policy.service()),
                policy.undecided().word(),
                policy.rules().stream().map(PromotionRule::name).toList(),
                version.hash(),
                policy.text());
    }
}
