package dev.portcullis.kit.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder at an interval for all of this process that follow it at that interval, and shows each of them the same snapshot, so that services of one process see
 * a change at the same moment. Runs from the first that follows to the last that leaves. Thread-safe.
 */
final class FolderPoll {
    private static final Logger LOG = LoggerFactory.getLogger(FolderPoll.class);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    /** Guarded by itself. */
    private static final Map<Key, FolderPoll> RUNNING = new HashMap<>();

    /** What is the same for all that share a poll. */
    private record Key(Path dir, Duration every) {}

    private final Key key;
    private final List<Consumer<FolderSnapshot>> followers = new CopyOnWriteArrayList<>();
    /** The fingerprint of the content that was told of last; empty for none. Guarded by {@link #RUNNING}. */
    private String told = "";

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("configuration-poll").unstarted(this::pollUntilEnded);

    private FolderPoll(Key key) {
        this.key = key;
    }

    /**
     * Has a folder shown to a follower from now on, in order of the readings, on the thread of the poll.
     *
     * @param follower is told apart from others by identity; what it throws is logged and keeps nothing from the others
     */
    static void follow(Path dir, Duration every, Consumer<FolderSnapshot> follower) {
        synchronized (RUNNING) {
            var poll = RUNNING.computeIfAbsent(new Key(dir, every), FolderPoll::new);
            poll.followers.add(follower);
            if (poll.followers.size() == 1) {
                poll.thread.start();
            }
        }
    }

    /**
     * Shows a follower nothing that is read later. The last that leaves ends the poll and waits up to five seconds for its thread, unless it is that thread. Does
     * nothing for one that does not follow.
     */
    static void leave(Path dir, Duration every, Consumer<FolderSnapshot> follower) {
        var key = new Key(dir, every);
        FolderPoll poll;
        synchronized (RUNNING) {
            poll = RUNNING.get(key);
            if (poll == null || !poll.followers.remove(follower) || !poll.followers.isEmpty()) {
                return;
            }
            RUNNING.remove(key);
        }
        poll.end();
    }

    /**
     * Whether none of those that share a poll has told of a content yet, so that what several services of one process see is told once. True of a folder that nobody follows.
     *
     * @param fingerprint of the content, which counts as told from now on
     */
    static boolean isNews(Path dir, Duration every, String fingerprint) {
        synchronized (RUNNING) {
            var poll = RUNNING.get(new Key(dir, every));
            if (poll == null) {
                return true;
            }
            var news = !fingerprint.equals(poll.told);
            poll.told = fingerprint;
            return news;
        }
    }

    private void end() {
        ended.countDown();
        if (!Thread.currentThread().equals(thread)) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            thread.join(LONGEST_GOODBYE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollUntilEnded() {
        try {
            while (!ended.await(key.every().toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopped) {
            LOG.warn("Configuration poll interrupted; changes of {} are no longer seen", key.dir());
        }
    }

    private void look() {
        try {
            var snapshot = FolderSnapshot.of(key.dir());
            followers.forEach(follower -> show(follower, snapshot));
        } catch (RuntimeException broken) {
            logBroken(broken);
        }
    }

    private void show(Consumer<FolderSnapshot> follower, FolderSnapshot snapshot) {
        try {
            follower.accept(snapshot);
        } catch (RuntimeException broken) {
            logBroken(broken);
        }
    }

    private void logBroken(RuntimeException broken) {
        LOG.error("Configuration in {} could not be looked at; tried again at the next poll", key.dir(), broken);
    }
}
