package dev.portcullis.launcher.release;

import com.google.protobuf.Timestamp;
import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.HoldReleaseRequest;
import dev.portcullis.proto.gate.v1.ListHoldsRequest;
import dev.portcullis.proto.gate.v1.PromotionHold;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc.PromotionHoldServiceBlockingStub;
import dev.portcullis.proto.gate.v1.ResumePromotionsRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Places and ends holds at a running gate-service. Every method throws {@link dev.portcullis.launcher.peer.PeerException} when that says no or cannot be reached. */
public final class HoldClient {
    private static final int CALL_SECONDS = 10;
    private static final int LARGEST_PAGE = 200;

    private final Peer gate;

    HoldClient(Peer gate) {
        this.gate = gate;
    }

    /**
     * Holds the promotions of some services.
     *
     * @param services names, * for any characters
     * @param exceptions labels, each "name=value"
     */
    public PromotionHold stop(List<String> services, List<String> exceptions, Instant end, String reason) {
        var request = HoldPromotionsRequest.newBuilder()
                .addAllServices(services)
                .addAllExceptions(exceptions)
                .setExpireTime(timestamp(end))
                .setReason(reason)
                .build();
        return gate.call("promotions cannot be stopped", () -> stub().holdPromotions(request));
    }

    /** Holds the promotion of a release of that name; until it is ended where there is no end. */
    public PromotionHold hold(String release, Optional<Instant> end, String reason) {
        var request = HoldReleaseRequest.newBuilder().setName(release).setReason(reason);
        end.map(HoldClient::timestamp).ifPresent(request::setExpireTime);
        return gate.call("the release cannot be held", () -> stub().holdRelease(request.build()));
    }

    /** Ends the hold of that name. */
    public PromotionHold resume(String hold, String reason) {
        var request = ResumePromotionsRequest.newBuilder()
                .setName(hold)
                .setReason(reason)
                .build();
        return gate.call("the hold cannot be ended", () -> stub().resumePromotions(request));
    }

    /**
     * Holds, newest first.
     *
     * @param service only those that hold this one or a release of it; empty for all
     * @param all whether those that hold no longer are listed too
     */
    public List<PromotionHold> list(String service, boolean all) {
        var request =
                ListHoldsRequest.newBuilder().setService(service).setAll(all).setPageSize(LARGEST_PAGE);
        var found = new ArrayList<PromotionHold>();
        do {
            var page = gate.call("the holds cannot be listed", () -> stub().listHolds(request.build()));
            found.addAll(page.getHoldsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return found;
    }

    /**
     * Ends every active hold of one release.
     *
     * @throws ReleaseException when there is none
     */
    public List<PromotionHold> resumeRelease(String release, String reason) {
        var service = release.substring("services/".length(), release.lastIndexOf("/releases/"));
        var holds = list(service, false).stream()
                .filter(hold -> hold.getRelease().equals(release))
                .toList();
        if (holds.isEmpty()) {
            throw new ReleaseException("nobody holds " + release
                    + "; './portcullis holds' shows what is held, a stop of its service as well");
        }
        return holds.stream().map(hold -> resume(hold.getName(), reason)).toList();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    private PromotionHoldServiceBlockingStub stub() {
        return PromotionHoldServiceGrpc.newBlockingStub(gate.channel())
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }
}
