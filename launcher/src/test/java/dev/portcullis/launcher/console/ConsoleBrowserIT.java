package dev.portcullis.launcher.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people do with the console, in a real browser against the three services: read, act, be told, use keys alone, and be attacked by names. */
@Tag("extra")
@Timeout(600)
final class ConsoleBrowserIT extends ConsoleSetup {
    private static final int LONGEST_REASON = 1000;
    private static final String RIGHT_TO_LEFT_OVERRIDE = "\u202E";
    private static final String IN_MEMORY = "() => { window.notReloaded = true; }";
    private static final String REMEMBERS = "() => window.notReloaded === true";

    @Override
    void configureMore() throws IOException {
        configure("hostile", HOSTILE);
    }

    @Test
    void theListTellsAGoodReleaseFromABadOneAndLeadsToBoth() {
        try (var person = person()) {
            var page = person.newPage();
            var watch = PageWatch.of(page, origin());
            page.navigate(origin() + "/console");
            assertThat(row(page, "basket").locator(".mark")).hasText("ABORTED");
            assertThat(row(page, "checkout").locator(".mark")).hasText("PROMOTE");
            row(page, "basket").locator("a").click();
            seen(page, "ABORTED");
            assertThat(page.locator(".actions")).containsText("Try again");
            page.goBack();
            row(page, "checkout").locator("a").click();
            seen(page, "PROMOTE");
            watch.assertQuiet("list and pages of releases");
        }
    }

    private Page release(Page page, Release release) {
        page.navigate(address(release));
        return page;
    }

    /** The row of the release that the set-up has opened for a service. */
    private Locator row(Page page, String service) {
        var release = service.equals("basket") ? bad : good;
        var uuid = release.getName().substring(release.getName().lastIndexOf('/') + 1);
        return page.locator("tr#r-" + uuid);
    }

    @Test
    void aReleaseIsHeldResumedApprovedAndPromotedByTwoClicksEach() {
        var release = idle("by-hand");
        try (var person = person()) {
            var page = release(person.newPage(), release);
            var watch = PageWatch.of(page, origin());
            act(page, "hold", "held: the load test runs");
            assertNotice(page, "You hold this release");
            assertThat(page.locator("#live")).containsText("held: the load test runs");
            act(page, "resume", "resumed: the load test is over");
            assertNotice(page, "You resumed this release");
            act(page, "approve", "approved: reviewed");
            assertNotice(page, "Your approval is on record");
            act(page, "promote", "promoted: measured elsewhere");
            assertNotice(page, "You promoted this release");
            seen(page, "PROMOTED");
            assertThat(page.locator(".timeline").first()).containsText("promoted: measured elsewhere");
            watch.assertQuiet("actions");
        }
        var bodies = audited(release);
        for (var reason : List.of("held: the load", "resumed: the load", "approved: reviewed", "promoted: measured")) {
            assertTrue(bodies.stream().anyMatch(body -> body.contains(reason)), () -> reason + " is not in " + bodies);
        }
    }

    @Test
    void aReleaseIsAbortedByTwoClicksAndTriedAgain() {
        var release = idle("by-hand-bad");
        try (var person = person()) {
            var page = release(person.newPage(), release);
            act(page, "abort", "aborted: customers call");
            seen(page, "ABORTED");
            assertTrue(audited(release).stream().anyMatch(body -> body.contains("aborted: customers call")));
            act(page, "retry", "again: it was the network");
            assertNotice(page, "This is the new run");
            assertThat(page).not().hasURL(address(release) + "?done=retry");
        }
    }

    @Test
    void trafficIsGivenBackByTwoClicksThatShowWhatWouldBeDoneFirst() {
        var release = idle("given-back");
        checkout.traffic(false);
        try (var person = person()) {
            var page = release(person.newPage(), release);
            act(page, "rollback", "given back: customers call");
            assertThat(page.locator("h1")).containsText("Give all traffic of checkout back to s1?");
            assertEquals(Release.State.OPEN, client.release(release.getName()).getState(), "looking changes nothing");
            page.locator("button.act.abort").click();
            seen(page, "ABORTED");
            assertEquals(
                    Release.State.ABORTED, client.release(release.getName()).getState());
            page.navigate(
                    origin() + "/console/" + client.release(release.getName()).getRollback());
            assertThat(page.locator("h1")).containsText("Rollback of checkout to s1");
            assertThat(page.locator(".release-head > .mark")).hasText("SUCCEEDED");
        }
    }

    private static void assertNotice(Page page, String text) {
        assertThat(page.locator("main > .notice")).containsText(text);
    }

    /** What the audit log has of the service of a release: holds are objects of their own there. */
    private List<String> audited(Release release) {
        var channel = Grpc.newChannelBuilder("127.0.0.1:" + gateGrpc, InsecureChannelCredentials.create())
                .build();
        try {
            var request = ListAuditEntriesRequest.newBuilder()
                    .setService(release.getService())
                    .setPageSize(200)
                    .build();
            return AuditServiceGrpc.newBlockingStub(channel).listAuditEntries(request).getEntriesList().stream()
                    .map(entry -> entry.getBody())
                    .toList();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void anAbortArrivesInAllTabsWithoutReload() {
        basket.metricsUp.set(false);
        try (var person = person()) {
            var release = client.opened(question("basket", "live", "c1"));
            var first = release(person.newPage(), release);
            var second = person.newPage();
            second.navigate(origin() + "/console");
            seen(first, "HOLD");
            first.evaluate(IN_MEMORY);
            second.evaluate(IN_MEMORY);
            basket.metricsUp.set(true);
            seen(first, "ABORTED");
            assertThat(first.locator("details.action.retry")).isVisible();
            assertThat(first.locator("details.action.promote")).hasCount(0);
            var uuid = release.getName().substring(release.getName().lastIndexOf('/') + 1);
            assertThat(second.locator("tr#r-" + uuid + " .mark")).hasText("ABORTED");
            assertEquals(true, first.evaluate(REMEMBERS), "the release's page was reloaded");
            assertEquals(true, second.evaluate(REMEMBERS), "the list was reloaded");
        } finally {
            basket.metricsUp.set(true);
        }
    }

    @Test
    void whoComesSecondHearsWhoWasFirstAndLosesNothing() {
        var release = idle("raced");
        try (var person = person()) {
            var slow = release(person.newPage(), release);
            var fast = release(person.newPage(), release);
            var form = slow.locator("details.action.promote");
            form.locator("summary").click();
            form.locator("textarea").fill("promoted: looks good to me");
            act(fast, "abort", "aborted: I saw it fail");
            seen(fast, "ABORTED");
            seen(slow, "ABORTED");
            assertThat(form.locator("textarea")).hasValue("promoted: looks good to me");
            form.locator("button.act").click();
            var alert = slow.getByRole(AriaRole.ALERT);
            assertThat(alert).containsText("Nothing was done");
            assertThat(alert).containsText("aborted: I saw it fail");
        }
    }

    /** Of a page that has no stream of its own, too. */
    @Test
    void theTitleTellsHowManyReleasesNeedAPersonWithoutReload() {
        var release = idle("counted");
        try (var person = person()) {
            var page = person.newPage();
            page.navigate(origin() + "/console/status");
            page.evaluate(IN_MEMORY);
            var other = release(person.newPage(), release);
            act(other, "hold", "held: to be counted");
            assertNotice(other, "You hold this release");
            assertThat(page).hasTitle(Pattern.compile("^\\(\\d+\\) Status · Portcullis$"));
            assertThat(page.locator("#waiting .badge")).isVisible();
            assertEquals(true, page.evaluate(REMEMBERS), "the page was reloaded");
            act(other, "resume", "resumed: it was counted");
            assertNotice(other, "You resumed this release");
        }
    }

    @Test
    void keysAloneLeadThroughTheConsole() {
        try (var person = person()) {
            var page = person.newPage();
            page.navigate(origin() + "/console");
            var links = page.locator("[data-row] a");
            page.keyboard().press("j");
            assertThat(links.nth(0)).isFocused();
            page.keyboard().press("j");
            assertThat(links.nth(1)).isFocused();
            page.keyboard().press("k");
            assertThat(links.nth(0)).isFocused();
            page.keyboard().press("/");
            assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
            page.keyboard().type("basket j");
            assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("basket j");
            page.locator("main").focus();
            page.keyboard().press("?");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
            page.keyboard().press("j");
            var target = links.nth(0).getAttribute("href");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(origin() + target);
            page.keyboard().press("g");
            page.keyboard().press("r");
            assertThat(page).hasURL(origin() + "/console");
        }
    }

    @Test
    void theFirstTabLeadsPastTheNavigation() {
        try (var person = person()) {
            var page = release(person.newPage(), good);
            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).isFocused();
        }
    }

    @Test
    void namesAndReasonsOfAnAttackerAreText() {
        var release = client.opened(question(HOSTILE, HOSTILE, HOSTILE));
        var begin = HOSTILE + RIGHT_TO_LEFT_OVERRIDE + "\n";
        var reason = begin + "Z".repeat(LONGEST_REASON - begin.length());
        try (var person = person()) {
            var page = release(person.newPage(), release);
            var watch = PageWatch.of(page, origin());
            page.onDialog(dialog -> {
                watch.complain("a dialog: " + dialog.message());
                dialog.dismiss();
            });
            assertThat(page.locator("h1 bdi").first()).hasText(HOSTILE);
            assertThat(page.locator("h1")).containsText(HOSTILE);
            act(page, "abort", reason);
            seen(page, "ABORTED");
            assertThat(page.locator(".timeline").first()).containsText("Z".repeat(100));
            assertEquals(0, page.locator("main img, main script").count());
            assertTrue(audited(release).stream().anyMatch(body -> body.contains("Z".repeat(100))));
            page.navigate(origin() + "/console");
            assertThat(page.locator("table.releases")).containsText(HOSTILE);
            assertEquals(0, page.locator("main img, main script").count());
            watch.assertQuiet("hostile names");
        }
    }

    /** So that the tests above would notice: markup that is put into the page runs nothing, and the watch hears of it. */
    @Test
    void whatAnAttackerPutsIntoThePageRunsNothingAndIsNoticed() {
        try (var person = person()) {
            var page = person.newPage();
            var watch = PageWatch.of(page, origin());
            page.navigate(origin() + "/console");
            watch.assertQuiet("the list");
            var refused = page.evaluate("""
                    () => {
                      const main = document.querySelector('main');
                      const script = document.createElement('script');
                      const image = document.createElement('img');
                      main.append(script, image);
                      const attempts = [
                        () => { main.innerHTML = '<img src=x onerror="window.stolen = true">'; },
                        () => { image.setAttribute('onerror', 'window.stolen = true'); },
                        () => { script.src = 'http://127.0.0.1:9/evil.js'; },
                        () => { script.text = 'window.stolen = true'; },
                      ];
                      image.src = 'http://127.0.0.1:9/evil.png';
                      return attempts.filter(attempt => { try { attempt(); return false; } catch { return true; } }).length;
                    }
                    """);
            assertEquals(4, refused, "ways to run something");
            page.waitForCondition(() -> watch.hears("Content Security Policy"));
            assertTrue(watch.hears("evil.png"));
            assertEquals(false, page.evaluate("() => window.stolen === true"));
        }
    }
}
