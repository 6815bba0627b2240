package dev.portcullis.gate.message;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a message tells. Some events open something that lasts until another event ends it: a release that was aborted is open until its users are back on the good
 * revision. The names are part of the product's outside.
 */
public enum MessageEvent {
    /** The canary was found bad, by evidence or by a person. */
    RELEASE_ABORTED(MessageSeverity.SEV3, "release-aborted"),
    /** The canary was found bad, and serves users until a person decides. */
    RELEASE_FAILED(MessageSeverity.SEV2, "release-failed"),
    /** The canary may be given to all users. */
    RELEASE_PROMOTED(MessageSeverity.SEV5, ""),
    /** The release ended undecided: a newer one took its place, or its canary never served anybody. */
    RELEASE_ENDED(MessageSeverity.SEV5, ""),
    /** Nothing but a person keeps the release from its promotion: an approval, a hold, or a deadline that passed undecided. */
    PROMOTION_WAITS(MessageSeverity.SEV4, "promotion-waits"),
    /** No rollback of an aborted release could be started. */
    ROLLBACK_REFUSED(MessageSeverity.SEV1, "rollback-refused"),
    /** A rollback stopped, and users may still be harmed. */
    ROLLBACK_NEEDS_HUMAN(MessageSeverity.SEV1, "rollback-needs-human"),
    /** A rollback was shown to have failed. */
    ROLLBACK_FAILED(MessageSeverity.SEV1, "rollback-needs-human"),
    /** Somebody cancelled a rollback. */
    ROLLBACK_CANCELLED(MessageSeverity.SEV3, ""),
    /** Traffic is back on the good revision, and users have recovered as far as that was looked at. */
    ROLLBACK_SUCCEEDED(MessageSeverity.SEV5, "");

    private static final Set<MessageEvent> INCIDENT =
            EnumSet.of(RELEASE_ABORTED, ROLLBACK_REFUSED, ROLLBACK_NEEDS_HUMAN, ROLLBACK_FAILED);

    private final MessageSeverity severity;
    private final String runbook;

    MessageEvent(MessageSeverity severity, String runbook) {
        this.severity = severity;
        this.runbook = runbook;
    }

    /** Its name as the configuration has it: "release-aborted". */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names as the configuration has them. */
    public static List<String> words() {
        return words(EnumSet.allOf(MessageEvent.class));
    }

    /** The names of some as the configuration has them. */
    public static List<String> words(Collection<MessageEvent> events) {
        return events.stream().map(MessageEvent::word).toList();
    }

    /** The event of a name; empty when there is none. */
    public static Optional<MessageEvent> of(String word) {
        return Arrays.stream(values())
                .filter(event -> event.word().equals(word))
                .findFirst();
    }

    /** Those that a person may have to do something for: what is told where nothing else is said. */
    public static Set<MessageEvent> forPeople() {
        return allThatOpen();
    }

    private static Set<MessageEvent> allThatOpen() {
        var calls = EnumSet.noneOf(MessageEvent.class);
        Arrays.stream(values()).filter(MessageEvent::opens).forEach(calls::add);
        return calls;
    }

    /** Whether it opens something that lasts, and that a person may have to do something for. */
    public boolean opens() {
        return !runbook.isEmpty();
    }

    /** How urgent it is unless the configuration says otherwise. */
    public MessageSeverity usualSeverity() {
        return severity;
    }

    /** Name of the page under docs/runbooks, without its ending; empty when nobody has to do anything. */
    public String runbook() {
        return runbook;
    }

    /** What it ends, where that is open. */
    Set<MessageEvent> ends() {
        return switch (this) {
            case RELEASE_ABORTED, RELEASE_ENDED -> EnumSet.of(PROMOTION_WAITS, RELEASE_FAILED);
            case RELEASE_PROMOTED -> allThatOpen();
            case ROLLBACK_SUCCEEDED -> INCIDENT;
            case RELEASE_FAILED -> EnumSet.of(PROMOTION_WAITS);
            case PROMOTION_WAITS, ROLLBACK_REFUSED, ROLLBACK_NEEDS_HUMAN, ROLLBACK_FAILED, ROLLBACK_CANCELLED ->
                EnumSet.noneOf(MessageEvent.class);
        };
    }

    /** What it says more of, where that is open; whoever was told the one is told the other. */
    Set<MessageEvent> follows() {
        return this == ROLLBACK_CANCELLED ? INCIDENT : ends();
    }
}
