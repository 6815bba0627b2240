package dev.portcullis.launcher.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** What was found, one of each kind, with the bytes that brought it about; and how much was sent. Thread-safe. */
final class Findings {
    private static final Pattern VARIABLE = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|'[^']*'|\"[^\"]*\"");
    /** What no answer and no line of the log may tell. */
    private static final Pattern TOLD = Pattern.compile("(\\tat |\\bat"
            + " )[a-z]+(\\.[a-zA-Z0-9$]+)+\\(|\\b(java|io|org|com|dev)\\.[a-z]+\\.[a-zA-Z.]*(Exception|Error)\\b");

    private static final int LONGEST = 4_000;

    private final Map<String, String> found = new TreeMap<>();
    private final Map<String, LongAdder> inputs = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final List<String> secrets;

    /** @param secrets texts that nothing may repeat */
    Findings(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** A finding. */
    synchronized void add(String what, byte[] input) {
        var shown = input.length > LONGEST
                ? input.length + " bytes"
                : HexFormat.of().formatHex(input) + "  " + printable(input);
        found.putIfAbsent(VARIABLE.matcher(what).replaceAll("_"), what + "\n    of " + shown);
    }

    private static String printable(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }

    /** Looks whether a text tells what nobody is to hear. */
    void check(String where, String text, byte[] input) {
        if (secrets.stream().anyMatch(text::contains)) {
            add("a secret in " + where, input);
        }
        var told = TOLD.matcher(text);
        if (told.find()) {
            add("in " + where + ": " + told.group(), input);
        }
    }

    /** Counts an input that was answered, or refused as it should be. */
    void count(String kind, String outcome) {
        inputs.computeIfAbsent(kind, name -> new LongAdder()).increment();
        outcomes.computeIfAbsent(kind + " " + outcome, name -> new LongAdder()).increment();
    }

    /** Notes how long an answer took that was begun to be waited for then, in {@link System#nanoTime()}. */
    void answered(long since) {
        longest.accumulate(System.nanoTime() - since);
    }

    /** Inputs of a kind. */
    long total(String kind) {
        var counted = inputs.get(kind);
        return counted == null ? 0 : counted.sum();
    }

    long total() {
        return inputs.values().stream().mapToLong(LongAdder::sum).sum();
    }

    synchronized List<String> all() {
        return List.copyOf(found.values());
    }

    @Override
    public String toString() {
        return "longest answer " + Duration.ofNanos(longest.get()).toMillis() + " ms, outcomes " + outcomes;
    }
}
