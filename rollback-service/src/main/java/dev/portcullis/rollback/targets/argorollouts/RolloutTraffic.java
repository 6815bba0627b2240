package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which revisions users of a rollout get, as its status and its ReplicaSets tell.
 *
 * @param isWanted whether a hash is that of the revision they should get
 */
record RolloutTraffic(RolloutState now, Revisions revisions, Predicate<String> isWanted) {
    /** What of it is not on the wanted revision, or not shown to be; empty when all is. */
    Optional<String> elsewhere() {
        if (now.hasRouter()) {
            return routed();
        }
        if (now.isBlueGreen()) {
            return isWanted.test(now.active())
                    ? Optional.empty()
                    : Optional.of("the active Service selects " + shown(now.active()));
        }
        var pods = pods(revision -> !isWanted.test(revision.hash()));
        return pods == 0 ? Optional.empty() : Optional.of(pods + " pods of other revisions");
    }

    /** A router may still send a share to what was the stable revision until just now. */
    private Optional<String> routed() {
        var weights = now.weights();
        if (!weights.isObject()) {
            return Optional.of("no weights in its status");
        }
        var astray = share("canary", now.current()) + share("stable", now.stable());
        for (var other : weights.path("additional")) {
            astray += other.path("weight").asInt();
        }
        if (astray > 0) {
            return Optional.of("weight " + astray + " on other revisions");
        }
        return weights.path("verified").asBoolean(true)
                ? Optional.empty()
                : Optional.of("the router has not confirmed the weights");
    }

    private int share(String side, String usually) {
        var destination = now.weights().path(side);
        var hash = destination.path("podTemplateHash").asText(usually);
        return isWanted.test(hash) ? 0 : destination.path("weight").asInt();
    }

    /** How many pods of the wanted revision are missing; empty when none is. */
    Optional<String> missing() {
        var available = revisions.matching(revision -> isWanted.test(revision.hash())).stream()
                .mapToInt(Revision::available)
                .sum();
        return available >= now.replicas()
                ? Optional.empty()
                : Optional.of(available + " of " + now.replicas() + " pods available");
    }

    private int pods(Predicate<Revision> which) {
        return revisions.matching(which).stream().mapToInt(Revision::pods).sum();
    }

    private static String shown(String hash) {
        return hash.isEmpty() ? "nothing" : hash;
    }
}
