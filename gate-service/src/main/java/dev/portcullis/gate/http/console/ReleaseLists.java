package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.release.PresentRelease;
import dev.portcullis.gate.console.release.ReleaseListView;
import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseCounts;
import dev.portcullis.gate.release.ReleaseSearch;
import dev.portcullis.gate.release.ReleaseSearches;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.usecase.PreviewAnswers;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads lists of releases in three statements, however many there are. Thread-safe. */
@Singleton
final class ReleaseLists {
    /** So many open ones are listed, on the first page; more are found by a filter. */
    private static final int MOST_OPEN = 500;

    private static final int PAGE = 50;
    private static final Duration LATELY = Duration.ofDays(1);

    private final ReleaseSearches searches;
    private final PreviewAnswers previews;
    private final Clock clock;

    ReleaseLists(ReleaseSearches searches, PreviewAnswers previews, Clock clock) {
        this.searches = searches;
        this.previews = previews;
        this.clock = clock;
    }

    /** Patterns of the services whose releases somebody may see. */
    static List<String> visibleTo(Caller viewer) {
        return viewer.grants().stream()
                .filter(grant -> grant.role().includes(Role.VIEWER))
                .flatMap(grant -> grant.services().patterns().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** @param services patterns of those that may be seen */
    ReleaseListView read(ReleaseQuery query, List<String> services) {
        var now = clock.instant();
        List<Release> open = query.beginsOpen()
                ? searches.find(search(query, services, Set.of(ReleaseState.OPEN)), OptionalLong.empty(), MOST_OPEN)
                : List.of();
        List<Release> ended = query.ended().equals(Set.of(ReleaseState.OPEN))
                ? List.of()
                : searches.find(search(query, services, query.ended()), query.before(), PAGE + 1);
        var listed = ended.size() > PAGE ? ended.subList(0, PAGE) : ended;
        var next = ended.size() > PAGE ? OptionalLong.of(listed.getLast().number()) : OptionalLong.empty();
        var preview = previews.now();
        var present = open.stream().map(release -> present(preview, release)).toList();
        return ReleaseListView.of(
                query,
                counts(searches.count(services, now.minus(LATELY)), query, present),
                present,
                listed.stream().map(PresentRelease::recorded).toList(),
                next,
                now);
    }

    /** Where all open ones are listed, they are counted by what is shown of them. */
    private static ReleaseCounts counts(ReleaseCounts recorded, ReleaseQuery query, List<PresentRelease> open) {
        return query.isAll() && open.size() == recorded.open()
                ? new ReleaseCounts(
                        recorded.open(),
                        open.size() - number(open, Outcome.PROMOTE) - number(open, Outcome.ABORT),
                        number(open, Outcome.PROMOTE),
                        recorded.promoted(),
                        recorded.aborted())
                : recorded;
    }

    private static long number(List<PresentRelease> open, Outcome outcome) {
        return open.stream()
                .flatMap(present -> present.answer().stream())
                .filter(decision -> decision.outcome() == outcome)
                .count();
    }

    /** A release with what the gate would answer about it now. */
    static PresentRelease present(PreviewAnswers.Preview preview, Release release) {
        return new PresentRelease(release, preview.answer(release), preview.holds(release), preview.deadline(release));
    }

    private static ReleaseSearch search(ReleaseQuery query, List<String> services, Set<ReleaseState> states) {
        return new ReleaseSearch(services, states, query.service(), query.text());
    }
}
