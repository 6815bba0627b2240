package dev.portcullis.benchmarks.load;

/** Judges whether an answer is what was asked for. Thread-safe. */
@FunctionalInterface
public interface AnswerCheck {
    /** What an answer is. The text names few kinds of answers, not single ones, since it is counted by. */
    Finding check(int status, byte[] body);

    /**
     * A kind of answer.
     *
     * @param valid whether it counts
     * @param kind e.g. "HOLD [NOT_ENOUGH_EVIDENCE]" or "status 503"
     */
    record Finding(boolean valid, String kind) {}
}
