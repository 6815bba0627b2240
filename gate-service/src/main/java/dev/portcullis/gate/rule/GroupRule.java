package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.group.GroupChange;
import dev.portcullis.gate.group.GroupReleases;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nothing of a release group is promoted before all of its change may be, nor, where the group has an order, before those that come first. What is promoted already it holds no
 * more. Thread-safe.
 */
public final class GroupRule implements PromotionRule {
    /** Its name, which no rule of a policy has. */
    public static final String NAME = ReleaseGroup.RULE;

    private final Function<ReleaseKey, Optional<ReleaseGroup>> groups;
    private final Optional<GroupReleases> releases;

    /**
     * The one of all groups.
     *
     * @param groups gives the group that a release is of, as the configuration is now
     * @param releases empty where only what is in memory is gone by: then it passes what has passed before, and leaves anything else to the store
     */
    public GroupRule(Function<ReleaseKey, Optional<ReleaseGroup>> groups, Optional<GroupReleases> releases) {
        this.groups = groups;
        this.releases = releases;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return promotion
                .release()
                .filter(release -> !GroupChange.isPromoted(release))
                .flatMap(release -> groups.apply(release.key()).flatMap(group -> hold(group, release)));
    }

    private Optional<Decision> hold(ReleaseGroup group, Release release) {
        var change = group.change(release.start().details());
        if (change.isEmpty()) {
            return Optional.of(
                    waits(
                            "the release group '" + group.name() + "' goes by the label '" + group.label()
                                    + "', which this release does not have, so that nobody knows what it belongs to; tell it with the question"));
        }
        return releases.isEmpty() ? onRecord(release) : hold(releases.get().find(group, change.get()), release);
    }

    private static Optional<Decision> hold(GroupChange change, Release release) {
        var waiting = change.waitsFor(release);
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waits(
                        "the release group '" + change.group().name() + "' with " + change.label() + " " + waiting));
    }

    /** What it waits for changes with the others, of which the record of a release does not tell. */
    private static Optional<Decision> onRecord(Release release) {
        var passed = release.latest().stream()
                .flatMap(decision -> decision.rules().stream())
                .anyMatch(rule -> rule.rule().equals(NAME) && rule.effect() == RuleOutcome.Effect.PASSED);
        if (!passed) {
            throw new NotInMemoryException();
        }
        return Optional.empty();
    }

    private static Decision waits(String why) {
        return Decision.hold(DecisionReason.GROUP_WAITS, why);
    }
}
