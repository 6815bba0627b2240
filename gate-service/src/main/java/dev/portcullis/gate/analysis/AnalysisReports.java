package dev.portcullis.gate.analysis;

import dev.portcullis.gate.feed.Freshness;
import dev.portcullis.gate.feed.RecentlyUsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What analysis-service said last of each analysis, as long as its feed keeps that current. Nothing is answered when the feed's latest look is older than
 * {@link #GOOD_FOR}, so that whoever gets a report may take it for what analysis-service would answer that long ago or later. An older revision never replaces a newer
 * one. Holds the {@value #MOST} that were used last. Thread-safe; never waits for anybody but its own short steps.
 */
public final class AnalysisReports {
    /** A quarter of a second, less what two clocks may drift apart while a stream is open. */
    public static final Duration GOOD_FOR = Duration.ofMillis(200);

    static final int MOST = 10_000;

    private final Freshness freshness;
    private final Map<String, AnalysisReport> byName;

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public AnalysisReports(LongSupplier nanos) {
        this(nanos, MOST);
    }

    AnalysisReports(LongSupplier nanos, int most) {
        this.freshness = new Freshness(nanos, GOOD_FOR);
        this.byName = new RecentlyUsed<>(most, (name, report) -> {});
    }

    /** What is known of an analysis; empty when nothing is, or it may be out of date. */
    public synchronized Optional<AnalysisReport> find(String analysis) {
        return freshness.isCurrent() ? Optional.ofNullable(byName.get(analysis)) : Optional.empty();
    }

    /** Whether what is known is current. */
    public synchronized boolean isCurrent() {
        return freshness.isCurrent();
    }

    /** Whether the latest look began after a moment of this object's clock. */
    public synchronized boolean hasLookedSince(long moment) {
        return freshness.hasLookedSince(moment);
    }

    /** To be called before analysis-service is asked: under which feed the answer may be kept. */
    public synchronized Ticket ticket() {
        return new Ticket(freshness.hasBegun() ? freshness.gaps() : -1);
    }

    /** Keeps what analysis-service has answered, unless changes of after that may have been missed. */
    public synchronized void keep(AnalysisReport report, Ticket asked) {
        if (freshness.hasBegun() && asked.gaps == freshness.gaps()) {
            put(report);
        }
    }

    /**
     * Takes up what the feed tells.
     *
     * @param reports as they are now
     * @param lost names of analyses of which nothing is known any more
     * @return those of the reports that say something else than what was known before: another verdict, or another state
     */
    public synchronized List<AnalysisReport> tell(Collection<AnalysisReport> reports, Collection<String> lost) {
        lost.forEach(byName::remove);
        List<AnalysisReport> turned = new ArrayList<>();
        for (var report : reports) {
            var known = byName.get(report.analysis());
            if (put(report)
                    && (known == null || known.verdict() != report.verdict() || known.state() != report.state())) {
                turned.add(report);
            }
        }
        return turned;
    }

    private boolean put(AnalysisReport report) {
        var known = byName.get(report.analysis());
        var newer = known == null || known.revision() < report.revision();
        if (newer) {
            byName.put(report.analysis(), report);
        }
        return newer;
    }

    /**
     * The feed has told everything that was written before a look.
     *
     * @param lookBegan when that began, by this object's clock
     */
    public synchronized void currentAsOf(long lookBegan) {
        freshness.looked(lookBegan);
    }

    /** The feed has ended, or has a gap: nothing is known any more. */
    public synchronized void forget() {
        freshness.gap();
        byName.clear();
    }

    /** Under which feed analysis-service was asked. */
    public static final class Ticket {
        private final long gaps;

        private Ticket(long gaps) {
            this.gaps = gaps;
        }
    }
}
