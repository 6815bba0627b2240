package dev.portcullis.launcher.configuration;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.KeyListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All keys that the readers of the three services ask for while they read the examples, each with all that was said of it.
 *
 * <p>What a reader says of a key holds over the form it is read in. Where several things were said, as by readers of two
 * alternatives, the line has them all.
 */
final class ReaderKeys implements KeyListener {
    /** The section of what is common to the documents of all kinds. */
    static final String HEAD = "Every document";

    private static final String SPEC = "spec.";

    /** What stands in several places, and the section of what is below it. */
    private static final Map<String, String> SHARED = Map.of(
            ".metricSource.", "metricSource",
            ".indicator.spec.", "SLI",
            ".alertPolicies[].spec.", "AlertPolicy",
            ".conditions[].spec.", "AlertCondition",
            ".notificationTargets[].spec.", "AlertNotificationTarget");

    private final SortedMap<String, List<KeyDescription>> heard = new TreeMap<>();

    static ReaderKeys of(Collection<String> examples) {
        var keys = new ReaderKeys();
        examples.forEach(example -> FolderReading.of(example, keys));
        return keys;
    }

    @Override
    public void asked(KeyDescription description) {
        heard.computeIfAbsent(section(description) + ": " + path(description), path -> new ArrayList<>())
                .add(description);
    }

    private static String section(KeyDescription description) {
        if (!description.path().startsWith(SPEC)) {
            return HEAD;
        }
        var shared = shared(description.path());
        if (shared.isPresent()) {
            return SHARED.getOrDefault(shared.get(), "");
        }
        return description.variant().isEmpty()
                ? description.kind()
                : description.kind() + " / " + description.variant();
    }

    private static String path(KeyDescription description) {
        var path = description.path();
        return shared(path)
                .map(place -> path.substring(path.lastIndexOf(place) + place.length()))
                .orElseGet(() -> path.startsWith(SPEC) ? path.substring(SPEC.length()) : path);
    }

    /** The innermost place of a path that there are several of. */
    private static Optional<String> shared(String path) {
        return SHARED.keySet().stream().filter(path::contains).max(Comparator.comparingInt(path::lastIndexOf));
    }

    List<KeyLine> lines() {
        return heard.values().stream().map(ReaderKeys::line).sorted().toList();
    }

    private static KeyLine line(List<KeyDescription> said) {
        var first = said.getFirst();
        return new KeyLine(
                section(first),
                path(first),
                orElse(type(said), "any"),
                orElse(joined(said, KeyDescription::usual), KeyLine.NONE),
                joined(said, KeyDescription::legal));
    }

    /** What is looked at as a text first is what it is then read as. */
    private static String type(List<KeyDescription> said) {
        var special = distinct(said.stream().map(KeyDescription::type).filter(type -> !type.equals("text")));
        return special.isEmpty() ? joined(said, KeyDescription::type) : special;
    }

    private static String joined(List<KeyDescription> said, Function<KeyDescription, String> what) {
        var besides = distinct(said.stream()
                .filter(description -> description.type().isEmpty())
                .map(what));
        var form = distinct(said.stream().map(what));
        return besides.isEmpty() ? form : besides;
    }

    private static String distinct(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()).distinct().sorted().collect(Collectors.joining(" or "));
    }

    private static String orElse(String words, String otherwise) {
        return words.isEmpty() ? otherwise : words;
    }
}
