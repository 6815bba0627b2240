package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.VerdictChange;
import dev.portcullis.gate.analysis.VerdictListener;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.trace.Traces;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the open releases of changed verdicts at once, FAILs before all others; what is missed here is found by {@link ReviewReleases}. Thread-safe: every
 * replica may hear the same, and whoever comes first decides.
 */
public final class JudgeChangedReleases implements VerdictListener {
    private static final Logger LOG = LoggerFactory.getLogger(JudgeChangedReleases.class);
    /** They wait for other services more than for the database, whose connections requests need too. */
    private static final int AT_ONCE = 8;

    private final Releases releases;
    private final ReviewRelease one;
    private final Traces traces;
    private final Executor background;
    /** Fair, so that those are judged first that were begun first. */
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    /** @param background a thread per task */
    public JudgeChangedReleases(Releases releases, ReviewRelease one, Traces traces, Executor background) {
        this.releases = releases;
        this.one = one;
        this.traces = traces;
        this.background = background;
    }

    @Override
    public void changed(List<VerdictChange> changes) {
        background.execute(() -> {
            try {
                // Told for many releases, so a part of no release's trace.
                var open = traces.continuing("", "hear verdicts", () -> concerned(changes));
                open.forEach(release -> background.execute(() -> review(release)));
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: {} changed verdicts wait for the next review", e.getMessage(), changes.size());
            }
        });
    }

    private List<Release> concerned(List<VerdictChange> changes) {
        Map<String, Boolean> failed = new HashMap<>();
        changes.forEach(change -> failed.put(change.analysis(), change.fail()));
        return releases.openOf(failed.keySet()).stream()
                .sorted(Comparator.comparing(release -> !failed.getOrDefault(release.analysis(), false)))
                .toList();
    }

    private void review(Release release) {
        permits.acquireUninterruptibly();
        try {
            one.review(release);
        } finally {
            permits.release();
        }
    }
}
