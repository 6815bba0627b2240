package dev.portcullis.gate.rule.approval;

import dev.portcullis.gate.release.ApprovalQuorum;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The reader of {@code approvals}. Stateless. */
public final class ApprovalKind implements PromotionRuleKind {
    private static final int MOST = 10;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration DEFAULT = Duration.ofHours(24);

    @Override
    public String name() {
        return "approvals";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe("by", "[\"*\"]", "names of those who count, * for any characters");
        settings.describe("byGroup", "none", "names of groups, * for any characters");
        settings.describe("notBy", "[author, opener]", "author, opener");
        var by = settings.texts("by");
        return new ApprovalRule(
                name,
                new ApprovalQuorum(
                        settings.wholeNumber("count", 1, 1, MOST),
                        by.isEmpty() ? List.of("*") : by,
                        settings.texts("byGroup"),
                        notBy(settings),
                        settings.duration("expireAfter", DEFAULT, SHORTEST, LONGEST)));
    }

    private static List<ApprovalQuorum.Role> notBy(YamlMapping settings) {
        var words = settings.texts("notBy");
        var legal = Stream.of(ApprovalQuorum.Role.values())
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .toList();
        words.stream()
                .filter(word -> !legal.contains(word))
                .forEach(word -> settings.fault(
                        "notBy", settings.path("notBy") + " has '" + word + "'; legal: " + String.join(", ", legal)));
        return Stream.of(ApprovalQuorum.Role.values())
                .filter(role -> words.isEmpty() || words.contains(role.name().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
