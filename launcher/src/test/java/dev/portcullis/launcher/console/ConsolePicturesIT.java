package dev.portcullis.launcher.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.proto.gate.v1.DecisionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes a picture of every page of the console, for docs/console and for people who change its looks; only where a folder for them is told. */
@Tag("extra")
@Timeout(600)
@EnabledIfSystemProperty(named = ConsolePicturesIT.FOLDER, matches = ".+")
final class ConsolePicturesIT extends ConsoleSetup {
    static final String FOLDER = "portcullis.pictures";

    /** What stays at the end of the window would stand in the middle of a picture of the whole page. */
    private static final String UNROLLED = ".actions { position: static !important }";

    @Test
    void everyPage() throws IOException {
        var pictures = Path.of(System.getProperty(FOLDER));
        Files.createDirectories(pictures);
        act();
        take(pictures, 1100, ColorScheme.LIGHT, false);
        take(pictures, 320, ColorScheme.LIGHT, true);
        take(pictures, 1100, ColorScheme.LIGHT, true);
        take(pictures, 1600, ColorScheme.LIGHT, true);
        take(pictures, 1100, ColorScheme.DARK, true);
    }

    /** With a key, so that the audit log is signed. */
    @Override
    Map<String, Object> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("portcullis.audit.key", folder.resolve("audit.key").toString());
        return settings;
    }

    /** More services, one of which wants approvals, and a freeze of the weekends. */
    @Override
    void configureMore() throws IOException {
        SignerKeyFile.create(folder.resolve("audit.key"), "shop.example/audit");
        for (var service : List.of("payments", "search")) {
            configure(service, service);
        }
        var search = folder.resolve("config/search.yaml");
        Files.writeString(
                search,
                Files.readString(search)
                        .replaceFirst(
                                "(?s)(kind: ReleasePolicy.*?service: 'search'\n)",
                                "$1  gate: {rules: [{approvals: {count: 1}}]}\n"));
        Files.writeString(folder.resolve("config/windows.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: PromotionWindow
                metadata: {name: weekends}
                spec:
                  kind: Deny
                  services: [checkout, payments]
                  reason: nobody is at work who could help
                  tzid: Europe/Berlin
                  dtstart: 2026-11-06T16:00
                  dtend: 2026-11-09T08:00
                  rrule: FREQ=WEEKLY;BYDAY=FR
                """);
    }

    /** So that there is something of each kind to be seen. */
    private void act() {
        var release = idle("7d9c8");
        try (var person = person()) {
            var page = person.newPage();
            page.navigate(address(release));
            act(page, "hold", "The load test of the search is still running.");
            page.navigate(origin() + "/console/holds");
            page.locator("details.stop > summary").click();
            page.locator("#services").fill("payments");
            page.locator("#reason-stop").fill("Stock-taking until tomorrow.");
            page.locator("details.stop button.act").click();
            page.navigate(origin() + "/console/audit");
            page.locator(".log-state button").click();
        }
        basket.canaryBad.set(0);
        var waiting = client.opened(question("search", "v118", "c1"));
        Await.until("the release that waits for an approval", LIMIT, () -> client.release(waiting.getName())
                .getLatestDecision()
                .getReasonsList()
                .contains(DecisionReason.APPROVAL_MISSING));
    }

    /** @param whole the whole page; else what is seen of it at first, for the docs */
    private void take(Path pictures, int width, ColorScheme scheme, boolean whole) throws IOException {
        var folder = Files.createDirectories(whole ? pictures : pictures.resolve("docs"));
        var taken = new ArrayList<String>();
        try (var person = chromium.examiner(width, scheme)) {
            var page = person.newPage();
            for (var path : PageTour.from(page, origin()).keySet()) {
                page.navigate(origin() + path);
                var name = name(page, path);
                if (!taken.contains(name)) {
                    taken.add(name);
                    var file = folder.resolve(
                            whole
                                    ? name + "-" + width + (scheme == ColorScheme.DARK ? "-dark" : "") + ".png"
                                    : name + ".png");
                    var options = new ScreenshotOptions().setPath(file);
                    page.screenshot(whole ? options.setFullPage(true).setStyle(UNROLLED) : options);
                    assertTrue(Files.size(file) > 0, file::toString);
                }
            }
        }
        assertTrue(taken.size() > 1, taken::toString);
    }

    /** Pages of releases differ by what was decided. */
    private static String name(Page page, String path) {
        var kind = PageTour.kind(path);
        return kind.equals("release")
                ? kind + "-"
                        + page.locator(".release-head > .mark")
                                .textContent()
                                .strip()
                                .toLowerCase(Locale.ROOT)
                : kind;
    }
}
