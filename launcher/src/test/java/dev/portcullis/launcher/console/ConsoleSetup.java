package dev.portcullis.launcher.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The three services with a browser before them: a good release of one service, a bad one of another, and a service whose name would be markup if it could. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // each class that extends it has services and a browser of its own
abstract class ConsoleSetup {
    static final Duration LIMIT = Duration.ofMinutes(4);
    static final int DESK = 1100;

    /** As long as a name may be: markup, and letters that are read from right to left, which must not turn what stands beside them. */
    static final String HOSTILE =
            longest("<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(2)>\u05D0\u05D1\u05D2");

    private static final int BAD_REQUESTS = 80;
    private static final int LONGEST_NAME = 253;

    final int gateHttp = FreePorts.next();
    final int gateGrpc = FreePorts.next();
    final Site checkout = new Site();
    final Site basket = new Site();
    Path folder = Path.of("");
    AllServices services;
    PortcullisClient client;
    Chromium chromium;
    Release good;
    Release bad;

    private static String longest(String begin) {
        return begin + "W".repeat(LONGEST_NAME - begin.length());
    }

    @BeforeAll
    void start(@TempDir Path given) throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(Chromium.LIMIT_MILLIS);
        chromium = new Chromium();
        folder = given;
        checkout.configure(folder.resolve("config"));
        configure("basket", "basket");
        configureMore();
        services = TestPortcullis.startEmpty(folder, settings());
        client = PortcullisClient.of(services);
        basket.canaryBad.set(BAD_REQUESTS);
        good = client.opened(question("checkout", "good", "c1"));
        bad = client.opened(question("basket", "bad", "c1"));
        Await.until("the bad release aborted", LIMIT, () -> client.release(bad.getName())
                .getState()
                .equals(Release.State.ABORTED));
        Await.until("the good release may be promoted", LIMIT, () -> client.release(good.getName())
                .getLatestDecision()
                .getOutcome()
                .equals(Outcome.PROMOTE));
    }

    /** Settings of a gate that another may follow on the same ports. */
    Map<String, Object> settings() {
        return Map.of("gate.http.port", gateHttp, "gate.grpc.port", gateGrpc);
    }

    /** Writes further configuration. */
    void configureMore() throws IOException {}

    /** One more service, of the second site. */
    final void configure(String file, String service) throws IOException {
        var own = folder.resolve(file);
        basket.configure(own);
        var text = Files.readString(own.resolve("checkout.yaml"))
                .replace("{name: pods}", "{name: " + file + "-pods}")
                .replace("metricSourceRef: pods", "metricSourceRef: " + file + "-pods")
                .replace("checkout-availability", file + "-availability")
                .replace("{name: checkout}", "{name: " + file + "}")
                .replace("service: checkout", "service: '" + service.replace("'", "''") + "'");
        Files.writeString(folder.resolve("config").resolve(file + ".yaml"), text);
    }

    @AfterAll
    void stop() {
        services.close();
        chromium.close();
        checkout.close();
        basket.close();
    }

    static EvaluateGateRequest question(String service, String rollout, String canary) {
        return EvaluateGateRequest.newBuilder()
                .setService(service)
                .setRollout(rollout)
                .setCanary(canary)
                .setStable("s1")
                .setRevision(rollout)
                .build();
    }

    /** A release whose canary has no pods, so that nobody but the test decides on it. */
    Release idle(String name) {
        return client.opened(question("checkout", name, name));
    }

    String origin() {
        return "http://127.0.0.1:" + gateHttp;
    }

    /** The address of a release's page. */
    String address(Release release) {
        var name = release.getName();
        var uuid = name.substring(name.lastIndexOf('/') + 1);
        var service =
                URLEncoder.encode(release.getService(), StandardCharsets.UTF_8).replace("+", "%20");
        return origin() + "/console/services/" + service + "/releases/" + uuid;
    }

    BrowserContext person() {
        return chromium.person(DESK, ColorScheme.LIGHT);
    }

    /** Does what a button says: the first click shows what it would do, the second does it. */
    static void act(Page page, String verb, String reason) {
        var action = page.locator("details.action." + verb);
        action.locator("summary").click();
        action.locator("textarea").fill(reason);
        action.locator("button.act").click();
    }

    /** Waits until the page shows a decision. */
    static void seen(Page page, String decision) {
        PlaywrightAssertions.assertThat(page.locator(".release-head > .mark")).hasText(decision);
    }
}
