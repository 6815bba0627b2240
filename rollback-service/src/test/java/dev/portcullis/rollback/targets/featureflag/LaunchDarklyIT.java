package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import java.util.HashMap;
import java.util.Map;

public final class LaunchDarklyIT extends RollbackTargetContract {
    static Map<String, String> values(LaunchDarklyServer server) {
        return new HashMap<>(Map.of(
                "project", "shop",
                "environment", "production",
                "flag", "new-checkout",
                "address", server.address(),
                "tokenEnv", "FLAG_TOKEN",
                "timeout", "PT2S",
                "bypassApproval", "false"));
    }

    @Override
    protected TargetWorld open() {
        var server = new LaunchDarklyServer();
        return new FlagServerWorld(server, FlagFixture.settings("launchdarkly", values(server)));
    }
}
