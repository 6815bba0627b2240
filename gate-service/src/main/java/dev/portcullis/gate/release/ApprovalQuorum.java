package dev.portcullis.gate.release;

import dev.portcullis.kit.identity.ServiceGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many people have to approve a release, and whose approvals count.
 *
 * @param count people who have to approve, 1 to 10
 * @param by patterns of the names of those who count
 * @param notBy who of those who had to do with the release does not count
 * @param expireAfter how long an approval counts
 */
public record ApprovalQuorum(int count, List<String> by, List<Role> notBy, Duration expireAfter) {
    /** Somebody who had to do with a release. */
    public enum Role {
        /** Who wrote the change, as was told of it. */
        AUTHOR,
        /** Who asked first about it. */
        OPENER
    }

    public ApprovalQuorum {
        by = List.copyOf(by);
        notBy = List.copyOf(notBy);
    }

    /** So many people who are neither author nor opener, within a day. */
    public static ApprovalQuorum of(int count) {
        return new ApprovalQuorum(count, List.of("*"), List.of(Role.values()), Duration.ofDays(1));
    }

    /** What is wanted and what is there; empty when enough people have approved. */
    public Optional<String> missing(Release release, Instant moment) {
        var people = people(release, moment);
        return people.size() >= count ? Optional.empty() : Optional.of(told(people));
    }

    /** The latest approval of each whose approval counts, in the order in which they approved. */
    private List<Approval> people(Release release, Instant moment) {
        var good = release.approvals().stream()
                .filter(Approval::stands)
                .filter(approval -> approval.time().plus(expireAfter).isAfter(moment))
                .filter(approval -> counts(approval, release))
                .toList();
        List<Approval> people = new ArrayList<>();
        for (var approval : good.reversed()) {
            if (people.stream().noneMatch(approval::isOfSamePerson)) {
                people.addFirst(approval);
            }
        }
        return people;
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

    private String told(List<Approval> people) {
        var there = people.isEmpty()
                ? "none is there"
                : people.size()
                        + (people.size() == 1 ? " is there: " : " are there: ")
                        + people.stream()
                                .map(approval -> "'" + approval.name() + "', which counts until "
                                        + approval.time().plus(expireAfter).truncatedTo(ChronoUnit.SECONDS))
                                .collect(Collectors.joining(", "));
        return (count == 1 ? "1 approval" : count + " approvals") + ", and " + there;
    }
}
