package dev.portcullis.gate.release;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A resource name taken apart: "services/{service}/releases/{uuid}", with or without "/decisions/{uuid}".
 *
 * @param service may itself contain slashes
 * @param decision empty for the name of a release
 */
public record ResourceName(String service, UUID release, Optional<UUID> decision) {
    private static final String UUID_FORM = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
    private static final Pattern RELEASE = Pattern.compile("services/(.+)/releases/" + UUID_FORM, Pattern.DOTALL);
    private static final Pattern DECISION = Pattern.compile("(services/.+)/decisions/" + UUID_FORM, Pattern.DOTALL);

    /** The name of a release; empty when the text is none. */
    public static Optional<ResourceName> ofRelease(String text) {
        var parts = RELEASE.matcher(text);
        return parts.matches()
                ? Optional.of(new ResourceName(parts.group(1), UUID.fromString(parts.group(2)), Optional.empty()))
                : Optional.empty();
    }

    /** The name of a decision; empty when the text is none. */
    public static Optional<ResourceName> ofDecision(String text) {
        var parts = DECISION.matcher(text);
        return parts.matches()
                ? ofRelease(parts.group(1))
                        .map(name -> new ResourceName(
                                name.service, name.release, Optional.of(UUID.fromString(parts.group(2)))))
                : Optional.empty();
    }
}
