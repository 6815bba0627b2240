package dev.portcullis.kit.identity;

import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Who may call, as the configuration folder has it now. Thread-safe. */
public final class LiveAccessRules implements Supplier<AccessRules>, AutoCloseable {
    private final LiveConfiguration<AccessRules> configuration;

    private LiveAccessRules(LiveConfiguration<AccessRules> configuration) {
        this.configuration = configuration;
    }

    /**
     * Follows a folder.
     *
     * @throws dev.portcullis.kit.configuration.ConfigurationException when anything in it is faulty
     */
    public static LiveAccessRules open(Path folder, SectionReaders readers) {
        return new LiveAccessRules(LiveConfiguration.open(
                folder, readers.before("access", AccessDocuments::parse), LiveConfiguration.POLL_INTERVAL));
    }

    @Override
    public AccessRules get() {
        return configuration.current();
    }

    @Override
    public void close() {
        configuration.close();
    }
}
