package dev.portcullis.gate.audit;

import dev.portcullis.kit.transparency.EntryBundle;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An entry that another service hands over.
 *
 * @param id also in the body
 * @param body canonical JSON, up to {@value EntryBundle#LONGEST} bytes
 */
public record HandedEntry(UUID id, String body) {
    public HandedEntry {
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length > EntryBundle.LONGEST) {
            throw new IllegalArgumentException(
                    "entry " + id + " has " + length + " bytes; most: " + EntryBundle.LONGEST);
        }
    }
}
