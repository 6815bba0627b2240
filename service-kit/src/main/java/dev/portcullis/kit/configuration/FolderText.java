package dev.portcullis.kit.configuration;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a configuration folder as they were read. Immutable.
 *
 * @param hash over names and contents, as {@link LiveConfiguration#generation()} tells it
 * @param files their texts by their names
 */
public record FolderText(String hash, SortedMap<String, String> files) {
    /** Where there is no folder. */
    public static final FolderText NONE = new FolderText("", new TreeMap<>());

    public FolderText {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static FolderText of(FolderSnapshot snapshot) {
        SortedMap<String, String> texts = new TreeMap<>();
        snapshot.files().forEach((name, file) -> {
            if (file instanceof FolderFile.Content content) {
                texts.put(name, new String(content.bytes(), StandardCharsets.UTF_8));
            }
        });
        return new FolderText(snapshot.fingerprint(), texts);
    }

    /** The SHA-256 of a text in UTF-8, in 64 hexadecimal digits. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(FolderSnapshot.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
