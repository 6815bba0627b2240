package dev.portcullis.launcher.release;

import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import dev.portcullis.proto.gate.v1.WithdrawApprovalRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the releases of a running gate-service and decides on them. Every method throws {@link PeerException} when that says no or cannot be reached. */
public final class ReleaseClient implements AutoCloseable {
    private static final int CALL_SECONDS = 10;
    private static final int LARGEST_PAGE = 200;
    /** Enough to show that a beginning is that of several. */
    private static final int MOST_SHOWN = 4;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 30;

    private final Peer gate;

    /**
     * One that is not connected yet.
     *
     * @param gate where gate-service is
     * @param token what is shown to it; empty for nothing
     */
    public ReleaseClient(PeerAddress gate, Optional<String> token) {
        this.gate = new Peer("gate-service", gate, "--gate", token);
    }

    /**
     * Lists releases, newest first.
     *
     * @param service only of this one; empty = of all
     * @param state only in this one; unspecified = in any
     * @param limit at most so many, 1 or more
     */
    public List<Release> list(String service, Release.State state, int limit) {
        var request = ListReleasesRequest.newBuilder().setService(service).setState(state);
        var found = new ArrayList<Release>();
        do {
            request.setPageSize(Math.min(LARGEST_PAGE, limit - found.size()));
            var page = gate.call("the releases cannot be listed", () -> stub().listReleases(request.build()));
            found.addAll(page.getReleasesList());
            request.setPageToken(page.getNextPageToken());
        } while (found.size() < limit && !request.getPageToken().isEmpty());
        return found;
    }

    /**
     * A release with how its rollback stands.
     *
     * @throws ReleaseException when none is meant, or several are
     */
    public Release get(ReleaseReference reference) {
        var request = GetReleaseRequest.newBuilder().setName(name(reference)).build();
        return gate.call("the release cannot be read", () -> stub().getRelease(request));
    }

    /** What analysis-service says of a release now, with its history; empty when that cannot be had. */
    public Optional<Analysis> analysis(String name) {
        var request = GetReleaseRequest.newBuilder()
                .setName(name)
                .setIncludeAnalysis(true)
                .build();
        var release = gate.call("the release cannot be read", () -> stub().getRelease(request));
        return release.hasCurrentAnalysis() ? Optional.of(release.getCurrentAnalysis()) : Optional.empty();
    }

    /**
     * The full name of a release.
     *
     * @throws ReleaseException when none is meant, or several are
     */
    public String name(ReleaseReference reference) {
        if (reference.isName()) {
            return reference.text();
        }
        var request = ListReleasesRequest.newBuilder()
                .setIdPrefix(reference.text())
                .setPageSize(MOST_SHOWN + 1)
                .build();
        var found = gate.call("the release cannot be looked for", () -> stub().listReleases(request))
                .getReleasesList();
        if (found.isEmpty()) {
            throw new ReleaseException("no release whose UUID begins with '" + reference.text() + "'");
        }
        if (found.size() > 1) {
            throw new ReleaseException("the UUIDs of several releases begin with '" + reference.text() + "': "
                    + found.stream().limit(MOST_SHOWN).map(Release::getName).collect(Collectors.joining(", "))
                    + (found.size() > MOST_SHOWN ? " and more" : "") + "; give more of its characters");
        }
        return found.getFirst().getName();
    }

    /**
     * The newest open release of a service.
     *
     * @throws ReleaseException when there is none
     */
    public String newestOpen(String service) {
        return list(service, Release.State.OPEN, 1).stream()
                .findFirst()
                .map(Release::getName)
                .orElseThrow(
                        () -> new ReleaseException(
                                "no open release of service '" + service
                                        + "' is known; the first question about a canary opens one, and './portcullis release list' shows all"));
    }

    /** A decision with the analysis that it rests on. */
    public Decision decision(String name) {
        var request = GetDecisionRequest.newBuilder().setName(name).build();
        return gate.call("the decision cannot be read", () -> stub().getDecision(request));
    }

    /** The same with what the analysis follows from, as far as that is to be had. */
    public Decision decisionRecord(String name) {
        var request = GetDecisionRequest.newBuilder()
                .setName(name)
                .setIncludeRecord(true)
                .build();
        return gate.call("the record of the decision cannot be read", () -> stub().getDecision(request));
    }

    /**
     * What the audit log has of a decision: canonical JSON.
     *
     * @param name of the decision
     * @return empty when it has no entry of it
     */
    public Optional<String> auditEntry(String name) {
        var release = name.substring(0, name.lastIndexOf("/decisions/"));
        var request = ListAuditEntriesRequest.newBuilder()
                .setService(release.substring("services/".length(), release.lastIndexOf("/releases/")))
                .setObject(release)
                .setPageSize(LARGEST_PAGE);
        do {
            var page = gate.call("the audit log cannot be read", () -> AuditServiceGrpc.newBlockingStub(gate.channel())
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .listAuditEntries(request.build()));
            var found = page.getEntriesList().stream()
                    .map(AuditEntry::getBody)
                    .filter(body -> body.contains("\"decision\":{\"name\":\"" + name + "\""))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return Optional.empty();
    }

    /**
     * The decisions on a release, newest first.
     *
     * @param limit at most so many, 1 or more
     */
    public List<Decision> decisions(String release, int limit) {
        var request = ListDecisionsRequest.newBuilder().setParent(release);
        var found = new ArrayList<Decision>();
        do {
            request.setPageSize(Math.min(LARGEST_PAGE, limit - found.size()));
            var page = gate.call("the decisions cannot be listed", () -> stub().listDecisions(request.build()));
            found.addAll(page.getDecisionsList());
            request.setPageToken(page.getNextPageToken());
        } while (found.size() < limit && !request.getPageToken().isEmpty());
        return found;
    }

    /** What people hold at the same service. */
    public HoldClient holds() {
        return new HoldClient(gate);
    }

    /**
     * Promotes a release, whatever the evidence.
     *
     * @param againstFail whether also one that has failed
     */
    public Release promote(String name, String reason, boolean againstFail) {
        var request = PromoteReleaseRequest.newBuilder()
                .setName(name)
                .setReason(reason)
                .setAgainstFail(againstFail)
                .build();
        return gate.call("the release cannot be promoted", () -> stub().promoteRelease(request));
    }

    /** Aborts an open release; its rollback starts. */
    public Release abort(String name, String reason) {
        var request =
                AbortReleaseRequest.newBuilder().setName(name).setReason(reason).build();
        return gate.call("the release cannot be aborted", () -> stub().abortRelease(request));
    }

    /** Approves a release, as it is by its latest decision. */
    public Release approve(String name, String reason) {
        var request = ApproveReleaseRequest.newBuilder()
                .setName(name)
                .setReason(reason)
                .build();
        return gate.call("the release cannot be approved", () -> stub().approveRelease(request));
    }

    /** Takes back the approval that the caller has given. */
    public Release withdraw(String name, String reason) {
        var request = WithdrawApprovalRequest.newBuilder()
                .setName(name)
                .setReason(reason)
                .build();
        return gate.call("the approval cannot be withdrawn", () -> stub().withdrawApproval(request));
    }

    /** Has a release begin anew that was aborted or has expired; answers the new run. */
    public Release retry(String name, String reason) {
        var request =
                RetryReleaseRequest.newBuilder().setName(name).setReason(reason).build();
        return gate.call("the release cannot be tried again", () -> stub().retryRelease(request));
    }

    /**
     * Follows a release to its end; blocks until then. A gate that is restarted meanwhile is waited for half a minute.
     *
     * @param changed hears the release as it is, and as it is after each change
     * @return the release as it ended
     */
    public Release watch(String name, Consumer<Release> changed) {
        return gate.call(name + " cannot be followed", () -> follow(name, changed));
    }

    private Release follow(String name, Consumer<Release> changed) {
        var request = WatchReleaseRequest.newBuilder().setName(name).build();
        @Nullable Release last = null;
        var failures = 0;
        while (true) {
            try {
                var versions = GateServiceGrpc.newBlockingStub(gate.channel()).watchRelease(request);
                while (versions.hasNext()) {
                    var next = versions.next();
                    failures = 0;
                    if (!next.equals(last)) {
                        changed.accept(next);
                        last = next;
                    }
                }
                return Optional.ofNullable(last).orElseThrow(() -> Status.DATA_LOSS
                        .withDescription("the stream ended without a release")
                        .asRuntimeException());
            } catch (StatusRuntimeException e) {
                failures++;
                if (last == null || e.getStatus().getCode() != Status.Code.UNAVAILABLE || failures > MOST_FAILURES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private GateServiceBlockingStub stub() {
        return GateServiceGrpc.newBlockingStub(gate.channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        gate.close();
    }
}
