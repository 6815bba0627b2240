package dev.portcullis.analysis.tool.diagnosis;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names that somebody probably meant who wrote one that does not exist. */
final class SimilarNames {
    private static final int MOST = 3;

    /** Names that share less than this of their letter pairs have nothing to do with each other. */
    private static final double LEAST = 0.5;

    private SimilarNames() {}

    /** The most similar ones first. */
    static List<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> similarity(name, other) >= LEAST)
                .sorted(Comparator.comparingDouble((String other) -> -similarity(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Sørensen and Dice's coefficient of their pairs of letters: 0 to 1. */
    private static double similarity(String left, String right) {
        Set<String> of = pairs(left);
        Set<String> common = pairs(right);
        double all = of.size() + common.size();
        common.retainAll(of);
        return all == 0 ? 0 : 2 * common.size() / all;
    }

    private static Set<String> pairs(String name) {
        String letters = name.toLowerCase(Locale.ROOT);
        Set<String> pairs = new HashSet<>();
        for (int i = 1; i < letters.length(); i++) {
            pairs.add(letters.substring(i - 1, i + 1));
        }
        return pairs;
    }
}
