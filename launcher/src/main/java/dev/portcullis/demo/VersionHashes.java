package dev.portcullis.demo;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** A supply of pod template hashes as Kubernetes writes them; none comes twice. Not thread-safe. */
final class VersionHashes {
    /** Kubernetes leaves out vowels and look-alikes, so that no hash is a word. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 5;

    private final SplittableRandom random;
    private final Set<String> given = new HashSet<>();

    VersionHashes(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A hash that was not given before. */
    String next() {
        while (true) {
            var hash = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                hash.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            if (given.add(hash.toString())) {
                return hash.toString();
            }
        }
    }
}
