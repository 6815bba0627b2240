package dev.portcullis.launcher.audit;

import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the audit log of a running gate-service. Every method throws {@link dev.portcullis.launcher.peer.PeerException} when that says no or cannot be reached. */
public final class AuditClient implements AutoCloseable {
    private static final int CALL_SECONDS = 30;
    private static final int LARGEST_PAGE = 200;

    private final Peer gate;

    /**
     * Opens no connection yet.
     *
     * @param gate where gate-service is
     * @param token what is shown to it as a bearer token; empty for nothing
     */
    public AuditClient(PeerAddress gate, Optional<String> token) {
        this.gate = new Peer("gate-service", gate, "--gate", token);
    }

    /**
     * Reads entries, newest first, page by page; proofs are under one checkpoint.
     *
     * @param wanted the filters
     * @param limit at most so many, 1 or more
     * @param each hears of each of them
     */
    public void list(ListAuditEntriesRequest wanted, long limit, Consumer<AuditEntry> each) {
        var request = wanted.toBuilder();
        var left = limit;
        do {
            request.setPageSize((int) Math.min(LARGEST_PAGE, left));
            var page = gate.call("the audit log cannot be read", () -> AuditServiceGrpc.newBlockingStub(gate.channel())
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .listAuditEntries(request.build()));
            page.getEntriesList().forEach(each);
            if (request.getProofs() && request.getTreeSize() == 0) {
                page.getEntriesList().stream()
                        .map(AuditEntry::getProof)
                        .filter(proof -> !proof.isEmpty())
                        .findFirst()
                        .ifPresent(proof -> request.setTreeSize(treeSize(proof)));
            }
            left -= page.getEntriesCount();
            request.setPageToken(page.getNextPageToken());
        } while (left > 0 && !request.getPageToken().isEmpty());
    }

    private static long treeSize(String proof) {
        return Checkpoint.parse(TlogProof.parse(proof).checkpoint().text())
                .head()
                .size();
    }

    @Override
    public void close() {
        gate.close();
    }
}
