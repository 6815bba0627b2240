package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import java.util.List;
import java.util.stream.Collectors;

/** The entry of a history that the name of a revision means. */
sealed interface WantedEntry {
    /** Fewer characters of a Git revision are no name. */
    int SHORTEST_PREFIX = 7;

    int MOST_TOLD = 5;

    record Found(HistoryEntry entry) implements WantedEntry {}

    record None(Blocked why) implements WantedEntry {}

    /**
     * Looks for an id of the history, else for the revision of a source: whole, or the first 7 characters or more of a Git revision. Of entries that deployed the
     * same the newest is taken.
     */
    static WantedEntry find(Application application, String name) {
        var history = application.history();
        var byId = history.stream()
                .filter(entry -> String.valueOf(entry.id()).equals(name))
                .findFirst();
        if (byId.isPresent()) {
            return new Found(byId.get());
        }
        var named = history.reversed().stream()
                .filter(entry -> isNamed(entry, name))
                .toList();
        if (named.isEmpty()) {
            return none(Obstacle.REVISION_NOT_FOUND, "'" + name + "' is no id and no revision of the history", history);
        }
        var newest = named.getFirst();
        return named.stream().allMatch(newest::sameAs)
                ? new Found(newest)
                : none(
                        Obstacle.REVISION_AMBIGUOUS,
                        "'" + name + "' is the revision of different deployments; name one by its id",
                        named.reversed());
    }

    private static boolean isNamed(HistoryEntry entry, String name) {
        var prefix = name.length() >= SHORTEST_PREFIX && name.matches("[0-9a-f]+");
        return !name.isEmpty()
                && entry.revisions().stream()
                        .anyMatch(revision -> revision.equals(name)
                                || (prefix
                                        && revision.matches("[0-9a-f]{40}|[0-9a-f]{64}")
                                        && revision.startsWith(name)));
    }

    private static None none(Obstacle obstacle, String what, List<HistoryEntry> entries) {
        var told = entries.reversed().stream()
                .limit(MOST_TOLD)
                .map(entry -> "id " + entry.id() + ": " + HistoryEntry.spoken(entry.revisions()) + " of " + entry.at())
                .collect(Collectors.joining("; "));
        return new None(new Blocked(obstacle, what + "; kept: " + (told.isEmpty() ? "nothing" : told)));
    }
}
