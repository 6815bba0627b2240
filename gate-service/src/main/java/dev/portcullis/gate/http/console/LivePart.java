package dev.portcullis.gate.http.console;

import dev.portcullis.gate.release.RolloutKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A part of a page that several people look at. It is made anew after a change by one thread at a time, at most once in a while. Thread-safe. */
final class LivePart {
    private static final int ID_DIGITS = 16;

    private final Optional<RolloutKey> rollout;
    private final Supplier<String> render;
    private final Executor background;
    private final Duration shortest;
    private final Logger log;
    private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
    private boolean making;
    private boolean changed;
    private @Nullable Version latest;

    /**
     * A version of it.
     *
     * @param id the hash of the text, so that every replica has the same for the same
     * @param event as it is sent
     */
    private record Version(String id, String event) {
        static Version of(String html) {
            var id = hash(html);
            var data = html.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining());
            return new Version(id, "id: " + id + "\n" + data + "\n");
        }
    }

    LivePart(
            Optional<RolloutKey> rollout, Supplier<String> render, Executor background, Duration shortest, Logger log) {
        this.rollout = rollout;
        this.render = render;
        this.background = background;
        this.shortest = shortest;
        this.log = log;
    }

    boolean concerns(Collection<RolloutKey> rollouts) {
        return rollout.isEmpty() || rollouts.contains(rollout.get());
    }

    /** One more looks at it; he gets the newest version at once. */
    void join(LiveViewer viewer) {
        viewers.add(viewer);
        Optional<Version> known;
        synchronized (this) {
            known = Optional.ofNullable(latest);
        }
        known.ifPresent(version -> viewer.show(version.id(), version.event()));
        if (known.isEmpty()) {
            change();
        }
    }

    /** What it shows may have changed. */
    void change() {
        synchronized (this) {
            changed = true;
            if (making) {
                return;
            }
            making = true;
        }
        background.execute(this::make);
    }

    private void make() {
        while (begins()) {
            try {
                var version = Version.of(render.get());
                synchronized (this) {
                    latest = version;
                }
                viewers.forEach(viewer -> viewer.show(version.id(), version.event()));
            } catch (RuntimeException e) {
                // The next change or pulse tries again; the page goes on showing what it has.
                log.debug("a part of a page could not be made", e);
                synchronized (this) {
                    latest = null;
                }
            }
            pause();
        }
    }

    private synchronized boolean begins() {
        making = changed;
        changed = false;
        return making;
    }

    private void pause() {
        try {
            Thread.sleep(shortest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signs of life for all who look; who has left is forgotten. Returns whether anybody looks. */
    boolean pulse() {
        viewers.removeIf(LiveViewer::isOver);
        if (viewers.isEmpty()) {
            return false;
        }
        viewers.forEach(LiveViewer::pulse);
        // What was read just before it changed, or could not be read, is put right here; who has it already is sent
        // nothing.
        change();
        return true;
    }

    /** Ends all streams. */
    void end() {
        viewers.forEach(LiveViewer::end);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
