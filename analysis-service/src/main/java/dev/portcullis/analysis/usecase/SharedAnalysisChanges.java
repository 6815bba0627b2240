package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The changes of analyses, looked for once for all watchers of a process who ask at the same time: each is told what a look has found that began after he asked, his own
 * or another's, so that what he is told is no older than with a look of his own. Who comes from a position that is not among the latest has one look of his own and goes
 * on with the others; what was changed meanwhile he may be told twice. Thread-safe.
 */
public final class SharedAnalysisChanges implements AnalysisChanges {
    /** Looks remembered, for watchers who ask less often than others. */
    private static final int MOST = 1_000;
    /** After a pause in which nobody has asked, what happened in it is nobody's. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AnalysisChanges store;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** Looks that have begun. */
    private final AtomicLong begun = new AtomicLong();
    /** Positions, each with what was found after it, up to the next. */
    private final List<Step> steps = new ArrayList<>();

    /** The latest look that has not failed, by its number. */
    private long done;

    private Instant asked = Instant.MIN;

    /** What a look from one position has found. */
    private record Step(String from, Look look) {}

    public SharedAnalysisChanges(AnalysisChanges store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String now() {
        var before = begun.get();
        lock.lock();
        try {
            goOn(before);
            return end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Look since(String position) {
        var before = begun.get();
        lock.lock();
        try {
            goOn(before);
            var first = first(position);
            return first < 0 ? joined(position) : new Look(end(), found(first));
        } finally {
            lock.unlock();
        }
    }

    /** What was changed while he joins is found once more by the next look. */
    private Look joined(String position) {
        return new Look(end(), store.since(position).analyses());
    }

    /** Looks, unless somebody has done so who began later. */
    private void goOn(long before) {
        if (done <= before) {
            var look = begun.incrementAndGet();
            look();
            done = look;
        }
    }

    private void look() {
        var now = clock.instant();
        var paused = now.isBefore(asked) || now.isAfter(asked.plus(PAUSE));
        asked = now;
        if (steps.isEmpty() || paused) {
            steps.clear();
            var position = store.now();
            steps.add(new Step(position, new Look(position, List.of())));
        } else {
            var from = end();
            steps.add(new Step(from, store.since(from)));
            if (steps.size() > MOST) {
                steps.removeFirst();
            }
        }
    }

    private String end() {
        return steps.getLast().look().position();
    }

    /** The first look after a position, or their number when it is the last position; negative when it is none of theirs. */
    private int first(String position) {
        if (end().equals(position)) {
            return steps.size();
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).from().equals(position)) {
                return i;
            }
        }
        return -1;
    }

    private List<UUID> found(int first) {
        return steps.subList(first, steps.size()).stream()
                .flatMap(step -> step.look().analyses().stream())
                .distinct()
                .toList();
    }
}
