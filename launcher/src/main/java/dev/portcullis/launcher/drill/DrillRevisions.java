package dev.portcullis.launcher.drill;

import dev.portcullis.kit.configuration.Suggestion;
import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The revisions of a drill that names none: those of the service's newest release whose canary has served users, as the gate has it on record; of the newest
 * at all where none has. A misspelt canary has a release too.
 */
record DrillRevisions(Peer gate) {
    private static final int LIMIT_SECONDS = 10;
    private static final int LOOKED_AT = 50;

    /**
     * The request with its revisions.
     *
     * @throws DrillException when there is no such release
     * @throws PeerException when the gate cannot be asked
     */
    DrillRequest filledIn(DrillRequest request) {
        if (!request.lacksRevision()) {
            return request;
        }
        var newest = newest(request.service());
        return request.between(
                orElse(request.from(), newest.getCanary(), "canary", newest, "--from"),
                orElse(request.to(), newest.getStable(), "stable version", newest, "--to"));
    }

    private Release newest(String service) {
        var releases = releases(service);
        return releases.stream()
                .filter(Release::hasFirstRequestTime)
                .findFirst()
                .or(() -> releases.stream().findFirst())
                .orElseThrow(() -> new DrillException("no release of service '" + service + "' is known"
                        + Suggestion.forWord(service, knownServices())
                        + "; if the name is right, it has had none yet: name the revisions with --from and --to"));
    }

    private Set<String> knownServices() {
        return releases("").stream().map(Release::getService).collect(Collectors.toSet());
    }

    /** The newest ones, of all services where none is named. */
    private List<Release> releases(String service) {
        var question = ListReleasesRequest.newBuilder()
                .setService(service)
                .setPageSize(LOOKED_AT)
                .build();
        return gate.call("cannot ask which revisions to rehearse", () -> GateServiceGrpc.newBlockingStub(gate.channel())
                        .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                        .listReleases(question))
                .getReleasesList();
    }

    private static String orElse(String named, String found, String what, Release release, String option) {
        if (!named.isEmpty()) {
            return named;
        }
        if (found.isEmpty()) {
            throw new DrillException(
                    release.getName() + ", the release taken, has no " + what + "; name one with " + option);
        }
        return found;
    }
}
