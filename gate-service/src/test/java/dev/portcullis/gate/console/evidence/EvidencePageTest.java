package dev.portcullis.gate.console.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.evidence.PreviousRelease;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.http.console.PageTemplates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The evidence as it stands on a page. */
final class EvidencePageTest {
    private static final PageTemplates TEMPLATES = new PageTemplates();

    private static String page(ReleaseEvidence evidence) {
        return TEMPLATES.render("release/evidence.jte", Map.of("evidence", evidence));
    }

    @Test
    void chartsHaveTheirNumbersBehindThem() {
        var page = page(ReleaseEvidence.of(SampleDetail.availability().detail()));
        assertTrue(page.contains("<summary>Show the numbers</summary>"), page);
        assertEquals(
                30,
                Pattern.compile("<td>10:")
                                .matcher(page.substring(0, page.indexOf("outlook-title")))
                                .results()
                                .count()
                        / 2);
        assertTrue(page.contains("What would change this"), page);
        assertTrue(page.contains("1 of 3 pods had bad requests."), page);
        assertTrue(page.contains("not decided yet"), page);
    }

    @Test
    void nothingOnItNeedsALaxerPolicy() {
        var page = page(ReleaseEvidence.of(SampleDetail.availability().detail()));
        for (var forbidden : List.of(" style=", "<style", "<script", " on", "javascript:")) {
            assertFalse(
                    Pattern.compile("<[^>]*" + Pattern.quote(forbidden) + "\\w*=?[\"']")
                            .matcher(page)
                            .find(),
                    forbidden);
        }
    }

    @Test
    void whatOthersCallThingsIsOnlyText() {
        var hostile = "<script>alert(1)</script>\"'&\u202e" + "x".repeat(1_000);
        var sample = SampleDetail.availability();
        sample.objectives.clear();
        sample.objectives.add(SampleDetail.objective(hostile, 0.004, 0.001));
        sample.notes = List.of(hostile);
        sample.measuringDetail = hostile;
        sample.previous = Optional.of(new PreviousRelease(
                "analyses/x",
                hostile,
                SampleDetail.BEGIN,
                List.of(new PreviousRelease.PreviousObjective(hostile, new RequestCount(1, 2)))));
        var page = page(ReleaseEvidence.of(sample.detail()));
        assertFalse(page.contains("<script"), "markup of others");
        assertTrue(page.contains("&lt;script"), page);
    }

    @Test
    void withoutEvidenceItSaysWhy() {
        var page = page(ReleaseEvidence.missing("analysis-service cannot be asked just now: <gone>."));
        assertTrue(page.contains("analysis-service cannot be asked just now: &lt;gone&gt;."), page);
        assertFalse(page.contains("<svg class=\"chart"), page);
    }

    @Test
    void beforeTheFirstWindowItSaysWhatFollows() {
        var sample = SampleDetail.availability();
        sample.windows = 0;
        sample.forecast = Optional.empty();
        assertTrue(page(ReleaseEvidence.of(sample.detail())).contains("No window has closed yet"));
    }
}
