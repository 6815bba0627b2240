package dev.portcullis.launcher.release;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.gate.v1.PromotionHold;
import java.time.temporal.ChronoUnit;

/** Holds as lines for people. Stateless. */
public final class HoldText {
    private HoldText() {}

    /** One in a line: which, of what, since when and by whom, and how it stands. */
    public static String line(PromotionHold hold) {
        return hold.getName() + "  " + hold.getState() + "  "
                + (hold.getRelease().isEmpty() ? String.join(", ", hold.getServicesList()) : hold.getRelease())
                + (hold.getExceptionsCount() == 0 ? "" : " but for " + String.join(", ", hold.getExceptionsList()))
                + "; since " + time(hold.getCreateTime())
                + (hold.hasExpireTime() ? " until " + time(hold.getExpireTime()) : "")
                + ", by " + hold.getCreator() + ": " + oneLine(hold.getReason())
                + (hold.hasEndTime()
                        ? "; ended " + time(hold.getEndTime()) + ", by " + hold.getEnder() + ": "
                                + oneLine(hold.getEndReason())
                        : "");
    }

    private static String oneLine(String text) {
        return PlainText.line(text, Integer.MAX_VALUE);
    }

    private static String time(Timestamp time) {
        return ProtoTimes.instant(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
