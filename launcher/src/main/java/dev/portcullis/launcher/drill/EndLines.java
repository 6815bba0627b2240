package dev.portcullis.launcher.drill;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.util.List;

/** How a drill ended and how long it took, as lines for people. */
final class EndLines {
    private EndLines() {}

    static List<String> of(Rollback ended) {
        var took = ElapsedText.between(ended.getCreateTime(), ended.getEndTime());
        return List.of(
                ended.getState() + ": " + ended.getDetail(),
                "drill of " + ended.getService() + " took " + DurationText.seconds(took) + ", " + trafficBack(ended));
    }

    private static String trafficBack(Rollback ended) {
        var within = ProtoTimes.duration(ended.getTrafficBackWithin());
        var promised = DurationText.seconds(within);
        if (!ended.hasTrafficBackTime()) {
            return "traffic was not seen back (promised: " + promised + ")";
        }
        var took = ElapsedText.between(ended.getCreateTime(), ended.getTrafficBackTime());
        var kept = took.compareTo(within) <= 0;
        return "traffic back after " + DurationText.seconds(took) + " (promised: " + promised + (kept ? "" : ", missed")
                + ")";
    }
}
