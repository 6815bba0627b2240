package dev.portcullis.gate.message;

import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A file that holds a secret and nothing else; read at each use, so that a changed one counts at once. */
public record SecretFile(Path path) {
    /** It holds no secret that can be used. The message names the file and shows nothing of it. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(Path path, String fault) {
            super("file " + path + " " + fault + "; nothing was sent");
        }

        /** The failure of a delivery that it means. */
        public Delivery.Failed failed() {
            return new Delivery.Failed(String.valueOf(getMessage()), false, Duration.ZERO);
        }
    }

    /** That its content cannot be used, which a caller has found. */
    public UnusableException unusable(String fault) {
        return new UnusableException(path, fault);
    }

    /** The secret, without blanks around it: printable ASCII, as it goes into a header or a key. */
    public String read() throws UnusableException {
        String text;
        try {
            text = FileText.read(path, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UnusableException(path, "cannot be read: " + FileText.fault(e));
        }
        if (text.isEmpty()) {
            throw new UnusableException(path, "is empty");
        }
        if (!text.matches("[\\x21-\\x7e]+")) {
            throw new UnusableException(path, "holds more than one word of printable ASCII");
        }
        return text;
    }
}
