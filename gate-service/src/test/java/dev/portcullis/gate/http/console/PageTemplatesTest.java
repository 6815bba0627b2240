package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.console.ConsoleReleases;
import dev.portcullis.gate.console.PageFrame;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.evidence.ReleaseEvidence;
import dev.portcullis.gate.console.release.PresentRelease;
import dev.portcullis.gate.console.release.ReleaseListView;
import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.console.release.ReleaseView;
import dev.portcullis.gate.console.rollback.RollbackOffer;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseCounts;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.identity.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTemplatesTest {
    /** What the first page may weigh with all that it loads, compressed. */
    private static final int MOST_BYTES = 60 * 1024;

    private static final ReleaseCounts COUNTS = new ReleaseCounts(1, 1, 0, 0, 0);

    private final PageTemplates templates = new PageTemplates();
    private final ConsoleAssets assets = new ConsoleAssets();

    private PageFrame frame(String text) {
        return new PageFrame(
                text,
                Section.RELEASES,
                "NONCE",
                "TOKEN",
                assets.paths(),
                Caller.LOCAL,
                true,
                List.of(text),
                OptionalInt.of(2),
                Optional.of(new PageFrame.Notice(text, true)),
                true);
    }

    private String list(PageFrame frame, List<Release> releases) {
        var query = new ReleaseQuery(Optional.empty(), "", frame.title(), OptionalLong.empty());
        var page = ReleaseListView.of(
                query,
                COUNTS,
                releases.stream().map(PresentRelease::recorded).toList(),
                List.of(),
                OptionalLong.of(3),
                ConsoleReleases.NOW);
        return templates.render("releases/page.jte", Map.of("frame", frame, "page", page));
    }

    private String release(PageFrame frame, Release release) {
        var sources = new ReleaseView.Sources(
                PresentRelease.recorded(release),
                List.of(release.latest().orElseThrow()),
                List.of(ConsoleReleases.hold(frame.title())),
                Optional.empty());
        return templates.render(
                "release/page.jte",
                Map.of(
                        "frame", frame,
                        "page", ReleaseView.of(sources, ConsoleReleases.NOW),
                        "evidence", ReleaseEvidence.missing(frame.title()),
                        "actions", ReleaseView.actions(sources, Caller.LOCAL, ConsoleReleases.NOW),
                        "rollback", RollbackOffer.of(release, Caller.LOCAL)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</title><script>alert(1)</script>",
                "a/../b?c#d%00&e=f",
                "javascript:alert(1)",
                "${7*7} {{7*7}}"
            })
    void whatPeopleWriteIsShownAndNeverRun(String text) {
        var release = ConsoleReleases.of(text, text, text, ReleaseState.OPEN, DecisionReason.RELEASE_HELD, text);
        for (var html : List.of(list(frame(text), List.of(release)), release(frame(text), release))) {
            // Our own scripts have a nonce, and nothing else is one, has a handler or leads to one.
            assertEquals(4, count(html, "<script"), html);
            assertEquals(
                    4, count(html, "<script src=\"/console/assets/[a-z-]+-[0-9a-f]{16}\\.js\" nonce=\"NONCE\" defer>"));
            assertEquals(0, count(html, "<img"), html);
            assertEquals(0, count(html.replaceAll("\"[^\"]*\"", ""), "<[^>]*\\son[a-z]+\\s*="), html);
            assertEquals(0, count(html, "(href|action|src)=\"(?!/|#)"), html);
            assertEquals(0, count(html, "\\sstyle="), html);
        }
    }

    @Test
    void whatTurnsTheDirectionOfTextIsShownAsAnEscape() {
        var text = "good \u202eton";
        var html = release(
                frame("x"),
                ConsoleReleases.of("checkout", "c", "", ReleaseState.OPEN, DecisionReason.RELEASE_HELD, text));
        assertFalse(html.contains("\u202e"));
        assertTrue(html.contains("good \\u202eton"));
    }

    @Test
    void longNamesAndTextsAreShownWhole() {
        var name = "n".repeat(253);
        var text = "x".repeat(1000);
        var html = release(
                frame("x"), ConsoleReleases.of(name, name, name, ReleaseState.OPEN, DecisionReason.RELEASE_HELD, text));
        assertTrue(html.contains(name));
        assertTrue(html.contains(text));
    }

    @Test
    void everyFormCarriesItsToken() {
        var html = release(frame("x"), ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE));
        assertTrue(count(html, "<form[^>]* method=\"post\"") >= 4, html);
        assertEquals(
                count(html, "<form[^>]* method=\"post\""),
                count(html, "<input type=\"hidden\" name=\"token\" value=\"TOKEN\">"));
    }

    @Test
    void theFirstPageIsLight() throws IOException {
        var html = list(frame(""), Collections.nCopies(50, ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE)));
        var weight = zipped(html.getBytes(StandardCharsets.UTF_8));
        for (var path : paths()) {
            weight += assets.find(path.substring(ConsoleAssets.PATH.length()))
                    .orElseThrow()
                    .zipped()
                    .length;
        }
        assertTrue(weight <= MOST_BYTES, weight + " bytes");
    }

    private List<String> paths() {
        var all = new ArrayList<>(assets.paths().scripts());
        all.add(assets.paths().style());
        all.add(assets.paths().icon());
        return all;
    }

    private static int zipped(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return bytes.size();
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }
}
