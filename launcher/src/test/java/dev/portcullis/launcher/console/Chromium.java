package dev.portcullis.launcher.console;

import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium without a window. Of one thread, as all of Playwright is. */
final class Chromium implements AutoCloseable {
    /** Longer than any page takes on a machine that has much else to do. */
    static final int LIMIT_MILLIS = 60_000;

    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;

    /** Starts it; the test is skipped where it is not installed, and fails there with CI=true. */
    Chromium() {
        var program = installed();
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(program));
    }

    private static Path installed() {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("CI=true and there is no program 'chromium' on the PATH; install Debian's package chromium");
        }
        Assumptions.assumeTrue(program.isPresent(), "no program 'chromium' on the PATH");
        return program.orElseThrow();
    }

    /** A person of his own: nothing is remembered of the others. */
    BrowserContext person(int width, ColorScheme scheme) {
        return person(options(width).setColorScheme(scheme));
    }

    /** Somebody whose browser runs no scripts. */
    BrowserContext personWithoutScripts(int width) {
        return person(options(width).setJavaScriptEnabled(false));
    }

    /** A program that measures pages, by scripts that the pages' own policy would not let run. */
    BrowserContext examiner(int width, ColorScheme scheme) {
        return person(options(width).setColorScheme(scheme).setBypassCSP(true));
    }

    private static NewContextOptions options(int width) {
        return new NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setLocale("en-GB")
                .setTimezoneId("UTC");
    }

    private BrowserContext person(NewContextOptions options) {
        var context = browser.newContext(options);
        context.setDefaultTimeout(LIMIT_MILLIS);
        return context;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
