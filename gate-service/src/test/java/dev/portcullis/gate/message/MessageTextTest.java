package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MessageTextTest {
    @Test
    void eachEventHasItsTitle() {
        var titles = Arrays.stream(MessageEvent.values())
                .map(event -> MessageText.title(SampleMessages.of(event).news()))
                .collect(Collectors.joining("\n"));
        assertEquals("""
                checkout: canary 7d9c8 was aborted
                checkout: canary 7d9c8 failed, and serves users until a person decides
                checkout: canary 7d9c8 may be promoted
                checkout: canary 7d9c8 is judged no more
                checkout: the promotion of canary 7d9c8 waits for a person
                checkout: no rollback was started, take canary 7d9c8 back by hand
                checkout: the rollback to 5b6f4 needs a person
                checkout: the rollback to 5b6f4 failed
                checkout: the rollback to 5b6f4 was cancelled
                checkout: rolled back to 5b6f4""", titles);
    }

    @Test
    void aCutTextEndsWithAWholeCharacter() {
        assertEquals("abcdef", MessageText.cut("abcdef", 6));
        assertEquals("ab...", MessageText.cut("abcdef", 5));
        assertEquals("a...", MessageText.cut("a😀bcd", 5));
    }

    @Test
    void linksAreMadeOfWhatIsConfigured() {
        var subject =
                SampleMessages.named(MessageEvent.ROLLBACK_FAILED, "a/b c?ü").subject();
        var links = new MessageLinks("https://gate.example/portcullis", "");
        assertEquals(
                Optional.of("https://gate.example/portcullis/console/services/a%2Fb%20c%3F%C3%BC/releases/"
                        + subject.release()),
                links.release(subject));
        assertTrue(links.rollback(subject).orElseThrow().endsWith("/console/" + subject.rollback()));
        assertEquals(Optional.empty(), links.runbook(MessageEvent.ROLLBACK_FAILED));
        assertEquals(Optional.empty(), MessageLinks.NONE.release(subject));
        assertEquals(
                Optional.of("https://wiki.example/rollback-needs-human.md"),
                new MessageLinks("", "https://wiki.example").runbook(MessageEvent.ROLLBACK_FAILED));
        assertEquals(Optional.empty(), links.rollback(subject.with("")));
    }
}
