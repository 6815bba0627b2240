package dev.portcullis.kit.transparency;

import java.util.List;

/**
 * What a look through the whole log has found.
 *
 * @param size entries that have a place
 * @param signedSize entries under the newest good checkpoint
 * @param faults what is wrong, at most so many as a person reads; empty when all is as it was written
 */
public record LogVerification(long size, long signedSize, List<LogFault> faults) {
    public LogVerification {
        faults = List.copyOf(faults);
    }
}
