package dev.portcullis.kit.rpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for changes of all resources that are followed, on one thread that lives while there are any. Thread-safe. */
final class ChangePoller<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ChangePoller.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final Versions versions;
    private final Function<UUID, T> read;
    private final Duration every;
    private final Map<UUID, Resource> resources = new HashMap<>();
    private boolean looking;

    ChangePoller(Versions versions, Function<UUID, T> read, Duration every) {
        this.versions = versions;
        this.read = read;
        this.every = every;
    }

    /** Begins to follow a resource. */
    Subscription follow(UUID id) {
        synchronized (resources) {
            var subscription = new Subscription(resources.computeIfAbsent(id, Resource::new));
            subscription.resource.followers.add(subscription);
            if (!looking) {
                looking = true;
                Thread.ofVirtual().name("changes").start(this::look);
            }
            return subscription;
        }
    }

    boolean looking() {
        synchronized (resources) {
            return looking;
        }
    }

    private void look() {
        do {
            LockSupport.parkNanos(every.toNanos());
            Set<UUID> ids = followed();
            while (!ids.isEmpty()) {
                var some = new HashSet<>(ids.stream().limit(MOST_AT_ONCE).toList());
                ids.removeAll(some);
                look(some);
            }
        } while (wanted());
    }

    private Set<UUID> followed() {
        synchronized (resources) {
            return new HashSet<>(resources.keySet());
        }
    }

    private boolean wanted() {
        synchronized (resources) {
            looking = !resources.isEmpty();
            return looking;
        }
    }

    private void look(Set<UUID> ids) {
        Map<UUID, String> found;
        try {
            found = versions.of(ids);
        } catch (RuntimeException e) {
            LOG.debug("the changes could not be looked for; who follows them finds out why when it reads", e);
            found = Map.of();
        }
        synchronized (resources) {
            for (var id : ids) {
                var resource = resources.get(id);
                if (resource != null) {
                    resource.seen(found.get(id));
                }
            }
        }
    }

    /** A resource that is followed, and what was read of it for all its followers. */
    private final class Resource {
        private final UUID id;
        private final Set<Subscription> followers = new HashSet<>();
        private @Nullable String version;
        private final AtomicLong changes = new AtomicLong();
        private long readAfter = -1;
        private @Nullable T value;

        Resource(UUID id) {
            this.id = id;
        }

        /** @param now null when it is not there, or nobody can tell: then each change is believed */
        void seen(@Nullable String now) {
            if (now == null || !now.equals(version)) {
                version = now;
                changes.incrementAndGet();
                followers.forEach(follower -> follower.changed.release());
            }
        }

        /** As it was after the last change seen, or later. */
        synchronized T value(boolean anew) {
            var before = changes.get();
            var known = value;
            if (anew || known == null || readAfter != before) {
                known = read.apply(id);
                value = known;
                readAfter = before;
            }
            return known;
        }
    }

    /** A stream's hold of a resource. Used by one thread. */
    final class Subscription implements AutoCloseable {
        private final Resource resource;
        private final Semaphore changed = new Semaphore(0);
        private boolean anew = true;

        private Subscription(Resource resource) {
            this.resource = resource;
        }

        /** The resource as it is, to within the time between two looks; the first time, as it is now. */
        T value() {
            var value = resource.value(anew);
            anew = false;
            return value;
        }

        /** Waits for a change that was not waited for before; false when there was none in that time. */
        boolean awaitChange(Duration longest) throws InterruptedException {
            var any = changed.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
            changed.drainPermits();
            return any;
        }

        @Override
        public void close() {
            synchronized (resources) {
                resource.followers.remove(this);
                if (resource.followers.isEmpty()) {
                    resources.remove(resource.id, resource);
                }
            }
        }
    }
}
