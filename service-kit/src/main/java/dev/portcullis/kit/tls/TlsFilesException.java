package dev.portcullis.kit.tls;

import org.jspecify.annotations.Nullable;

/** Certificates or a key that cannot be used. The message is one line and names the file, never what is in it. */
public final class TlsFilesException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFilesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
