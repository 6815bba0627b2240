package dev.portcullis.launcher.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
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
        take(pictures, 320, ColorScheme.LIGHT);
        take(pictures, 1100, ColorScheme.LIGHT);
        take(pictures, 1600, ColorScheme.LIGHT);
        take(pictures, 1100, ColorScheme.DARK);
    }

    /** So that there is something of each kind to be seen. */
    private void act() {
        var release = idle("7d9c8");
        try (var person = person()) {
            var page = person.newPage();
            page.navigate(address(release));
            act(page, "hold", "The load test of the search is still running.");
        }
    }

    private void take(Path pictures, int width, ColorScheme scheme) throws IOException {
        var taken = new ArrayList<String>();
        try (var person = chromium.person(width, scheme)) {
            var page = person.newPage();
            for (var path : PageTour.from(page, origin()).keySet()) {
                page.navigate(origin() + path);
                var name = name(page, path);
                if (!taken.contains(name)) {
                    taken.add(name);
                    var file =
                            pictures.resolve(name + "-" + width + (scheme == ColorScheme.DARK ? "-dark" : "") + ".png");
                    page.screenshot(new ScreenshotOptions()
                            .setFullPage(true)
                            .setStyle(UNROLLED)
                            .setPath(file));
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
