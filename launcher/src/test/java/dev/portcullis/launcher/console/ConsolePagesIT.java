package dev.portcullis.launcher.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page there is, in a real browser: found by the links, shown without a complaint, accessible, narrow, light to load, and of use without scripts. */
@Tag("extra")
@Timeout(600)
final class ConsolePagesIT extends ConsoleSetup {
    private static final int PHONE = 320;
    private static final long MOST_BYTES = 60_000;

    private Map<String, Integer> pages = Map.of();

    @Override
    void configureMore() throws IOException {
        configure("hostile", HOSTILE);
    }

    @BeforeAll
    void tour() {
        client.opened(question(HOSTILE, HOSTILE, HOSTILE));
        try (var person = person()) {
            pages = PageTour.from(person.newPage(), origin());
        }
    }

    /** A rollback is prepared only while the traffic is elsewhere, and another test may have given it back. */
    @BeforeEach
    void takeTheTrafficAway() {
        checkout.traffic(false);
    }

    @Test
    void linksLeadToEveryPageAndToNoOther() {
        var kinds = pages.keySet().stream().map(PageTour::kind).collect(Collectors.toSet());
        for (var kind : List.of("releases", "release", "rollback", "holds", "audit", "policies", "status")) {
            assertTrue(kinds.contains(kind), () -> "no link leads to a page " + kind + ": " + pages);
        }
        pages.forEach((path, status) -> assertEquals(200, status, path));
    }

    /** Shows every page there is: those that links lead to, then the one that only a form leads to. */
    private void visit(Page page, Consumer<String> look) {
        for (var path : pages.keySet()) {
            page.navigate(origin() + path);
            look.accept(path);
        }
        page.navigate(address(good));
        act(page, "rollback", "only to look");
        assertThat(page.locator("main")).containsText("Give all traffic of checkout back");
        look.accept("/console/preparation");
    }

    @Test
    void noPageMakesTheBrowserComplainOrAskSomebodyElse() {
        try (var person = person()) {
            var page = person.newPage();
            var watch = PageWatch.of(page, origin());
            var complaints = new ArrayList<String>();
            visit(page, path -> watch.take().forEach(complaint -> complaints.add(path + ": " + complaint)));
            assertEquals("", String.join("\n", complaints));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyPageIsAccessible(ColorScheme scheme) {
        try (var person = chromium.examiner(DESK, scheme)) {
            var page = person.newPage();
            var faults = new ArrayList<String>();
            visit(page, path -> Accessibility.faults(page)
                    .forEach(fault -> faults.add(PageTour.kind(path) + ": " + fault)));
            page.navigate(origin() + "/console");
            page.keyboard().press("?");
            Accessibility.faults(page).forEach(fault -> faults.add("help: " + fault));
            assertEquals("", String.join("\n", faults));
        }
    }

    @Test
    void noPageScrollsSidewaysOnAPhone() {
        try (var person = chromium.examiner(PHONE, ColorScheme.LIGHT)) {
            var page = person.newPage();
            var wide = new ArrayList<String>();
            visit(page, path -> {
                var width = ((Number) page.evaluate("() => document.documentElement.scrollWidth")).intValue();
                if (width > PHONE) {
                    wide.add(path + " is " + width + " px wide");
                }
            });
            assertEquals("", String.join("\n", wide));
        }
    }

    @Test
    void theFirstPageIsLightToLoad() {
        try (var person = person()) {
            var page = person.newPage();
            var requests = new ArrayList<Request>();
            page.onRequestFinished(requests::add);
            page.navigate(origin() + "/console");
            var sizes = new ArrayList<String>();
            var sum = 0L;
            for (var request : List.copyOf(requests)) {
                var size = request.sizes().responseBodySize;
                sizes.add(size + " " + request.url());
                sum += size;
            }
            assertTrue(sizes.size() > 4, () -> "the page, its style and its scripts: " + sizes);
            assertTrue(sum <= MOST_BYTES, sum + " bytes, compressed: " + sizes);
        }
    }

    @Test
    void withoutScriptsPagesAreReadActedOnAndReloaded() {
        var release = idle("no-scripts");
        try (var person = chromium.personWithoutScripts(DESK)) {
            var page = person.newPage();
            var loads = new AtomicInteger();
            page.onLoad(loaded -> loads.incrementAndGet());
            page.navigate(address(release));
            seen(page, "HOLD");
            var before = loads.get();
            page.waitForCondition(() -> loads.get() > before);
            act(page, "abort", "aborted without scripts");
            seen(page, "ABORTED");
            assertThat(page.locator("main > .notice")).containsText("You aborted this release");
            readAll(page);
        }
    }

    private void readAll(Page page) {
        for (var path : pages.keySet()) {
            var response = Objects.requireNonNull(page.navigate(origin() + path), path);
            assertEquals(200, response.status(), path);
            assertThat(page.locator("h1")).isVisible();
        }
    }
}
