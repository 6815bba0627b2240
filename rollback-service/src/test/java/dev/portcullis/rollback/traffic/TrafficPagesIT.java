package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.gatewayapi.HttpRoutes;
import dev.portcullis.rollback.targets.istio.VirtualServices;
import dev.portcullis.rollback.targets.nginx.CanaryIngresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the targets that move requests, carried out. */
final class TrafficPagesIT {
    private static final Path PAGES = Path.of("..", "docs", "targets");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A page that is named after its target. */
    record Page(Routing routing, String text) {
        static Page of(Routing routing) {
            try {
                return new Page(routing, Files.readString(PAGES.resolve(routing.target() + ".md")));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String example(String language, int index) {
            return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                    .matcher(text)
                    .results()
                    .skip(index)
                    .findFirst()
                    .orElseThrow()
                    .group(1);
        }

        TargetSettings settings() {
            var faults = new Faults();
            var documents = ConfigurationDocument.ofText("page.yaml", example("yaml", 0), faults);
            var plans = Wiring.targetKinds().parse(documents, faults);
            assertEquals(List.of(), faults.list());
            return plans.planOf("checkout", Mode.LIVE)
                    .orElseThrow()
                    .stages()
                    .getFirst()
                    .target();
        }

        @Override
        public String toString() {
            return routing.target();
        }
    }

    static Stream<Page> pages() {
        return Stream.of(new VirtualServices(), new HttpRoutes(), new CanaryIngresses())
                .map(Page::of);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theConfigurationIsLegalAndEveryKeyIsInTheTable(Page page) {
        var settings = page.settings();
        assertEquals(page.routing().target(), settings.kind());
        for (var key : settings.values().keySet()) {
            var written = key.equals("name") ? settings.required(key) : "`" + key + "`";
            assertTrue(page.text().contains(written), key);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theObjectIsChangedByThePatchThatIsShown(Page page) throws Exception {
        try (var world = new RouterWorld(page.routing(), page.settings(), page.example("yaml", 1))) {
            var shown = JSON.readTree(page.example("json", 0));
            ((ObjectNode) shown.get(0)).set("value", world.object().at("/metadata/resourceVersion"));
            world.target().apply(world.assignment());
            JsonNode sent = JSON.readTree(world.server().applied().getFirst().body());
            assertEquals(shown, sent);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyWarningIsExplained(Page page) {
        try (var world = new RouterWorld(page.routing(), page.settings(), page.example("yaml", 1))) {
            for (var told : assertInstanceOf(Ready.class, world.prepared()).preconditions()) {
                assertTrue(page.text().contains("| `" + told.id() + "` |"), told.id());
            }
        }
    }
}
