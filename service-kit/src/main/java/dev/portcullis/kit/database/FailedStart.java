package dev.portcullis.kit.database;

import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The note that the last start in a data folder failed, and why, for whoever looks for the reason later. The next start takes it away. */
public final class FailedStart {
    private static final Logger LOG = LoggerFactory.getLogger(FailedStart.class);
    private static final String FILE = "start-failed.txt";

    private FailedStart() {}

    /**
     * Notes it; should that fail too, the log tells it.
     *
     * @param message in a sentence, without secrets
     */
    public static void note(Path folder, String message) {
        try {
            PrivateFiles.write(folder.resolve(FILE), message + "\n");
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", folder.resolve(FILE), FileText.fault(e));
        }
    }

    /** Takes the note away. */
    public static void forget(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", folder.resolve(FILE), FileText.fault(e));
        }
    }

    /**
     * Why the last start failed.
     *
     * @return empty when it did not, or when this user may not read it
     */
    public static Optional<String> last(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(FILE)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
