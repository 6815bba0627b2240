package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPage;
import dev.portcullis.rollback.targets.gatewayapi.HttpRoutes;
import dev.portcullis.rollback.targets.istio.VirtualServices;
import dev.portcullis.rollback.targets.nginx.CanaryIngresses;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the targets that move requests, carried out. */
final class TrafficPagesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A page that is named after its target. */
    record Page(Routing routing, TargetPage page) {
        static Page of(Routing routing) {
            return new Page(routing, TargetPage.of(routing.target()));
        }

        String text() {
            return page.text();
        }

        String example(String language, int index) {
            return page.examples(language).get(index);
        }

        TargetSettings settings() {
            return page.policy().target();
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
            JsonNode sent = JSON.readTree(world.server.applied().getFirst().body());
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
