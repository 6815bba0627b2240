package dev.portcullis.gate.configuration;

import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.gate.rule.RuleOnTrial;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The reader of {@code gate.rules}, for a given registry of kinds. Thread-safe. */
public final class PromotionRuleReader {
    private static final String RULES = "rules";
    private static final String LEGAL_NAME = "1 to 63 letters, digits and '-', and no other rule of the service";

    private final List<PromotionRuleKind> kinds;
    private final Set<String> taken;
    private final String prefix;

    private PromotionRuleReader(List<PromotionRuleKind> kinds, Collection<String> taken, String prefix) {
        this.kinds = List.copyOf(kinds);
        this.taken = Set.copyOf(taken);
        this.prefix = prefix;
    }

    /**
     * One that knows these kinds.
     *
     * @param kinds every legal kind; the order is that of error texts
     * @param taken names of the rules that every service has, which those of a policy may not have
     */
    public PromotionRuleReader(List<PromotionRuleKind> kinds, Collection<String> taken) {
        this(kinds, taken, "");
    }

    /** The same for the rules of questions, whose names are no policy's. */
    public static PromotionRuleReader ofQuestions(List<PromotionRuleKind> kinds) {
        return new PromotionRuleReader(kinds, List.of(), AddedRule.PREFIX);
    }

    /** The rules of a policy, in their order; of no use when a fault was recorded. */
    List<PromotionRule> read(YamlMapping gate) {
        gate.describe(RULES, "[]", "one rule each");
        var names = new HashSet<>(taken);
        return gate.mappings(RULES, legalItem()).stream()
                .flatMap(item -> rule(item, names).stream())
                .toList();
    }

    /** What an item may be. */
    String legalItem() {
        return "a mapping with one of the keys " + legal();
    }

    private String legal() {
        return kinds.stream().map(PromotionRuleKind::name).collect(Collectors.joining(", "));
    }

    private Optional<PromotionRule> rule(YamlMapping item, Set<String> names) {
        requireOneKey(item);
        // Each is asked for, so that a list of keys has them all.
        var rules = kinds.stream()
                .flatMap(kind -> item.mapping(kind.name()).stream().map(settings -> rule(kind, settings, names)))
                .toList();
        item.rejectUnknown();
        return rules.stream().findFirst();
    }

    private void requireOneKey(YamlMapping item) {
        var keys = item.keys();
        if (keys.isEmpty()) {
            item.fault("", "a rule is an empty mapping; legal: one of the keys " + legal());
        } else if (keys.size() > 1) {
            item.fault(
                    keys.get(1),
                    item.path(keys.get(1)) + " stands beside " + keys.get(0)
                            + "; legal: one key for each item of the list, since the list is the order in which rules are asked");
        }
    }

    private PromotionRule rule(PromotionRuleKind kind, YamlMapping settings, Set<String> names) {
        settings.describe("name", kind.name(), LEGAL_NAME);
        var name = settings.text("name", kind.name());
        if (!name.matches("[A-Za-z0-9-]{1,63}")) {
            settings.fault("name", settings.path("name") + " is '" + name + "'; legal: " + LEGAL_NAME);
        } else if (!names.add(name)) {
            settings.fault(
                    "name",
                    settings.path("name") + " is '" + name + "', as that of another rule; legal: " + LEGAL_NAME);
        }
        var onTrial = settings.flag("onTrial", false);
        var rule = kind.read(prefix + name, settings);
        settings.rejectUnknown();
        return onTrial ? new RuleOnTrial(rule) : rule;
    }
}
