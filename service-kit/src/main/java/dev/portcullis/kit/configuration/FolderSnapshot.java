package dev.portcullis.kit.configuration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * All that a folder held at one moment, in memory, so that what is fingerprinted is what is parsed.
 *
 * @param number of the snapshots of this process, in the order in which their readings began
 * @param files per file name what reading it gave
 * @param obstacles per folder that could not be listed: why
 * @param settled false when the folder changed while it was read, so that old and new may be mixed
 */
record FolderSnapshot(
        long number, SortedMap<String, FolderFile> files, SortedMap<String, String> obstacles, boolean settled) {
    private static final int TRIES = 3;
    private static final AtomicLong BEGUN = new AtomicLong();

    static FolderSnapshot of(Path dir) {
        return of(dir, FolderFile::read);
    }

    /** Reads again a few times while the folder is being changed, then gives up and says so. */
    static FolderSnapshot of(Path dir, Function<Path, FolderFile> reader) {
        FolderSnapshot snapshot = attempt(dir, reader);
        for (int tries = 1; tries < TRIES && !snapshot.settled; tries++) {
            snapshot = attempt(dir, reader);
        }
        return snapshot;
    }

    private static FolderSnapshot attempt(Path dir, Function<Path, FolderFile> reader) {
        long number = BEGUN.incrementAndGet();
        FolderListing before = FolderListing.of(dir);
        SortedMap<String, FolderFile> files = new TreeMap<>();
        before.stamps().keySet().forEach(name -> files.put(name, reader.apply(dir.resolve(name))));
        return new FolderSnapshot(number, files, before.obstacles(), before.equals(FolderListing.of(dir)));
    }

    List<ConfigurationDocument> documents(Faults faults) {
        obstacles.forEach((folder, reason) -> faults.add(folder, 0, reason));
        DocumentReader reader = new DocumentReader(faults);
        List<ConfigurationDocument> documents = new ArrayList<>();
        files.forEach((name, file) -> {
            switch (file) {
                case FolderFile.Content content -> documents.addAll(reader.read(name, content.bytes()));
                case FolderFile.Unreadable unreadable -> faults.add(name, 1, unreadable.reason());
            }
        });
        return List.copyOf(documents);
    }

    /** A SHA-256 over names and contents: equal when a reader would find the same. */
    String fingerprint() {
        MessageDigest digest = sha256();
        for (Map.Entry<String, FolderFile> file : files.entrySet()) {
            add(digest, file.getKey().getBytes(StandardCharsets.UTF_8));
            switch (file.getValue()) {
                case FolderFile.Content content -> add(digest, content.bytes());
                case FolderFile.Unreadable unreadable ->
                    add(digest, unreadable.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        add(digest, obstacles.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
