package dev.portcullis.gate.message.webhook;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Artifacts as package URLs (purl), which CDEvents asks for. Stateless. */
final class PackageUrl {
    private static final Pattern IMAGE = Pattern.compile(
            "(?<repository>(?:[^\\s@/]+/)*(?<name>[a-z0-9][a-z0-9._-]*))(?::[A-Za-z0-9_][A-Za-z0-9._-]*)?@(?<digest>sha(?:256|512):[0-9a-f]+)");
    private static final String PREFIX = "pkg:";

    private PackageUrl() {}

    /**
     * The package URL of what a release is made of.
     *
     * @param artifact as a caller told it: a package URL, or an image with its digest; anything else is named by service and version
     * @param version of the service
     */
    static String of(String artifact, String service, String version) {
        if (artifact.startsWith(PREFIX)) {
            return artifact;
        }
        var image = IMAGE.matcher(artifact);
        return image.matches()
                ? PREFIX + "oci/" + encoded(image.group("name")) + "@" + encoded(image.group("digest"))
                        + "?repository_url=" + image.group("repository")
                : ofVersion(service, version);
    }

    /** That of a version of which only its name is known. */
    static String ofVersion(String service, String version) {
        return PREFIX + "generic/" + encoded(service) + "@" + encoded(version);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
