package dev.portcullis.rollback.targets.featureflag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A real flag definition in a folder of its own, on a disk whose n-th rename can be lost, as on a file system over the network. */
final class FlagFile extends FlagFiles {
    static final String ON = """
            {"flags": {
              "new-checkout": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
              "other": {"state": "ENABLED", "variants": {"a": 1e2}, "defaultVariant": "a"}
            }}
            """;

    private final Path folder;
    private int renames;
    private int effects;
    private int lostAnswer;
    private int lostCall;

    FlagFile(Path parent) {
        try {
            folder = Files.createTempDirectory(parent, "flags");
            Files.writeString(path(), ON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return folder.resolve("shop.json");
    }

    String content() {
        try {
            return Files.readString(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Switches the flag by a person's hand, in place. */
    void write(String text) {
        try {
            Files.writeString(path(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> values() {
        return new HashMap<>(Map.of("file", path().toString(), "flag", "new-checkout"));
    }

    @Override
    void rename(Path written, Path real) throws IOException {
        renames++;
        if (renames == lostCall) {
            throw new FileSystemException(real.toString(), null, "Input/output error");
        }
        effects += Files.readString(written).equals(Files.readString(real)) ? 0 : 1;
        super.rename(written, real);
        if (renames == lostAnswer) {
            throw new FileSystemException(real.toString(), null, "Input/output error");
        }
    }

    int effects() {
        return effects;
    }

    void loseAnswer(int nth) {
        lostAnswer = renames + nth;
    }

    void loseCall(int nth) {
        lostCall = renames + nth;
    }

    void vanish() {
        try {
            Files.delete(path());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all that is in the folder. */
    String listing() {
        var names = folder.toFile().list();
        return names == null ? "" : String.join(" ", names);
    }
}
