package dev.portcullis.gate.release;

import java.util.UUID;

/**
 * An open release by whose decisions somebody goes, and that is not yet promoted for good.
 *
 * @param number rises with every release opened
 */
public record ReleaseInProgress(UUID id, long number, String service) {
    /** "services/{service}/releases/{uuid}". */
    public String name() {
        return Release.name(service, id);
    }
}
