package dev.portcullis.gate.group;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One change of a release group: the releases that are of it, as they are on record.
 *
 * @param group whose change it is
 * @param label that its releases have, {@code label=value}
 * @param releases newest first
 */
public record GroupChange(ReleaseGroup group, String label, List<Release> releases) {
    public GroupChange {
        releases = List.copyOf(releases);
    }

    /** Whether a release is promoted: its deployer has been told so, whether or not it is watched on. */
    public static boolean isPromoted(Release release) {
        return release.state() == ReleaseState.PROMOTED
                || release.open()
                        && release.latest()
                                .filter(decision -> decision.outcome() == Outcome.PROMOTE)
                                .isPresent();
    }

    /** Whether nothing but its group keeps a release from its promotion. */
    private static boolean isReady(Release release) {
        return release.open()
                && release.latest()
                        .filter(Decision::heldByRule)
                        .filter(decision -> decision.rules().stream()
                                .filter(rule -> rule.effect() == RuleOutcome.Effect.HELD)
                                .allMatch(rule -> rule.rule().equals(ReleaseGroup.RULE)))
                        .isPresent();
    }

    /** What a release waits for, in words, before it is promoted; empty when that is nothing. */
    public String waitsFor(Release own) {
        var unready = others(own)
                .filter(member -> latest(member)
                        .filter(release -> isPromoted(release) || isReady(release))
                        .isEmpty())
                .map(this::told)
                .toList();
        if (!unready.isEmpty()) {
            return "waits until all of it may be promoted, and still for " + String.join(" and for ", unready);
        }
        var before = before(own)
                .filter(member -> latest(member).filter(GroupChange::isPromoted).isEmpty())
                .map(this::told)
                .toList();
        return before.isEmpty() ? "" : "is promoted in order, after " + String.join(" and after ", before);
    }

    /** The release of another member that was aborted first, for a reason of its own, after a release was opened, and not before a person promoted that all the same. */
    public Optional<Release> abortedFirst(Release own) {
        var since = promotedByPerson(own).orElse(own.start().time());
        return releases.stream()
                .filter(release -> release.state() == ReleaseState.ABORTED && isOfOther(release, own))
                .filter(release -> release.latest()
                        .filter(decision -> decision.reasons().contains(DecisionReason.GROUP_ABORTED))
                        .isEmpty())
                .filter(release -> !release.ended().orElseThrow().isBefore(since))
                .min(Comparator.comparing(release -> release.ended().orElseThrow()));
    }

    private static Optional<Instant> promotedByPerson(Release own) {
        return own.latest()
                .filter(decision -> decision.reasons().contains(DecisionReason.PROMOTED_BY_PERSON))
                .flatMap(Decision::origin)
                .map(origin -> origin.time());
    }

    /** The releases of other members that were promoted, have ended, and so are out of reach of an abort; in words, empty when there are none. */
    public String outOfReach(Release own) {
        var left = others(own)
                .flatMap(member -> latest(member).stream())
                .filter(release -> release.state() == ReleaseState.PROMOTED)
                .map(Release::name)
                .collect(Collectors.joining(", "));
        return left.isEmpty()
                ? ""
                : "of the release group '" + group.name() + "' with " + label
                        + " was promoted already, and is not watched any more: " + left
                        + "; nothing rolls that back by itself, so a person has to look whether it may stay";
    }

    private boolean isOfOther(Release release, Release own) {
        return others(own).anyMatch(member -> member.has(release.key()));
    }

    private Stream<GroupMember> others(Release own) {
        return group.members().stream().filter(member -> !member.has(own.key()));
    }

    private Stream<GroupMember> before(Release own) {
        return group.inOrder() ? group.members().stream().takeWhile(member -> !member.has(own.key())) : Stream.empty();
    }

    /** That which counts of a member: the newest, but for those that came to nothing, as of a canary that was misspelt. */
    private Optional<Release> latest(GroupMember member) {
        var all = releases.stream().filter(release -> member.has(release.key())).toList();
        return all.stream()
                .filter(release ->
                        release.state() != ReleaseState.EXPIRED && release.state() != ReleaseState.SUPERSEDED)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private String told(GroupMember member) {
        return member.shown() + latest(member).map(GroupChange::told).orElse(", of which there is no release yet");
    }

    private static String told(Release release) {
        if (!release.open()) {
            return ", whose " + release.name() + " has ended as " + release.state()
                    + ": it needs a new run, or another release";
        }
        return " (" + release.name() + " "
                + (isReady(release)
                        ? "is ready"
                        : release.latest()
                                .map(decision -> "is " + decision.outcome() + " for " + reasons(decision))
                                .orElse("has no decision yet"))
                + ")";
    }

    private static String reasons(Decision decision) {
        return decision.reasons().stream()
                .filter(reason -> reason != DecisionReason.GROUP_WAITS)
                .map(DecisionReason::name)
                .collect(Collectors.joining(", "));
    }
}
