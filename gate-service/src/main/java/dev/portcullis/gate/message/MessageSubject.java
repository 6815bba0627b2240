package dev.portcullis.gate.message;

import dev.portcullis.gate.release.Release;
import java.util.UUID;

/**
 * The release that a message is about.
 *
 * @param release id of the release
 * @param service the service
 * @param namespace of the rollout; may be empty
 * @param rollout name of the rollout; may be empty
 * @param canary arm label value of the canary
 * @param stable that of the stable version; empty when there is none
 * @param revision as the caller named it
 * @param artifact what is released; empty when nobody told
 * @param rollback "rollbacks/{uuid}"; empty while there is none
 */
public record MessageSubject(
        UUID release,
        String service,
        String namespace,
        String rollout,
        String canary,
        String stable,
        String revision,
        String artifact,
        String rollback) {
    public static MessageSubject of(Release release) {
        return new MessageSubject(
                release.id(),
                release.key().service(),
                release.key().namespace(),
                release.key().rollout(),
                release.key().canary(),
                release.start().stable(),
                release.key().revision(),
                release.start().details().artifact(),
                release.rollback().rollback());
    }

    /** The same with another rollback. */
    public MessageSubject with(String otherRollback) {
        return new MessageSubject(
                release, service, namespace, rollout, canary, stable, revision, artifact, otherRollback);
    }

    /** "services/{service}/releases/{uuid}". */
    public String name() {
        return Release.name(service, release);
    }
}
