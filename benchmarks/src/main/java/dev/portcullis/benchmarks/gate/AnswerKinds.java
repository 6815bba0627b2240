package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import dev.portcullis.benchmarks.load.LoadResult;
import java.util.Map;
import java.util.TreeMap;

/** Which kinds of answers there were, and how many of each. Not thread-safe. */
final class AnswerKinds {
    private final Map<String, Long> numbers = new TreeMap<>();
    private long errors;

    /** @param of what was asked */
    void add(String of, LoadResult result) {
        errors += result.errors();
        result.kinds().forEach((finding, number) -> numbers.merge(of + ": " + text(finding), number, Long::sum));
    }

    private static String text(Finding finding) {
        return finding.kind() + (finding.valid() ? "" : " (error)");
    }

    /** Answers that were not as they should be. */
    long errors() {
        return errors;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("Answers:\n");
        numbers.forEach((kind, number) ->
                text.append("* ").append(kind).append(", ").append(number).append(" times\n"));
        return text.toString();
    }
}
