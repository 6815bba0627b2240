package dev.portcullis.gate.console.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One objective on a page.
 *
 * @param slo name of the SLO
 * @param standing how it stands
 * @param summary what was counted, in a sentence
 * @param spark SVG of the canary's ratio over time
 * @param intervals against the SLO and against the stable version
 * @param quantiles bounds on quantiles of a latency, a line each; may be empty
 * @param chart its bands over time; empty before the first window
 * @param pods with bad requests, most first
 * @param podSummary how they divide between pods, in a sentence; empty without bad requests
 */
public record ObjectiveTile(
        String slo,
        Standing standing,
        String summary,
        String spark,
        List<IntervalView> intervals,
        List<String> quantiles,
        Optional<ChartView> chart,
        List<PodRow> pods,
        String podSummary) {
    /** Keeps its own copies. */
    public ObjectiveTile {
        intervals = List.copyOf(intervals);
        quantiles = List.copyOf(quantiles);
        pods = List.copyOf(pods);
    }

    /** How an objective stands. */
    public enum Standing {
        /** Its evidence alone fails the canary. */
        FAILS("fails the canary"),
        /** The stable version fails alike. */
        HELD("the stable version fails alike"),
        /** Neither is shown. */
        OPEN("not decided yet"),
        /** What is known is all within what is tolerated. */
        WITHIN("within its limits"),
        /** It takes no part in the decision. */
        SHOWN("shown only, decides nothing");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Class of the tile. */
        public String kind() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Name of its icon. */
        public String icon() {
            return switch (this) {
                case FAILS -> "abort";
                case HELD -> "hold";
                case OPEN -> "clock";
                case WITHIN -> "promote";
                case SHOWN -> "skip";
            };
        }

        /** Class that colours it. */
        public String style() {
            return switch (this) {
                case FAILS -> "tone-bad";
                case HELD -> "tone-wait";
                case WITHIN -> "tone-good";
                case OPEN, SHOWN -> "tone-quiet";
            };
        }
    }
}
