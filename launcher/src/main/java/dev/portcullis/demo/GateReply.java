package dev.portcullis.demo;

import java.util.List;

/** What became of one question to the gate. */
sealed interface GateReply {
    /** What the gate wants done. */
    enum Decision {
        /** Go to the next step. */
        PROMOTE,
        /** Wait. */
        HOLD,
        /** Stop; the traffic is taken back by the gate's own doing. */
        ABORT
    }

    /** What a rollout controller does with it. */
    Decision decision();

    /** What it rests on, in one line. */
    String basis();

    /** Why, in one line. */
    String why();

    /**
     * An answer.
     *
     * @param reasons ids, most important first
     * @param release name of the release
     */
    record Answer(Decision decision, List<String> reasons, String explanation, String release, Evidence evidence)
            implements GateReply {
        public Answer {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String basis() {
            return evidence.described(decision);
        }

        @Override
        public String why() {
            return String.join(", ", reasons) + ": " + explanation;
        }
    }

    /** No answer, or none that can be understood: a controller neither promotes nor aborts on it. */
    record NoAnswer(String fault) implements GateReply {
        @Override
        public Decision decision() {
            return Decision.HOLD;
        }

        @Override
        public String basis() {
            return "no answer";
        }

        @Override
        public String why() {
            return fault + "; asking again";
        }
    }

    /** Evidence as plain ratios, and the ratios at which it decides. */
    record Evidence(double fail, double pass, double failThreshold, double passThreshold) {
        /** What is still to be reached, and what was enough for the decision. */
        String described(Decision decision) {
            var against = "against " + DemoFormat.odds(fail);
            var abortAt = " (abort at " + DemoFormat.odds(failThreshold) + ")";
            var inFavour = "for " + DemoFormat.odds(pass);
            return switch (decision) {
                case HOLD ->
                    "evidence " + against + abortAt + ", " + inFavour + " (promote at " + DemoFormat.odds(passThreshold)
                            + ")";
                case PROMOTE ->
                    "evidence " + inFavour + " (" + DemoFormat.odds(passThreshold) + " is enough), " + against
                            + abortAt;
                case ABORT -> "evidence " + against + " (" + DemoFormat.odds(failThreshold) + " is enough)";
            };
        }
    }
}
