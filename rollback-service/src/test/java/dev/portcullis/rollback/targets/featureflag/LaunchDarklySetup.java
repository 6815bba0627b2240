package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** A flag of LaunchDarkly, and a target whose settings a test may change. */
abstract class LaunchDarklySetup {
    @AutoClose
    final LaunchDarklyServer server = new LaunchDarklyServer();

    final FeatureFlagTarget target = FlagFixture.target();
    final Map<String, String> values = LaunchDarklyIT.values(server);

    TargetSettings configured() {
        return FlagFixture.settings("launchdarkly", values);
    }

    Assignment prepared() {
        return FlagFixture.prepared(target, configured());
    }
}
