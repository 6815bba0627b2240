package dev.portcullis.gate.release;

import dev.portcullis.kit.identity.ServiceGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many people have to approve a release, and whose approvals count.
 *
 * @param count people who have to approve, 1 to 10
 * @param by patterns of the names of those who count
 * @param byGroup patterns of groups, in one of which those who count were when they approved; empty for whoever, in a group or in none
 * @param notBy who of those who had to do with the release does not count
 * @param expireAfter how long an approval counts
 */
public record ApprovalQuorum(int count, List<String> by, List<String> byGroup, List<Role> notBy, Duration expireAfter) {
    /** Somebody who had to do with a release. */
    public enum Role {
        /** Who wrote the change, as was told of it. */
        AUTHOR,
        /** Who asked first about it. */
        OPENER
    }

    public ApprovalQuorum {
        by = List.copyOf(by);
        byGroup = List.copyOf(byGroup);
        notBy = List.copyOf(notBy);
    }

    /** So many people who are neither author nor opener, within a day. */
    public static ApprovalQuorum of(int count) {
        return new ApprovalQuorum(count, List.of("*"), List.of(), List.of(Role.values()), Duration.ofDays(1));
    }

    /** Whether it asks for a group. */
    public boolean goesByGroup(String group) {
        return new ServiceGroup(byGroup).contains(group);
    }

    /** What is wanted and what is there; empty when enough people have approved. */
    public Optional<String> missing(Release release, Instant moment) {
        var people = people(release, moment);
        return people.size() >= count ? Optional.empty() : Optional.of(told(people, release, moment));
    }

    /** The latest approval of each whose approval counts, in the order in which they approved. */
    private List<Approval> people(Release release, Instant moment) {
        var good = approvals(release, moment).filter(this::isOfGroup).toList();
        List<Approval> people = new ArrayList<>();
        for (var approval : good.reversed()) {
            if (people.stream().noneMatch(approval::isOfSamePerson)) {
                people.addFirst(approval);
            }
        }
        return people;
    }

    /** Those that count but for the groups. */
    private Stream<Approval> approvals(Release release, Instant moment) {
        return release.approvals().stream()
                .filter(Approval::stands)
                .filter(approval -> approval.time().plus(expireAfter).isAfter(moment))
                .filter(approval -> counts(approval, release));
    }

    private boolean isOfGroup(Approval approval) {
        return byGroup.isEmpty() || approval.groups().stream().anyMatch(this::goesByGroup);
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

    private String told(List<Approval> people, Release release, Instant moment) {
        var there = people.isEmpty()
                ? "none is there"
                : people.size()
                        + (people.size() == 1 ? " is there: " : " are there: ")
                        + people.stream()
                                .map(approval -> "'" + approval.name() + "'" + groups(approval)
                                        + ", which counts until "
                                        + approval.time().plus(expireAfter).truncatedTo(ChronoUnit.SECONDS))
                                .collect(Collectors.joining(", "));
        return (count == 1 ? "1 approval" : count + " approvals")
                + (byGroup.isEmpty() ? "" : " of the group " + String.join(" or ", byGroup)) + ", and " + there
                + others(release, moment);
    }

    private String groups(Approval approval) {
        var matching = approval.groups().stream().filter(this::goesByGroup).toList();
        return matching.isEmpty() ? "" : " (" + String.join(", ", matching) + ")";
    }

    /** Those who have approved to no avail would wonder. */
    private String others(Release release, Instant moment) {
        var names = approvals(release, moment)
                .filter(approval -> !isOfGroup(approval))
                .map(approval -> "'" + approval.name() + "'")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; not in that group when approving: " + names;
    }
}
