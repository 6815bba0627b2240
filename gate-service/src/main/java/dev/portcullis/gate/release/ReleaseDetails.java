package dev.portcullis.gate.release;

import dev.portcullis.kit.text.RequestName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a caller tells of a release, for the record and for rules of its policy that ask for it, and what he wants of it besides. A part that is empty is not known yet, and can
 * be told once.
 *
 * @param artifact what is released, e.g. an image with its digest
 * @param ticket of the change
 * @param author who wrote the change
 * @param labels more, by names; up to {@value #MOST_LABELS}
 * @param rules that are asked besides those of its policy, in the order in which they were added; up to {@value #MOST_RULES}, of {@value #LONGEST_RULES} bytes together
 */
public record ReleaseDetails(
        String artifact, String ticket, String author, SortedMap<String, String> labels, List<AddedRule> rules) {
    /** Nothing. */
    public static final ReleaseDetails NONE = new ReleaseDetails("", "", "", new TreeMap<>());

    private static final int MOST_LABELS = 20;
    private static final int MOST_RULES = 10;
    /** The address of an evaluation may hold them. */
    private static final int LONGEST_RULES = 4_096;

    private static final String LEGAL_LABELS = "legal: name=value, of several with commas between them";

    /** @throws InvalidFieldException for the first field that is not legal */
    public ReleaseDetails {
        GateRequest.checked("artifact", artifact);
        GateRequest.checked("ticket", ticket);
        GateRequest.checked("author", author);
        if (labels.size() > MOST_LABELS) {
            throw new InvalidFieldException("labels", "has " + labels.size() + " of them; legal: up to " + MOST_LABELS);
        }
        labels.forEach((name, value) -> {
            if (name.isEmpty() || value.isEmpty()) {
                throw new InvalidFieldException("labels", "has one without a name or a value; " + LEGAL_LABELS);
            }
            GateRequest.checked("labels", name);
            GateRequest.checked("labels", value);
        });
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        rules = List.copyOf(rules);
        if (rules.size() > MOST_RULES) {
            throw new InvalidFieldException("rules", "has " + rules.size() + " of them; legal: up to " + MOST_RULES);
        }
        var length = rules.stream()
                .mapToInt(rule -> rule.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (length > LONGEST_RULES) {
            throw new InvalidFieldException(
                    "rules",
                    "has " + length + " bytes as JSON without blanks; legal: up to " + LONGEST_RULES
                            + " of all rules of the release together");
        }
    }

    /**
     * Details without rules.
     *
     * @throws InvalidFieldException for the first field that is not legal
     */
    public ReleaseDetails(String artifact, String ticket, String author, SortedMap<String, String> labels) {
        this(artifact, ticket, author, labels, List.of());
    }

    /**
     * The same with these rules.
     *
     * @throws InvalidFieldException when they are too many
     */
    public ReleaseDetails with(List<AddedRule> added) {
        return new ReleaseDetails(artifact, ticket, author, labels, added);
    }

    /**
     * Details with their labels in one text.
     *
     * @param labels {@code name=value,name=value}; a name has no '=', and a value no ','
     * @throws InvalidFieldException for the first field that is not legal
     */
    public static ReleaseDetails of(String artifact, String ticket, String author, String labels) {
        var found = new TreeMap<String, String>();
        for (var label : labels.isEmpty() ? new String[0] : labels.split(",", -1)) {
            var equals = label.indexOf('=');
            if (equals < 0) {
                throw new InvalidFieldException(
                        "labels", "has " + RequestName.shown(label) + ", which has no '='; " + LEGAL_LABELS);
            }
            if (found.put(label.substring(0, equals), label.substring(equals + 1)) != null) {
                throw new InvalidFieldException(
                        "labels", "has " + RequestName.shown(label.substring(0, equals)) + " twice; give it once");
            }
        }
        return new ReleaseDetails(artifact, ticket, author, found);
    }

    /** The labels in one text, as {@link #of} takes them. */
    public String labelText() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /** Whether nothing is told. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * These and what is told besides.
     *
     * @throws InvalidFieldException when something else was told before
     */
    public ReleaseDetails and(ReleaseDetails more) {
        var all = new TreeMap<>(labels);
        more.labels.forEach((name, value) -> all.merge(name, value, (old, other) -> one("labels", old, other)));
        return new ReleaseDetails(
                one("artifact", artifact, more.artifact),
                one("ticket", ticket, more.ticket),
                one("author", author, more.author),
                all,
                allRules(more));
    }

    private List<AddedRule> allRules(ReleaseDetails more) {
        List<AddedRule> all = new ArrayList<>(rules);
        for (var rule : more.rules) {
            var known = rules.stream()
                    .filter(other -> other.name().equals(rule.name()))
                    .findFirst();
            if (known.isEmpty()) {
                all.add(rule);
            } else if (!known.get().equals(rule)) {
                throw new InvalidFieldException(
                        "rules",
                        "has another '" + rule.name() + "' than " + known.get().text()
                                + ", which is on record for this release, and stays; leave it out, give the new rule a name of its own, which adds it,"
                                + " or ask with another revision, which begins a new release");
            }
        }
        return all;
    }

    private static String one(String field, String old, String other) {
        if (!old.isEmpty() && !other.isEmpty() && !old.equals(other)) {
            throw new InvalidFieldException(
                    field,
                    "is " + RequestName.shown(other) + ", but " + RequestName.shown(old)
                            + " is on record for this release, and stays; leave it out, or ask with another revision, which begins a new release");
        }
        return old.isEmpty() ? other : old;
    }

    /** As the audit log has it; without what is not told. */
    public Map<String, Object> json() {
        var json = new TreeMap<String, Object>();
        List<Map.Entry<String, String>> texts = new ArrayList<>(
                List.of(Map.entry("artifact", artifact), Map.entry("ticket", ticket), Map.entry("author", author)));
        texts.removeIf(text -> text.getValue().isEmpty());
        texts.forEach(text -> json.put(text.getKey(), text.getValue()));
        if (!labels.isEmpty()) {
            json.put("labels", labels);
        }
        if (!rules.isEmpty()) {
            json.put(
                    "rules",
                    rules.stream()
                            .map(rule -> Map.of("name", rule.name(), "text", rule.text()))
                            .toList());
        }
        return json;
    }
}
