package dev.portcullis.launcher.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.ServiceLauncher;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page that is open while gate-service goes away and comes back. */
@Tag("extra")
@Timeout(600)
final class ConsoleRestartIT extends ConsoleSetup {
    /** Shared by the services, so that a gate that is started by the test is one of them. */
    private static final String PEER_KEY = "c0ffee".repeat(10) + "c0ff";

    @Override
    Map<String, Object> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("portcullis.peer.key", PEER_KEY);
        return settings;
    }

    @Test
    void aPageGoesOnByItselfOnceTheGateIsBack() {
        var release = idle("restart");
        try (var person = person()) {
            var page = person.newPage();
            // The page is there before its stream is, and a request that meets a gate that ends in this process is
            // never answered.
            page.waitForResponse(
                    response -> response.url().contains("/console/events/"), () -> page.navigate(address(release)));
            seen(page, "HOLD");
            page.evaluate("() => { window.notReloaded = true; }");
            var settings = again();
            services.gate().close();
            assertThat(page.locator(".offline")).isVisible();
            try (var gate = ServiceLauncher.start("gate", settings)) {
                assertEquals(gateHttp, gate.httpPort());
                assertThat(page.locator(".offline")).isHidden();
                try (var second = person()) {
                    var other = second.newPage();
                    other.navigate(address(release));
                    act(other, "abort", "aborted after the restart");
                    seen(other, "ABORTED");
                }
                seen(page, "ABORTED");
                assertEquals(true, page.evaluate("() => window.notReloaded === true"), "the page was reloaded");
            }
        }
    }

    /** Settings that bring gate-service back on its old ports and database. */
    private Map<String, Object> again() {
        var database = services.gate().get(DatabaseSettings.class);
        var settings = new HashMap<String, Object>();
        settings.put("portcullis.config", folder.resolve("config").toString());
        settings.put("portcullis.db.url", database.url());
        settings.put("portcullis.db.user", database.user());
        settings.put("portcullis.db.password", database.password());
        settings.put("portcullis.peer.key", PEER_KEY);
        settings.put("portcullis.http.port", gateHttp);
        settings.put("portcullis.grpc.port", gateGrpc);
        settings.put(
                "portcullis.analysis.address",
                "127.0.0.1:" + services.service("analysis").grpcPort());
        settings.put(
                "portcullis.rollback.address",
                "127.0.0.1:" + services.rollback().grpcPort());
        return settings;
    }
}
