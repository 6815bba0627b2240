package dev.portcullis.analysis.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.BaselineTest;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Form;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.SloTest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test of a golden vector as calls: POLL is VOTE, REQUEST is COUNT, CLUSTER is COUNT with a cluster size. */
final class VectorRequests {
    private static final JsonNode NO_SIDE = MissingNode.getInstance();

    private final JsonNode config;

    VectorRequests(JsonNode config) {
        this.config = config;
    }

    boolean slo() {
        return switch (config.get("kind").asText()) {
            case "slo" -> true;
            case "baseline" -> false;
            default -> throw new IllegalArgumentException("unknown kind in " + config);
        };
    }

    boolean hasPass() {
        return config.has("pass");
    }

    /** A test has one cluster size: when the sides count with different ones, they are asked one by one. */
    boolean sidesAgree() {
        var fail = config.get("fail");
        var pass = config.path("pass");
        return !hasPass()
                || form(fail) == Form.VOTE
                || form(pass) == Form.VOTE
                || clusterSize(fail) == clusterSize(pass);
    }

    ScoreCountsRequest both(List<ArmCounts> windows) {
        var fail = config.get("fail");
        var pass = config.path("pass");
        var cluster = form(fail) == Form.COUNT ? clusterSize(fail) : clusterSize(pass);
        return request(windows, pass, cluster);
    }

    ScoreCountsRequest failSide(List<ArmCounts> windows) {
        return request(windows, NO_SIDE, clusterSize(config.get("fail")));
    }

    ScoreCountsRequest passSide(List<ArmCounts> windows) {
        return request(windows, config.path("pass"), clusterSize(config.path("pass")));
    }

    /** Bounds are those of the forms alone: no limit matters but that it is legal. */
    private ScoreCountsRequest request(List<ArmCounts> windows, JsonNode pass, double cluster) {
        var request = ScoreCountsRequest.newBuilder()
                .setAlpha(number(config.get("alpha")))
                .setBeta(number(config.get("beta")))
                .setPlannedWindows(config.get("fail").path("plannedPolls").asInt(0))
                .addAllWindows(windows);
        return (slo() ? request.setSlo(slo(pass, cluster)) : request.setBaseline(baseline(pass, cluster))).build();
    }

    private SloTest slo(JsonNode pass, double cluster) {
        var fail = config.get("fail");
        var test = SloTest.newBuilder()
                .setFailRatio(number(fail.get("p")))
                .setFailForm(form(fail))
                .setClusterSize(cluster);
        if (!pass.isMissingNode()) {
            test.setPassRatio(number(pass.get("p"))).setPassForm(form(pass));
        }
        return test.build();
    }

    private BaselineTest baseline(JsonNode pass, double cluster) {
        var fail = config.get("fail");
        var test = BaselineTest.newBuilder()
                .setFailFactor(number(fail.get("rho")))
                .setFailMargin(number(fail.get("delta")))
                .setFailForm(form(fail))
                .setClusterSize(cluster);
        if (!pass.isMissingNode()) {
            test.setPassFactor(number(pass.get("rho")))
                    .setPassMargin(number(pass.get("delta")))
                    .setPassForm(form(pass));
        }
        return test.build();
    }

    /** [bad, total] or [canaryBad, canaryTotal, baselineBad, baselineTotal]; bad is clamped to total as counters' folds are. */
    List<ArmCounts> windows(List<JsonNode> polls) {
        return polls.stream()
                .map(p -> window(counts(p.get(0), p.get(1)), slo() ? null : counts(p.get(2), p.get(3))))
                .toList();
    }

    static ArmCounts window(Counts canary, @Nullable Counts baseline) {
        var window = ArmCounts.newBuilder().setCanary(canary);
        return (baseline == null ? window : window.setBaseline(baseline)).build();
    }

    private static Counts counts(JsonNode bad, JsonNode total) {
        return Counts.newBuilder()
                .setBad(Math.min(number(bad), number(total)))
                .setTotal(number(total))
                .build();
    }

    private static double clusterSize(JsonNode side) {
        return side.has("clusterSize") ? number(side.get("clusterSize")) : 1;
    }

    private static Form form(JsonNode side) {
        return switch (side.path("mode").asText("REQUEST")) {
            case "POLL" -> Form.VOTE;
            case "REQUEST", "CLUSTER" -> Form.COUNT;
            default -> throw new IllegalArgumentException("unknown mode in " + side);
        };
    }

    static double number(JsonNode node) {
        return Double.parseDouble(node.asText());
    }
}
