package dev.portcullis.gate.console;

import dev.portcullis.gate.release.Release;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Paths of pages of the console. Stateless. */
public final class ConsolePath {
    /** The first page, and what all other paths begin with. */
    public static final String ROOT = "/console";

    private ConsolePath() {}

    /** The page of a release. */
    public static String of(Release release) {
        return release(release.key().service(), release.id());
    }

    /** The page of the release of which only this is known. */
    public static String release(String service, UUID release) {
        return ROOT + "/services/" + segment(service) + "/releases/" + release;
    }

    /** The page of what has a resource name, as "services/{service}/releases/{uuid}". */
    public static String named(String service, String name) {
        return ROOT + "/services/" + segment(service) + name.substring(("services/" + service).length());
    }

    /** A text as one segment of a path, or as a value of a query. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
