package dev.portcullis.gate.message;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** HTTP, as far as messengers need it: POST with a limit of {@link #LIMIT}. Thread-safe. */
public interface MessageTransport {
    /** The longest exchange. */
    Duration LIMIT = Duration.ofSeconds(10);

    /**
     * What is sent.
     *
     * @param receiver name of the receiver; those of one name share a circuit breaker
     * @param headers without those that HTTP itself needs
     */
    record Post(String receiver, URI url, Map<String, String> headers, String body) {
        public Post {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What was answered.
     *
     * @param pause what Retry-After says; zero when there is none
     */
    record Answer(int status, Duration pause, String body) {
        /** Whether the status is one of success. */
        public boolean succeeded() {
            return status / 100 == 2;
        }
    }

    /** There is no answer. The message is one line without secrets. */
    final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean doubtful;

        /** @param doubtful whether what was sent may have arrived */
        public NoAnswerException(String message, boolean doubtful, Throwable cause) {
            super(message, cause);
            this.doubtful = doubtful;
        }

        /** The failure of a delivery that it means. */
        public Delivery.Failed failed() {
            return new Delivery.Failed(String.valueOf(getMessage()), doubtful, Duration.ZERO);
        }
    }

    /**
     * Sends and waits.
     *
     * @throws NoAnswerException when there is none; any status is one
     */
    Answer send(Post post) throws NoAnswerException;
}
