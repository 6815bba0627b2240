package dev.portcullis.gate.console.release;

import dev.portcullis.gate.release.ReleaseCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The list of releases.
 *
 * @param query what was asked for
 * @param counts of all that the viewer may see, whatever was asked for
 * @param groups what is listed, those that wait for a person first
 * @param next the path of the page that follows; empty when none does
 */
public record ReleaseListView(ReleaseQuery query, ReleaseCounts counts, List<Group> groups, Optional<String> next) {
    public ReleaseListView {
        groups = List.copyOf(groups);
    }

    /** Releases under one headline. */
    public record Group(String title, List<ReleaseRow> rows) {
        public Group {
            rows = List.copyOf(rows);
        }
    }

    /**
     * The list as it is seen at a moment.
     *
     * @param open the open ones that are asked for
     * @param ended the others
     * @param follows the number below which the next page begins; empty when none does
     */
    public static ReleaseListView of(
            ReleaseQuery query,
            ReleaseCounts counts,
            List<PresentRelease> open,
            List<PresentRelease> ended,
            OptionalLong follows,
            Instant now) {
        List<ReleaseRow> waiting = new ArrayList<>();
        List<ReleaseRow> running = new ArrayList<>();
        List<ReleaseRow> over = new ArrayList<>();
        open.stream()
                .map(present -> ReleaseRow.of(present, now))
                .forEach(row -> (row.attention().isPresent() ? waiting : running).add(row));
        ended.stream()
                .map(present -> ReleaseRow.of(present, now))
                .forEach(row -> (query.before().isEmpty() && row.attention().isPresent() ? waiting : over).add(row));
        List<Group> groups = new ArrayList<>();
        add(groups, "Needs a person", waiting);
        add(groups, "Open", running);
        add(groups, "Ended", over);
        var next = follows.isPresent() ? Optional.of(query.path(follows.getAsLong())) : Optional.<String>empty();
        return new ReleaseListView(query, counts, groups, next);
    }

    private static void add(List<Group> groups, String title, List<ReleaseRow> rows) {
        if (!rows.isEmpty()) {
            groups.add(new Group(title, rows));
        }
    }

    /** Whether nothing is listed. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** How many of the listed ones wait for a person. */
    public int waiting() {
        return groups.stream()
                .filter(group -> group.title().equals("Needs a person"))
                .mapToInt(group -> group.rows().size())
                .sum();
    }
}
