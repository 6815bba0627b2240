package dev.portcullis.analysis.rules;

import java.time.Duration;
import java.util.List;

/**
 * Rules that are evaluated together and in order.
 *
 * @param name unique in a file
 * @param interval time between two evaluations; zero for the server's own
 */
public record RuleGroup(String name, Duration interval, List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }
}
