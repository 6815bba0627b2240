package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.targets.helm.Program.RunException;
import java.util.ArrayList;
import java.util.List;

/** The helm program at one release. Thread-safe. */
record Helm(Program program, HelmSettings settings, List<String> options) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A look that showed nothing; the message is one line. */
    static final class NoResultException extends Exception {
        private static final long serialVersionUID = 1L;

        private final ProgramResult result;

        NoResultException(String message, ProgramResult result) {
            super(message);
            this.result = result;
        }

        boolean isNotFound() {
            return result.complains("release: not found");
        }

        boolean isDenied() {
            return result.isForbidden() || result.complains("Unauthorized");
        }

        ProgramResult result() {
            return result;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    History history() throws NoResultException {
        try {
            var result = program.run(line("history", settings.release(), "--output=json"), settings.longestRun());
            if (!result.isSuccess()) {
                throw new NoResultException("helm history: " + result.complaint(), result);
            }
            return parsed(result);
        } catch (RunException e) {
            throw new NoResultException("helm history: " + e.getMessage(), new ProgramResult(1, "", ""));
        }
    }

    private static History parsed(ProgramResult result) throws NoResultException {
        try {
            var revisions = JSON.readTree(result.out());
            if (revisions != null && revisions.isArray() && !revisions.isEmpty()) {
                return History.of(revisions);
            }
        } catch (JsonProcessingException e) {
            // Told below: its message may show what helm printed.
        }
        throw new NoResultException("helm history: printed no list of revisions as JSON", result);
    }

    /** Returns the release; without {@code --wait}: that the pods are there is looked at, not waited for. */
    ProgramResult rollback(int revision) throws RunException {
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
