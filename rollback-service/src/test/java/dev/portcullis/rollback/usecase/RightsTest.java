package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RightsTest {
    private static Right right(String what, Answer answer, String why) {
        return new Right(what, "kubectl -n shop apply -f deploy/rbac/istio.yaml", answer, why);
    }

    private static List<Precondition> known(Right... rights) {
        return new Rights(List.of(rights)).preconditions();
    }

    @Test
    void rightsThatAreAllThereAreWell() {
        assertEquals(
                List.of(new Precondition("RIGHTS_GRANTED", true, "the account may get a, patch a")),
                known(right("get a", Answer.GRANTED, ""), right("patch a", Answer.GRANTED, "")));
    }

    @Test
    void aRightThatIsMissingIsNamedWithWhatGivesIt() {
        assertEquals(
                List.of(new Precondition(
                        "RIGHTS_GRANTED",
                        false,
                        "the account may not patch a, so the rollback would be refused; what gives it that: kubectl -n shop"
                                + " apply -f deploy/rbac/istio.yaml")),
                known(right("get a", Answer.GRANTED, ""), right("patch a", Answer.MISSING, "")));
    }

    @Test
    void whatIsNotKnownIsNotWell() {
        for (var answer : List.of(Answer.UNKNOWN, Answer.NOT_ASKED)) {
            assertEquals(
                    List.of(new Precondition(
                            "RIGHTS_GRANTED", false, "whether the account may get a, patch a is not known: no answer")),
                    known(right("get a", answer, "no answer"), right("patch a", answer, "no answer")));
        }
    }

    @Test
    void whereNobodyCanBeAskedNothingIsSaid() {
        assertEquals(List.of(), Stream.of(known()).flatMap(List::stream).toList());
    }
}
