package dev.portcullis.rollback.target.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.target.helm.Program.RunException;
import java.util.ArrayList;
import java.util.List;

/** The helm program at one release. Thread-safe. */
record Helm(Program program, HelmSettings settings, List<String> options) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A look that showed nothing; the message is one line. */
    static final class UnseenException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Answer answer;

        UnseenException(String message, Answer answer) {
            super(message);
            this.answer = answer;
        }

        boolean isNotFound() {
            return answer.complains("release: not found");
        }

        boolean isDenied() {
            return answer.isForbidden() || answer.complains("Unauthorized");
        }

        Answer answer() {
            return answer;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    History history() throws UnseenException {
        try {
            var answer = program.run(line("history", settings.release(), "--output=json"), settings.longestRun());
            if (!answer.isSuccess()) {
                throw new UnseenException("helm history: " + answer.complaint(), answer);
            }
            return parsed(answer);
        } catch (RunException e) {
            throw new UnseenException("helm history: " + e.getMessage(), new Answer(1, "", ""));
        }
    }

    private static History parsed(Answer answer) throws UnseenException {
        try {
            var revisions = JSON.readTree(answer.out());
            if (revisions != null && revisions.isArray() && !revisions.isEmpty()) {
                return History.of(revisions);
            }
        } catch (JsonProcessingException e) {
            // Told below: its message may show what helm printed.
        }
        throw new UnseenException("helm history: printed no list of revisions as JSON", answer);
    }

    /** Returns the release; without {@code --wait}: that the pods are there is looked at, not waited for. */
    Answer rollback(int revision) throws RunException {
        var timeout = "--timeout=" + settings.timeout().toSeconds() + "s";
        return program.run(
                line("rollback", settings.release(), String.valueOf(revision), timeout), settings.longestRun());
    }

    private List<String> line(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--namespace=" + settings.namespace());
        line.addAll(options);
        return line;
    }
}
