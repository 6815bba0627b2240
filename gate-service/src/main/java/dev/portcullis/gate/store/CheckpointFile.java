package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.SignedElsewhere;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest checkpoint in a file. Thread-safe. */
public final class CheckpointFile implements SignedElsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    private final Path file;

    public CheckpointFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<SignedNote> newest() {
        try {
            return Optional.of(SignedNote.parse(FileText.read(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (LogFormatException e) {
            throw new LogDamageException("the checkpoint in " + file + " " + e.getMessage()
                    + "; put back what was there, or remove the file if nobody may have replaced the database");
        } catch (IOException e) {
            throw new LogDamageException("the checkpoint in " + file + " cannot be read: " + FileText.fault(e));
        }
    }

    /** What cannot be written is told in the log; the older checkpoint in the file still guards all that is under it. */
    @Override
    public synchronized void keep(SignedNote checkpoint) {
        var begun = file.resolveSibling(file.getFileName() + ".begun");
        try {
            Files.writeString(begun, checkpoint.format());
            Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the newest checkpoint of the audit log cannot be written to {}: {}", file, FileText.fault(e));
        }
    }
}
