package dev.portcullis.kit.audit.record;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.configuration.FolderText;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which content of the configuration folder a service used from when on, as entries of the audit log: all of it at the start, and later what has changed. A content is in
 * use at once, and its entry is written as soon as the database takes it. Thread-safe.
 */
public final class ConfigurationEntries {
    private final AuditEntries entries;
    private final String service;
    private final Optional<LiveConfiguration<?>> configuration;
    private final Clock clock;
    private final Queue<AuditEntry> waiting = new ArrayDeque<>();
    private final AtomicReference<FolderText> known;

    /**
     * @param service short name of the service that uses it, e.g. "gate"
     * @param configuration empty for a service that reads no folder
     */
    public ConfigurationEntries(
            AuditEntries entries, String service, Optional<LiveConfiguration<?>> configuration, Clock clock) {
        this.entries = entries;
        this.service = service;
        this.configuration = configuration;
        this.clock = clock;
        this.known = new AtomicReference<>(text());
        configuration.ifPresent(live -> live.onChange(content -> note()));
    }

    private FolderText text() {
        return configuration.map(LiveConfiguration::text).orElse(FolderText.NONE);
    }

    /** The content in use, as the entry of the start has it. */
    Map<String, Object> inUse() {
        return ConfigurationJson.whole(text());
    }

    private synchronized void note() {
        var after = text();
        var before = known.getAndSet(after);
        waiting.add(new AuditEntry(
                clock.instant(),
                AuditAction.CHANGE_CONFIGURATION,
                AuditActor.service(service),
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Outcome.SUCCESS,
                "the files of the configuration folder are others than before",
                Map.of("configuration", ConfigurationJson.change(before, after))));
    }

    /** Writes the entries that wait. What cannot be written waits for the next time, and what was thrown passes on. */
    public synchronized void write() {
        for (var entry = waiting.peek(); entry != null; entry = waiting.peek()) {
            entries.record(entry);
            waiting.remove();
        }
    }
}
