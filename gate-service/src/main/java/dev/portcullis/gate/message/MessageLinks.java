package dev.portcullis.gate.message;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The addresses of pages that a message names.
 *
 * @param console address of Portcullis up to and without "/console"; empty when people cannot open it
 * @param runbooks address below which the runbooks are, without a slash at its end; empty when they are nowhere but in the docs
 */
public record MessageLinks(String console, String runbooks) {
    /** None. */
    public static final MessageLinks NONE = new MessageLinks("", "");

    private static final String ROLLBACKS = "rollbacks/";

    /** The page of the release. */
    public Optional<String> release(MessageSubject subject) {
        return page("/services/" + encoded(subject.service()) + "/releases/" + subject.release());
    }

    /** The page of its rollback; empty when there is none. */
    public Optional<String> rollback(MessageSubject subject) {
        return subject.rollback().startsWith(ROLLBACKS)
                ? page("/" + ROLLBACKS + rollbackId(subject))
                : Optional.empty();
    }

    private static String rollbackId(MessageSubject subject) {
        return encoded(subject.rollback().substring(ROLLBACKS.length()));
    }

    /** What to do about an event; empty when nobody has to do anything, or nobody said where the runbooks are. */
    public Optional<String> runbook(MessageEvent event) {
        return event.runbook().isEmpty() || runbooks.isEmpty()
                ? Optional.empty()
                : Optional.of(runbooks + "/" + event.runbook() + ".md");
    }

    private Optional<String> page(String path) {
        return console.isEmpty() ? Optional.empty() : Optional.of(console + "/console" + path);
    }

    /** As a part of a path. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
