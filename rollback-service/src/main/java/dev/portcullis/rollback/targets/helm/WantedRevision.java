package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.plan.Obstacle;
import java.util.List;
import java.util.stream.Collectors;

/** The revision of a release that a name means. */
sealed interface WantedRevision {
    int MOST_TOLD = 5;

    record Found(ReleaseRevision revision) implements WantedRevision {}

    record None(Obstacle obstacle, String why) implements WantedRevision {}

    /** A number of a revision, else the application's version in its chart; then it is the newest that users had. */
    static WantedRevision find(History history, String name) {
        var numbered = history.revisions().stream()
                .filter(revision -> String.valueOf(revision.number()).equals(name))
                .findFirst();
        if (numbered.isPresent()) {
            return numbered.get().wasDeployed()
                    ? new Found(numbered.get())
                    : new None(Obstacle.NOT_POSSIBLE, numbered.get() + " was never deployed whole");
        }
        var named = history.revisions().reversed().stream()
                .filter(revision ->
                        revision.wasDeployed() && revision.appVersion().equals(name))
                .toList();
        if (named.isEmpty()) {
            return new None(
                    Obstacle.REVISION_NOT_FOUND,
                    "'" + name + "' is no revision, and no application's version of one; " + kept(history.revisions()));
        }
        var charts = named.stream().map(ReleaseRevision::chart).distinct().count();
        return charts == 1
                ? new Found(named.getFirst())
                : new None(
                        Obstacle.REVISION_AMBIGUOUS,
                        "application version '" + name + "' came with different charts; name a revision by its number; "
                                + kept(named.reversed()));
    }

    private static String kept(List<ReleaseRevision> revisions) {
        return "kept: "
                + revisions.reversed().stream()
                        .limit(MOST_TOLD)
                        .map(one -> one.number() + ": " + one.chart() + ", application " + one.appVersion() + ", "
                                + one.status())
                        .collect(Collectors.joining("; "));
    }
}
