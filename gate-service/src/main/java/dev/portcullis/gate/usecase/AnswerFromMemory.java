package dev.portcullis.gate.usecase;

import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.release.GateRequest;
import java.util.Optional;

/**
 * Answers a question by what is in memory, where nothing is to be opened, recorded or asked for that. It goes by the very rules of {@link AnswerQuestion}, whose
 * collaborators know nothing but memory here; so both answer the same. Thread-safe; never blocks.
 */
public final class AnswerFromMemory {
    private final AnswerQuestion question;

    /** @param question whose collaborators throw {@link NotInMemoryException} for whatever memory does not have */
    public AnswerFromMemory(AnswerQuestion question) {
        this.question = question;
    }

    /**
     * Answers, if that is possible.
     *
     * @throws dev.portcullis.gate.release.InvalidFieldException when the question contradicts the release it is about
     */
    Optional<Evaluation> answer(GateRequest request) {
        try {
            return Optional.of(question.answer(request));
        } catch (NotInMemoryException e) {
            return Optional.empty();
        }
    }
}
