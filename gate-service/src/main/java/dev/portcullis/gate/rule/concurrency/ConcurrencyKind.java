package dev.portcullis.gate.rule.concurrency;

import dev.portcullis.gate.release.ReleasesInProgress;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.gate.rule.RuleOnTrial;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.identity.ServiceGroup;
import java.util.List;

/** The reader of {@code concurrency}. Thread-safe. */
public final class ConcurrencyKind implements PromotionRuleKind {
    private static final String SERVICES = "services";
    private static final int MOST = 100;

    private final ReleasesInProgress releases;

    /** @param releases which the rules ask */
    public ConcurrencyKind(ReleasesInProgress releases) {
        this.releases = releases;
    }

    @Override
    public String name() {
        return "concurrency";
    }

    /** Whether a rule is of this kind. */
    public static boolean isOf(PromotionRule rule) {
        return rule instanceof RuleOnTrial tried ? isOf(tried.rule()) : rule instanceof ConcurrencyRule;
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(SERVICES, "[\"*\"]", "names of services, * for any characters");
        var services = settings.texts(SERVICES);
        return new ConcurrencyRule(
                name,
                settings.wholeNumber("most", 1, 1, MOST),
                new ServiceGroup(services.isEmpty() ? List.of("*") : services),
                releases);
    }
}
