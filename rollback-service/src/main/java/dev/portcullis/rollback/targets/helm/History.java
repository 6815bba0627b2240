package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The revisions of a release that helm keeps, the oldest first; at least one. */
record History(List<ReleaseRevision> revisions) {
    History {
        revisions = revisions.stream()
                .sorted(Comparator.comparingInt(ReleaseRevision::number))
                .toList();
    }

    static History of(JsonNode answer) {
        List<ReleaseRevision> all = new ArrayList<>();
        answer.forEach(node -> all.add(ReleaseRevision.of(node)));
        return new History(all);
    }

    ReleaseRevision newest() {
        return revisions.getLast();
    }

    Optional<ReleaseRevision> numbered(int number) {
        return revisions.stream()
                .filter(revision -> revision.number() == number)
                .findFirst();
    }

    /** The revision that a revision is a copy of, or a copy of a copy; itself when it is none. */
    int origin(int number) {
        var copied = numbered(number).map(ReleaseRevision::copyOf).orElse(OptionalInt.empty());
        // A copy is always newer than what it was made of; anything else is no history of helm's.
        return copied.isPresent() && copied.getAsInt() < number ? origin(copied.getAsInt()) : number;
    }
}
