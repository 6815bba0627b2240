package dev.portcullis.kit.configuration;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder of YAML files, subfolders included: {@code *.yaml} and {@code *.yml}, links followed, names that begin with a dot left
 * out. Several documents a file; an empty folder and empty documents are legal. Holds no state: every call looks at the disk.
 */
public final class ConfigurationFolder {
    private final Path dir;

    public ConfigurationFolder(Path dir) {
        this.dir = dir;
    }

    /**
     * The documents whose heads are right, by file name and place in the file. Everything else is recorded: a missing folder, a
     * file unreadable or above 1 MiB, what is not YAML, duplicate keys, unknown kinds, missing or repeated names.
     */
    public List<ConfigurationDocument> read(Faults faults) {
        return snapshot().documents(faults);
    }

    /** A SHA-256 over file names and contents: it changes when {@link #read} may answer something else. */
    public String fingerprint() {
        return snapshot().fingerprint();
    }

    FolderSnapshot snapshot() {
        return FolderSnapshot.of(dir);
    }

    Path dir() {
        return dir;
    }
}
