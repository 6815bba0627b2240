package dev.portcullis.gate.group;

import dev.portcullis.gate.release.ReleaseKey;

/**
 * A part of a release group: a service, or one rollout of it.
 *
 * @param service whose releases are meant
 * @param namespace of these, as questions name it; empty for any
 * @param rollout of these, as questions name it; empty for any
 */
public record GroupMember(String service, String namespace, String rollout) {
    /** Whether a release is one of it. */
    public boolean has(ReleaseKey release) {
        return service.equals(release.service())
                && isEither(namespace, release.namespace())
                && isEither(rollout, release.rollout());
    }

    private static boolean isEither(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }

    /** Whether a release may be one of both. */
    public boolean overlaps(GroupMember other) {
        return service.equals(other.service)
                && (isEither(namespace, other.namespace) || other.namespace.isEmpty())
                && (isEither(rollout, other.rollout) || other.rollout.isEmpty());
    }

    /** It in words. */
    public String shown() {
        return "'" + service + "'"
                + (namespace.isEmpty() ? "" : " in namespace '" + namespace + "'")
                + (rollout.isEmpty() ? "" : " by rollout '" + rollout + "'");
    }
}
