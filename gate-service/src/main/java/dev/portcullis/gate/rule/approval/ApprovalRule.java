package dev.portcullis.gate.rule.approval;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.kit.identity.ServiceGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a promotion until so many people have approved the release. A deploy has no release yet, so it holds none.
 *
 * @param name of the rule
 * @param count people who have to approve, 1 to 10
 * @param by patterns of the names of those who count
 * @param notBy who of those who had to do with the release does not count
 * @param expireAfter how long an approval counts
 */
record ApprovalRule(String name, int count, List<String> by, List<Role> notBy, Duration expireAfter)
        implements PromotionRule {
    /** Somebody who had to do with a release. */
    enum Role {
        /** Who wrote the change, as was told of it. */
        AUTHOR,
        /** Who asked first about it. */
        OPENER
    }

    ApprovalRule {
        by = List.copyOf(by);
        notBy = List.copyOf(notBy);
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return promotion.release().flatMap(release -> hold(release, promotion.moment()));
    }

    private Optional<Decision> hold(Release release, Instant moment) {
        var good = release.approvals().stream()
                .filter(approval -> approval.time().plus(expireAfter).isAfter(moment))
                .filter(approval -> counts(approval, release))
                .toList();
        var people = people(good);
        return people.size() >= count
                ? Optional.empty()
                : Optional.of(Decision.hold(DecisionReason.APPROVAL_MISSING, told(people)));
    }

    private boolean counts(Approval approval, Release release) {
        return new ServiceGroup(by).contains(approval.name())
                && notBy.stream().noneMatch(role -> approval.isOf(person(role, release)));
    }

    private static String person(Role role, Release release) {
        return switch (role) {
            case AUTHOR -> release.start().details().author();
            case OPENER -> release.start().opener();
        };
    }

    /** The latest approval of each. */
    private static List<Approval> people(List<Approval> approvals) {
        List<Approval> people = new ArrayList<>();
        for (var approval : approvals.reversed()) {
            if (people.stream().noneMatch(approval::isOfSamePerson)) {
                people.addFirst(approval);
            }
        }
        return people;
    }

    private String told(List<Approval> people) {
        var there = people.isEmpty()
                ? "none is there"
                : people.size()
                        + (people.size() == 1 ? " is there: " : " are there: ")
                        + people.stream()
                                .map(approval -> "'" + approval.name() + "', which counts until "
                                        + approval.time().plus(expireAfter).truncatedTo(ChronoUnit.SECONDS))
                                .collect(Collectors.joining(", "));
        return "rule '" + name + "' wants " + (count == 1 ? "1 approval" : count + " approvals") + ", and " + there;
    }
}
