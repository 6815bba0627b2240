package dev.portcullis.kit.transparency;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Entries as a tile of them is served (C2SP tlog-tiles): each behind its length in two bytes, the higher one first. Stateless. */
public final class EntryBundle {
    /** The longest entry, in bytes. */
    public static final int LONGEST = 65_535;

    private EntryBundle() {}

    /** @throws IllegalArgumentException when an entry is longer than {@value #LONGEST} bytes */
    public static byte[] of(List<byte[]> entries) {
        var bundle = new ByteArrayOutputStream();
        for (var entry : entries) {
            if (entry.length > LONGEST) {
                throw new IllegalArgumentException("an entry has " + entry.length + " bytes; most: " + LONGEST);
            }
            bundle.write(entry.length >> Byte.SIZE);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }
}
