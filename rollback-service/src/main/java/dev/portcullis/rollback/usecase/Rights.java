package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of an account's rights for one target, for people.
 *
 * @param all none where nobody can be asked
 */
record Rights(List<Right> all) {
    private static final String ID = "RIGHTS_GRANTED";

    /** As something to know before a rollback; none when nobody can be asked. What is not known is never called well. */
    List<Precondition> preconditions() {
        List<Precondition> found = new ArrayList<>();
        if (isMissing()) {
            found.add(new Precondition(ID, false, missing()));
        }
        unknown().ifPresent(text -> found.add(new Precondition(ID, false, text)));
        if (found.isEmpty() && !all.isEmpty()) {
            found.add(new Precondition(ID, true, "the account may " + told(all)));
        }
        return found;
    }

    boolean isMissing() {
        return all.stream().anyMatch(right -> right.answer() == Answer.MISSING);
    }

    /** What the account may not do, and what would give it that. */
    String missing() {
        var lacking =
                all.stream().filter(right -> right.answer() == Answer.MISSING).toList();
        return "the account may not " + told(lacking) + ", so the rollback would be refused; what gives it that: "
                + lacking.stream().map(Right::remedy).distinct().collect(Collectors.joining(", "));
    }

    private Optional<String> unknown() {
        var open = all.stream().filter(right -> !right.why().isEmpty()).toList();
        return open.stream()
                .findFirst()
                .map(first -> "whether the account may " + told(open) + " is not known: " + first.why());
    }

    private static String told(List<Right> rights) {
        return rights.stream().map(Right::what).collect(Collectors.joining(", "));
    }
}
