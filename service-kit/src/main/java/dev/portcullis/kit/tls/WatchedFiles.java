package dev.portcullis.kit.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PEM files that belong together, whatever stands at their paths, through links too. A new content is used as soon as it is seen; one that cannot be used is told, and the
 * last good one stays. Contents are compared, not times: a renewed certificate may come with the same key, and a link may be turned. Thread-safe.
 */
public final class WatchedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

    /** What becomes of a content. */
    interface Use {
        /**
         * Takes it, for all connections from now on.
         *
         * @param texts of the files, in their order
         * @return when the certificates end
         * @throws TlsFilesException when it cannot be used; nothing has changed then
         */
        Instant take(List<String> texts) throws TlsFilesException;
    }

    private final List<Path> files;
    private final Use use;
    private String inUse = "";
    /** What was refused at the last look; a fault of files that are just being replaced is over at the next one. */
    private String refused = "";

    private volatile String fault = "";
    private volatile Instant end = Instant.MAX;

    /** @throws TlsFilesException when they cannot be used as they are now */
    WatchedFiles(List<Path> files, Use use) throws TlsFilesException {
        this.files = List.copyOf(files);
        this.use = use;
        var texts = texts();
        this.end = use.take(texts);
        this.inUse = digest(texts);
    }

    /** The file of the certificates. */
    public Path file() {
        return files.getFirst();
    }

    /** When the certificates in use end. */
    public Instant end() {
        return end;
    }

    /** Why the present content is not in use; empty when it is. */
    public Optional<String> fault() {
        return Optional.of(fault).filter(text -> !text.isEmpty());
    }

    /** Reads the files, and uses what is new in them. A content that cannot be used is told when it is there at two looks in a row. */
    synchronized void look() {
        try {
            var texts = texts();
            var digest = digest(texts);
            if (digest.equals(inUse)) {
                refused = "";
                fault = "";
            } else {
                take(texts, digest);
            }
        } catch (TlsFilesException e) {
            refuse("", e);
        }
    }

    private void take(List<String> texts, String digest) {
        try {
            end = use.take(texts);
            inUse = digest;
            refused = "";
            fault = "";
            LOG.info("{} changed; the new certificates are in use, until {}", file(), end);
        } catch (TlsFilesException e) {
            refuse(digest, e);
        }
    }

    private void refuse(String digest, TlsFilesException e) {
        var content = digest + e.getMessage();
        if (content.equals(refused) && fault.isEmpty()) {
            fault = String.valueOf(e.getMessage());
            LOG.warn("{}; what was there before stays in use, until {}", fault, end);
        } else if (!content.equals(refused)) {
            fault = "";
        }
        refused = content;
    }

    private List<String> texts() throws TlsFilesException {
        List<String> texts = new ArrayList<>();
        for (var file : files) {
            texts.add(PemFile.read(file));
        }
        return texts;
    }

    /** So that no key is kept in memory for longer than it is used. */
    private static String digest(List<String> texts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> {
                digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java runtime without SHA-256", e);
        }
    }
}
