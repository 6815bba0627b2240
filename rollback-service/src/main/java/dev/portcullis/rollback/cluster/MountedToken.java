package dev.portcullis.rollback.cluster;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The token of a service account as its file has it now: it is renewed there before it ends. Thread-safe. */
record MountedToken(Path file) implements OAuthTokenProvider {
    @Override
    public String getToken() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the token of the service account cannot be read: " + file);
        }
    }
}
