package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.PageFrame.AssetPaths;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What pages load: style sheet, scripts and icon, each under a name with the hash of its content, so that a browser may keep it for ever. Read once. Immutable. */
@Singleton
public final class ConsoleAssets {
    static final String PATH = ConsolePath.ROOT + "/assets/";

    private static final MediaType CSS = MediaType.of("text/css; charset=utf-8");
    private static final MediaType SCRIPT = MediaType.of("text/javascript; charset=utf-8");
    private static final MediaType SVG = MediaType.of("image/svg+xml; charset=utf-8");
    private static final int HASH_DIGITS = 16;

    private final Map<String, Asset> byName = new HashMap<>();
    private final AssetPaths paths;

    /**
     * One file.
     *
     * @param content as it is
     * @param zipped the same by gzip
     */
    record Asset(MediaType type, byte[] content, byte[] zipped) {}

    public ConsoleAssets() {
        var style = add("console", ".css", CSS, joined("console.css", "chart.css", "evidence.css"));
        var icon = add("icon", ".svg", SVG, read("icon.svg"));
        var scripts = List.of(
                add("htmx", ".js", SCRIPT, read("vendor/htmx.min.js")),
                add("hx-csp", ".js", SCRIPT, read("vendor/hx-csp.min.js")),
                add("hx-sse", ".js", SCRIPT, read("vendor/hx-sse.min.js")),
                add("console", ".js", SCRIPT, read("console.js")));
        this.paths = new AssetPaths(style, icon, scripts);
    }

    /** The paths for a page. */
    public AssetPaths paths() {
        return paths;
    }

    /** The asset of a name in a path; empty when there is none, as of an earlier version. */
    Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private String add(String stem, String suffix, MediaType type, byte[] content) {
        var name = stem + "-" + hash(content) + suffix;
        byName.put(name, new Asset(type, content, zipped(content)));
        return PATH + name;
    }

    private static byte[] joined(String... names) {
        var all = new ByteArrayOutputStream();
        for (var name : names) {
            if (ConsoleAssets.class.getResource("/console/" + name) != null) {
                all.writeBytes(read(name));
            }
        }
        return all.toByteArray();
    }

    private static byte[] read(String name) {
        try (var stream = ConsoleAssets.class.getResourceAsStream("/console/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the resource console/" + name + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zipped(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
