package dev.portcullis.gate.github;

import java.util.Optional;

/** Where the app is kept. Thread-safe. */
public interface GitHubApps {
    /** The app as it is configured now; empty when there is none. */
    Optional<GitHubApp> current();
}
