package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.feed.RecentlyUsed;
import dev.portcullis.kit.identity.Caller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How many releases wait for a person, for the head of every page. It is read once for all who see the same services. Thread-safe. */
@Singleton
final class WaitingReleases {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration WORTH_SHOWING = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final ReleaseLists lists;
    private final Map<List<String>, Known> byServices = new RecentlyUsed<>(MOST, (services, known) -> {});

    private record Known(int number, long readAt) {
        private boolean within(Duration age) {
            return System.nanoTime() - readAt < age.toNanos();
        }
    }

    WaitingReleases(ReleaseLists lists) {
        this.lists = lists;
    }

    /** How many there are now; reads them unless that was done within the last second. */
    int count(Caller viewer) {
        var services = ReleaseLists.visibleTo(viewer);
        var known = find(services);
        if (known != null && known.within(FRESH)) {
            return known.number;
        }
        var number = lists.read(ReleaseQuery.ALL, services).waiting();
        keep(services, number);
        return number;
    }

    /** How many there were within the last minute; empty when that is not known. Reads nothing, so that no page waits for it. */
    OptionalInt known(Caller viewer) {
        var known = find(ReleaseLists.visibleTo(viewer));
        return known != null && known.within(WORTH_SHOWING) ? OptionalInt.of(known.number) : OptionalInt.empty();
    }

    /** Keeps what somebody has read anyway. */
    void keep(List<String> services, int number) {
        synchronized (byServices) {
            byServices.put(services, new Known(number, System.nanoTime()));
        }
    }

    private @Nullable Known find(List<String> services) {
        synchronized (byServices) {
            return byServices.get(services);
        }
    }
}
