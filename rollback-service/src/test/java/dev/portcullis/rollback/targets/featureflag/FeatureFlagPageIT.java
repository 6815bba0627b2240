package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.targets.TargetPage;
import dev.portcullis.rollback.targets.TargetPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/targets/feature-flag.md, carried out. */
final class FeatureFlagPageIT {
    private static final TargetPage PAGE = TargetPage.of("feature-flag");

    @TempDir
    Path folder;

    @Test
    void theConfigurationsAreLegal() {
        var identities = new ArrayList<String>();
        for (var policy : PAGE.examples("yaml")) {
            identities.add(new TargetPolicy(policy).target().identity());
        }
        assertEquals(
                List.of(
                        "feature-flag launchdarkly shop/production/new-checkout",
                        "feature-flag flagd /etc/flags/shop.json new-checkout",
                        "feature-flag flagd https://flags.shop.internal/shop.json new-checkout"),
                identities);
    }

    @Test
    void thePatchIsWhatIsSent() throws Exception {
        try (var server = new LaunchDarklyServer()) {
            var token = Files.writeString(folder.resolve("token"), FlagFixture.SECRET);
            var configured =
                    PAGE.policy().target().with("address", server.address()).with("tokenFile", token.toString());
            var target = FlagFixture.target();
            target.apply(FlagFixture.prepared(target, configured));
            assertEquals(
                    PAGE.examples("json").get(2), server.changes().getFirst().body());
        }
    }

    @Test
    void theDefinitionBecomesWhatIsShown() throws Exception {
        var file = Files.writeString(
                folder.resolve("shop.json"), PAGE.examples("json").get(0));
        var configured = new TargetPolicy(PAGE.examples("yaml").get(1)).target().with("file", file.toString());
        var target = FlagFixture.target();
        target.apply(FlagFixture.prepared(target, configured));
        assertEquals(PAGE.examples("json").get(1), Files.readString(file));
    }
}
