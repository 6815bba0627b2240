package dev.portcullis.kit.configuration;

import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What reading one file gave: its bytes, or why there are none. */
sealed interface FolderFile {
    int LARGEST_BYTES = 1 << 20;

    /** The bytes of a file of a legal size; nobody writes to them. */
    final class Content implements FolderFile {
        private final byte[] bytes;

        private Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** A file that could not be read, and what to do about it. */
    record Unreadable(String reason) implements FolderFile {}

    /** Never throws for what happens to files; a file that is gone is unreadable like any other. */
    static FolderFile read(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Unreadable("not a regular file; remove it or give it another ending");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_BYTES + 1);
            return bytes.length > LARGEST_BYTES
                    ? new Unreadable("file is larger than " + LARGEST_BYTES + " bytes (1 MiB); split it")
                    : new Content(bytes);
        } catch (NoSuchFileException gone) {
            return new Unreadable("file does not exist, or is a link that leads nowhere; remove the link");
        } catch (AccessDeniedException denied) {
            return new Unreadable("file may not be read by this process; give it read permission");
        } catch (IOException broken) {
            return new Unreadable("file cannot be read (" + FileText.fault(broken) + "); repair or remove it");
        }
    }
}
