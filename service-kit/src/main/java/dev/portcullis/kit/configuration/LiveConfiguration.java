package dev.portcullis.kit.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a configuration folder, followed while it changes; a faulty change is refused as a whole and the last good content
 * stays. Thread-safe: {@link #current()} never blocks, and an answer once given does not change.
 *
 * @param <T> what the folder's documents are parsed into; to be immutable
 */
public final class LiveConfiguration<T> implements AutoCloseable {
    /** How often services look at the folder; the same for all, so that those of one process share a poll. */
    public static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final ConfigurationFolder folder;
    private final BiFunction<List<ConfigurationDocument>, Faults, T> parser;
    private final Consumer<ConfigurationException> onRefusal;
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final Consumer<FolderSnapshot> follower = this::follow;
    private final Duration pollEvery;
    private volatile T current;
    private volatile List<Fault> lastFaults = List.of();
    private volatile String goodFingerprint;
    private volatile FolderSnapshot good;
    private volatile boolean closed;
    private String seenFingerprint;
    private long seenNumber;

    private LiveConfiguration(
            Path dir,
            BiFunction<List<ConfigurationDocument>, Faults, T> parser,
            Duration pollEvery,
            Consumer<ConfigurationException> onRefusal) {
        this.folder = new ConfigurationFolder(dir);
        this.parser = parser;
        this.pollEvery = pollEvery;
        this.onRefusal = onRefusal;
        FolderSnapshot snapshot = folder.snapshot();
        this.current = parse(folder, parser, snapshot);
        this.goodFingerprint = snapshot.fingerprint();
        this.good = snapshot;
        this.seenFingerprint = goodFingerprint;
        this.seenNumber = snapshot.number();
    }

    /**
     * Reads the folder, then looks for changes every {@code pollEvery} until closed. Those of one process that follow the same folder at the same interval share one
     * poll, and are told of a change one after the other, of the same snapshot.
     *
     * @param parser makes the value and records what it does not like; what it throws while faults are recorded is set aside for them
     * @throws ConfigurationException when the folder is missing or anything in it is faulty
     */
    public static <T> LiveConfiguration<T> open(
            Path dir, BiFunction<List<ConfigurationDocument>, Faults, T> parser, Duration pollEvery) {
        return open(dir, parser, pollEvery, refusal -> logRefusal(dir, refusal));
    }

    /** As above; {@code onRefusal} hears of each distinct faulty content once, and of several that follow a folder in one process only the first. */
    static <T> LiveConfiguration<T> open(
            Path dir,
            BiFunction<List<ConfigurationDocument>, Faults, T> parser,
            Duration pollEvery,
            Consumer<ConfigurationException> onRefusal) {
        if (pollEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "configuration poll interval is " + pollEvery + "; legal: at least 1 ms");
        }
        LiveConfiguration<T> live = new LiveConfiguration<>(dir, parser, pollEvery, onRefusal);
        FolderPoll.follow(dir, pollEvery, live.follower);
        return live;
    }

    /** The last good content. */
    public T current() {
        return current;
    }

    /** The fingerprint of the content that {@link #current()} was made of. */
    public String generation() {
        return goodFingerprint;
    }

    /** The files of {@link #current()}. */
    public FolderText text() {
        return FolderText.of(good);
    }

    /** Why the folder's present content was refused; empty when {@link #current()} is the folder's content. */
    public List<Fault> lastFaults() {
        return lastFaults;
    }

    /**
     * Adds a listener for later contents, called in order on the thread that found the change, after {@link #current()} has it.
     * What a listener throws is logged and stops nobody else.
     */
    public void onChange(Consumer<T> listener) {
        listeners.add(listener);
    }

    /** Reads the folder again if its content changed; one that is being changed right now is left for the next time. */
    public void refresh() {
        take(folder.snapshot());
    }

    private void follow(FolderSnapshot snapshot) {
        if (!closed) {
            take(snapshot);
        }
    }

    private void take(FolderSnapshot snapshot) {
        refreshing.lock();
        try {
            // The poll's and those of refresh() cross: the content must not go back to what was read before.
            if (snapshot.settled() && snapshot.number() > seenNumber) {
                seenNumber = snapshot.number();
                takeNewer(snapshot);
            }
        } finally {
            refreshing.unlock();
        }
    }

    private void takeNewer(FolderSnapshot snapshot) {
        String fingerprint = snapshot.fingerprint();
        if (!fingerprint.equals(seenFingerprint)) {
            seenFingerprint = fingerprint;
            replaceBy(snapshot, fingerprint);
        }
    }

    private void replaceBy(FolderSnapshot snapshot, String fingerprint) {
        if (fingerprint.equals(goodFingerprint)) {
            lastFaults = List.of();
            tell("Configuration in {} is again the content in use", fingerprint);
            return;
        }
        try {
            current = parse(folder, parser, snapshot);
            goodFingerprint = fingerprint;
            good = snapshot;
            lastFaults = List.of();
            tell("Configuration in {} changed; the new content is in use", fingerprint);
        } catch (ConfigurationException refusal) {
            lastFaults = refusal.faults();
            if (isNews(fingerprint)) {
                onRefusal.accept(refusal);
            }
            return;
        }
        listeners.forEach(this::tell);
    }

    private void tell(String message, String fingerprint) {
        if (isNews(fingerprint)) {
            LOG.info(message, folder.dir());
        }
    }

    private boolean isNews(String fingerprint) {
        return FolderPoll.isNews(folder.dir(), pollEvery, fingerprint);
    }

    private static <T> T parse(
            ConfigurationFolder folder,
            BiFunction<List<ConfigurationDocument>, Faults, T> parser,
            FolderSnapshot snapshot) {
        Faults faults = new Faults();
        List<ConfigurationDocument> documents = snapshot.documents(faults);
        try {
            T value = parser.apply(documents, faults);
            if (faults.isEmpty()) {
                return value;
            }
        } catch (ConfigurationException thrown) {
            faults.addAll(thrown.faults());
        } catch (RuntimeException thrown) {
            if (faults.isEmpty()) {
                faults.add(folder.dir().toString(), 0, "cannot be used, its reader failed: " + thrown);
            }
            throw new ConfigurationException(faults.list(), thrown);
        }
        throw new ConfigurationException(faults.list());
    }

    private static void logRefusal(Path dir, ConfigurationException refusal) {
        LOG.warn(
                "Changed configuration in {} refused for {} fault(s); the last good one stays until they are mended:\n{}",
                dir,
                refusal.faults().size(),
                refusal.getMessage(),
                refusal.getCause());
    }

    private void tell(Consumer<T> listener) {
        try {
            listener.accept(current);
        } catch (RuntimeException broken) {
            LOG.error("A listener failed on the changed configuration; it may go on with the old one", broken);
        }
    }

    /** Ends its part in the poll and waits for a look that is under way, at most five seconds each; {@link #current()} stays readable. Idempotent. */
    @Override
    public void close() {
        closed = true;
        FolderPoll.leave(folder.dir(), pollEvery, follower);
        try {
            if (refreshing.tryLock(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                refreshing.unlock();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
