package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.SignedElsewhere;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.LogKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of the audit log. */
public final class AuditSettings {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSettings.class);
    private static final String KEY = "PORTCULLIS_AUDIT_KEY";

    private AuditSettings() {}

    /**
     * Reads them.
     *
     * @param key file with the keys of the log; empty when it is not to be signed
     * @param checkpoint file for the newest checkpoint; empty for none
     * @throws StartupException when a key is named and cannot be used
     */
    public static AuditSigning read(String key, String checkpoint) {
        Optional<SignedElsewhere> elsewhere =
                Optional.of(checkpoint).filter(file -> !file.isBlank()).map(file -> new CheckpointFile(Path.of(file)));
        if (key.isBlank()) {
            LOG.warn(
                    "the audit log is recorded but not signed, so nobody can prove that it was not changed:"
                            + " make a key with './portcullis audit key' and name its file in {}",
                    KEY);
            return new AuditSigning(Optional.empty(), elsewhere);
        }
        return new AuditSigning(Optional.of(new AuditSigner(keys(Path.of(key)))), elsewhere);
    }

    private static LogKeys keys(Path file) {
        try {
            return LogKeys.parse(FileText.read(file, StandardCharsets.UTF_8));
        } catch (LogFormatException e) {
            throw new StartupException(KEY + ": file " + file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartupException(KEY + ": file " + file + " cannot be read: " + FileText.fault(e), e);
        }
    }
}
