package dev.portcullis.gate.group;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Releases of one change are aborted together: where one was, the others that are open are too. A FAIL is an ABORT of its own, whatever the group. Thread-safe. */
public final class GroupAborts {
    private final Function<ReleaseKey, Optional<ReleaseGroup>> groups;
    private final Optional<GroupReleases> releases;

    /**
     * Those of all groups.
     *
     * @param groups gives the group that a release is of, as the configuration is now
     * @param releases empty where only what is in memory is gone by: whatever another release has to do with it comes with a review
     */
    public GroupAborts(Function<ReleaseKey, Optional<ReleaseGroup>> groups, Optional<GroupReleases> releases) {
        this.groups = groups;
        this.releases = releases;
    }

    /**
     * What is decided on an open release, with its group: an ABORT where another release of the change was aborted. An ABORT stays what it is, and names in what its rules say
     * which releases it does not reach.
     *
     * @param decided without the group; also by a person, or what moves the traffic, when it is an ABORT
     */
    public Decision apply(Decision decided, Release release) {
        return release.start().dryRun()
                ? decided
                : change(release).map(change -> apply(decided, release, change)).orElse(decided);
    }

    private Optional<GroupChange> change(Release release) {
        return releases.flatMap(kept -> groups.apply(release.key())
                .flatMap(group -> group.change(release.start().details()).map(change -> kept.find(group, change))));
    }

    private static Decision apply(Decision decided, Release release, GroupChange change) {
        var outOfReach = change.outOfReach(release);
        if (decided.outcome() == Outcome.ABORT) {
            return outOfReach.isEmpty()
                    ? decided
                    : decided.with(List.of(new RuleOutcome(ReleaseGroup.RULE, RuleOutcome.Effect.PASSED, outOfReach)));
        }
        return change.abortedFirst(release)
                .map(first -> aborted(decided, change, first, outOfReach))
                .orElse(decided);
    }

    private static Decision aborted(Decision decided, GroupChange change, Release first, String outOfReach) {
        var abort = Decision.of(
                        Outcome.ABORT,
                        DecisionReason.GROUP_ABORTED,
                        "the release group '" + change.group().name() + "' is aborted together, and of "
                                + change.label()
                                + " " + first.name() + " was aborted first: "
                                + first.current().map(Decision::explanation).orElse("nothing was recorded")
                                + (outOfReach.isEmpty() ? "" : "; " + outOfReach))
                .restingOn(decided);
        return decided.policy().map(abort::by).orElse(abort);
    }

    /**
     * Has nobody else decide on the change of a release up to the end of the transaction. Whoever asks rules for promotions within it without {@link #apply} begins with this, so
     * that all take the locks in one order.
     */
    public void begin(Release release) {
        change(release);
    }

    /** Has the others of its change reviewed at once, since something was decided on a release. */
    public void reviewOthers(Release decided, Instant now) {
        releases.ifPresent(kept -> groups.apply(decided.key())
                .ifPresent(group -> group.change(decided.start().details())
                        .filter(change -> !decided.start().dryRun())
                        .ifPresent(change -> kept.reviewOthers(group, change, decided.id(), now))));
    }
}
