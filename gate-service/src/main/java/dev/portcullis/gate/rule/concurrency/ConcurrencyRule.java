package dev.portcullis.gate.rule.concurrency;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseInProgress;
import dev.portcullis.gate.release.ReleasesInProgress;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.kit.identity.ServiceGroup;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds promotions and deploys while as many releases of a group of services are in progress as may be. Of releases that are there at the same time those that were opened first
 * go first, so that none waits for one that waits for it. Thread-safe.
 */
final class ConcurrencyRule implements PromotionRule {
    private static final int MOST_TOLD = 3;

    private final String name;
    private final int most;
    private final ServiceGroup services;
    private final ReleasesInProgress releases;

    /**
     * One of a policy.
     *
     * @param most releases at once, 1 to 100
     * @param services whose releases count
     * @param releases that are in progress
     */
    ConcurrencyRule(String name, int most, ServiceGroup services, ReleasesInProgress releases) {
        this.name = name;
        this.most = most;
        this.services = services;
        this.releases = releases;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return releases.find()
                .map(all -> all.stream()
                        .filter(one -> services.contains(one.service()))
                        .filter(one -> goesBefore(one, promotion.release()))
                        .toList())
                .map(this::tooMany)
                .orElseGet(
                        () -> Optional.of(
                                Decision.hold(
                                        DecisionReason.RULE_UNAVAILABLE,
                                        "rule '" + name
                                                + "' does not know which releases are in progress, since they could not be read lately")));
    }

    @Override
    public String keepsApart(Collection<String> together) {
        return together.stream().filter(services::contains).count() <= most
                ? ""
                : "lets at most " + most + (most == 1 ? " release" : " releases") + " of "
                        + String.join(", ", services.patterns()) + " be in progress at once";
    }

    private static boolean goesBefore(ReleaseInProgress other, Optional<Release> release) {
        return release.map(own -> other.number() < own.number()).orElse(true);
    }

    private Optional<Decision> tooMany(List<ReleaseInProgress> before) {
        return before.size() < most
                ? Optional.empty()
                : Optional.of(Decision.hold(
                        DecisionReason.TOO_MANY_RELEASES,
                        "rule '" + name + "' lets at most " + most + (most == 1 ? " release" : " releases") + " of "
                                + String.join(", ", services.patterns()) + " be in progress at once; before this one "
                                + (before.size() == 1 ? "is " : "are ") + told(before)));
    }

    private static String told(List<ReleaseInProgress> before) {
        return before.stream().limit(MOST_TOLD).map(ReleaseInProgress::name).collect(Collectors.joining(", "))
                + (before.size() > MOST_TOLD ? " and " + (before.size() - MOST_TOLD) + " more" : "");
    }
}
