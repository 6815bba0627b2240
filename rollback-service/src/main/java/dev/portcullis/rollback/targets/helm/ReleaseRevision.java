package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A revision of a release, as {@code helm history -o json} tells it.
 *
 * @param updated when it was made
 * @param status "deployed", "superseded", "failed", "pending-upgrade", "pending-rollback", "pending-install", "uninstalled", "uninstalling"
 * @param chart name and version, "web-2.0.4"
 */
record ReleaseRevision(
        int number, Instant updated, String status, String chart, String appVersion, String description) {
    private static final Pattern ROLLBACK = Pattern.compile("Rollback to (\\d{1,9})");

    static ReleaseRevision of(JsonNode node) {
        return new ReleaseRevision(
                node.path("revision").asInt(),
                instant(node.path("updated").asText()),
                node.path("status").asText("unknown"),
                node.path("chart").asText(),
                node.path("app_version").asText(),
                node.path("description").asText());
    }

    /** The beginning of time when there is none: then nobody can be at work on it any more. */
    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    boolean isDeployed() {
        return status.equals("deployed");
    }

    boolean isPending() {
        return status.startsWith("pending-");
    }

    /** Whether helm is taking the release away, or has. */
    boolean isUninstalled() {
        return status.startsWith("uninstall");
    }

    /** Whether users had it, or have it. */
    boolean wasDeployed() {
        return isDeployed() || status.equals("superseded");
    }

    /** The revision it is a copy of: helm (pkg/action/rollback.go) makes a new revision of an old one and notes so in its description. */
    OptionalInt copyOf() {
        var note = ROLLBACK.matcher(description);
        return note.matches() ? OptionalInt.of(Integer.parseInt(note.group(1))) : OptionalInt.empty();
    }

    /** "revision 7 (web-2.0.4, superseded)". */
    @Override
    public String toString() {
        var words = description.strip().replaceAll("\\s+", " ");
        var told = words.length() <= 120 ? words : words.substring(0, 120) + "...";
        return "revision " + number + " (" + chart + ", " + status + (told.isEmpty() ? "" : ": " + told) + ")";
    }
}
