package dev.portcullis.launcher.kayenta;

/** A file that is no canary config. The message is one line, "line N: what". */
public final class CanaryConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    CanaryConfigException(int line, String fault) {
        super("line " + line + ": " + fault);
    }
}
