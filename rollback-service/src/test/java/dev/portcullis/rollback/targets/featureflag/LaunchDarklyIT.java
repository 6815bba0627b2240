package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
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
                "timeout", "PT0.5S",
                "bypassApproval", "false"));
    }

    @Override
    protected TargetWorld open() {
        return new World();
    }

    static final class World implements TargetWorld {
        private final LaunchDarklyServer own = new LaunchDarklyServer();
        private final CallLoss loss = new CallLoss();

        @Override
        public RollbackTarget target() {
            return FlagFixture.target();
        }

        @Override
        public RollbackOrder order() {
            return FlagFixture.ORDER;
        }

        @Override
        public TargetSettings configured() {
            return FlagFixture.settings("launchdarkly", values(own));
        }

        @Override
        public int effects() {
            return own.effects();
        }

        @Override
        public void loseAnswer(int nth) {
            own.onPatch = loss.lose(nth, true, own::patch);
        }

        @Override
        public void loseCall(int nth) {
            own.onPatch = loss.lose(nth, false, own::patch);
        }

        @Override
        public String address() {
            return own.address();
        }

        @Override
        public void vanish() {
            own.close();
        }

        @Override
        public void close() {
            loss.end();
            own.close();
        }
    }
}
