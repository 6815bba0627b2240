package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.TargetSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/targets/feature-flag.md, carried out. */
final class FeatureFlagPageIT {
    private static final Path PAGE = Path.of("..", "docs", "targets", "feature-flag.md");

    @TempDir
    Path folder;

    private static List<String> examples(String language) throws Exception {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1).strip())
                .toList();
    }

    private TargetSettings read(String policy) throws Exception {
        Files.writeString(folder.resolve("page.yaml"), policy);
        var faults = new Faults();
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        assertEquals("[]", faults.list().toString());
        var plan = plans.planOf("checkout", Mode.LIVE).orElseThrow();
        return plan.stages().getFirst().target();
    }

    @Test
    void theConfigurationsAreLegal() throws Exception {
        var identities = new java.util.ArrayList<String>();
        for (var policy : examples("yaml")) {
            identities.add(read(policy).identity());
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
            var configured = read(examples("yaml").getFirst())
                    .with("address", server.address())
                    .with("tokenFile", token.toString());
            var target = FlagFixture.target();
            target.apply(FlagFixture.prepared(target, configured));
            assertEquals(examples("json").get(2), server.patches().getFirst().body());
        }
    }

    @Test
    void theDefinitionBecomesWhatIsShown() throws Exception {
        var file =
                Files.writeString(folder.resolve("shop.json"), examples("json").get(0));
        var configured = read(examples("yaml").get(1)).with("file", file.toString());
        var target = FlagFixture.target();
        target.apply(FlagFixture.prepared(target, configured));
        assertEquals(examples("json").get(1), Files.readString(file));
    }
}
