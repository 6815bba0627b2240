package dev.portcullis.kit.testing;

import dev.portcullis.kit.identity.PeerTokens;
import java.time.InstantSource;

/** What services show each other in tests that are not about it. */
public final class TestPeers {
    /** Those of a service that is none. */
    public static final PeerTokens TOKENS = new PeerTokens("a secret of tests", "test-service", InstantSource.system());

    private TestPeers() {}
}
