package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.message.slack.SlackKind;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.gate.testing.PlayedSlack;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlackMessengerIT extends MessengerContract {
    private final PlayedSlack slack = new PlayedSlack();

    @Override
    protected PlayedReceiver receiver() {
        return slack;
    }

    @Override
    protected String settings(String address, Path secret) {
        return "{channel: " + PlayedSlack.CHANNEL + ", tokenFile: '" + secret + "', apiUrl: '" + address + "'}";
    }

    @Override
    protected String secret() {
        return PlayedSlack.TOKEN;
    }

    @Override
    protected MessengerKind kind() {
        return new SlackKind();
    }

    @Override
    protected int taken() {
        return slack.posts().size();
    }

    @Test
    void aReleaseIsOneThreadWhoseHeadIsBroughtUpToDate() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        var place = delivered(aborted, Optional.empty()).thread();
        var person = SampleMessages.following(aborted, MessageEvent.ROLLBACK_NEEDS_HUMAN);
        assertEquals(place, delivered(person, place).thread());
        var back = SampleMessages.following(aborted, MessageEvent.ROLLBACK_SUCCEEDED);
        delivered(back, place);
        assertEquals(1, slack.heads().size());
        var head = slack.heads().getFirst();
        assertEquals("checkout: rolled back to 5b6f4", head.title());
        var replies = slack.replies(head);
        assertEquals(
                "checkout: the rollback to 5b6f4 needs a person", replies.get(0).title());
        assertTrue(replies.get(0).content().path("reply_broadcast").asBoolean(), "the channel sees it");
        assertFalse(replies.get(1).content().path("reply_broadcast").asBoolean());
    }

    @Test
    void figuresRunbookAndPlacesAreShown() {
        delivered(SampleMessages.of(MessageEvent.RELEASE_ABORTED), Optional.empty());
        var content = slack.heads().getFirst().content().toString();
        for (var shown : new String[] {
            "checkout-availability\\ncanary: 48 of 1,200 requests bad (4 %); stable: 6 of 10,800 requests bad (0.056 %)",
            "against 700 : 1 (abort at 100 : 1)",
            "```checkout-availability, bad requests\\ncanary  ████████████████ 4 %\\nstable  ▎ ",
            "<https://wiki.example/runbooks/release-aborted.md|runbook>",
            "\"url\":\"https://gate.example/console/services/checkout/releases/",
            "SEV3"
        }) {
            assertTrue(content.contains(shown), () -> shown + " in " + content);
        }
        assertFalse(content.contains("./portcullis"), "what can be opened need not be typed");
    }

    @Test
    void withoutPlacesCommandsAreShown() {
        var message = SampleMessages.of(MessageEvent.ROLLBACK_FAILED);
        messenger().deliver(new Draft(message, Optional.empty(), false, MessageLinks.NONE, NOW), transport());
        var content = slack.heads().getFirst().content().toString();
        assertTrue(
                content.contains(
                        "`./portcullis release why " + message.subject().release() + "`"),
                content);
        assertTrue(content.contains("RollbackService/GetRollback"), content);
        assertFalse(content.contains("actions"), content);
    }

    @Test
    void aReplyThatMayHaveBeenTakenIsLookedForOnEveryPage() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        var place = delivered(aborted, Optional.empty()).thread();
        var person = SampleMessages.following(aborted, MessageEvent.ROLLBACK_NEEDS_HUMAN);
        delivered(person, place);
        for (var i = 0; i < 3; i++) {
            delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_CANCELLED), place);
        }
        var before = taken();
        assertInstanceOf(Delivery.Delivered.class, messenger().deliver(draft(person, place, true), transport()));
        assertEquals(before, taken());
    }

    @Test
    void withoutTheRightToLookWhatIsDoubtfulIsSentAgain() {
        slack.denyLooks();
        var message = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        delivered(message, Optional.empty());
        assertInstanceOf(
                Delivery.Delivered.class, messenger().deliver(draft(message, Optional.empty(), true), transport()));
        assertEquals(2, taken());
    }

    @Test
    void aHeadThatSomebodyDeletedOrThatIsInAnotherChannelIsBegunAnew() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        var place = delivered(aborted, Optional.empty()).thread();
        slack.delete(slack.heads().getFirst());
        var person = SampleMessages.following(aborted, MessageEvent.ROLLBACK_NEEDS_HUMAN);
        var anew = delivered(person, place).thread();
        assertEquals(1, slack.heads().size());
        assertFalse(place.equals(anew));
        delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_SUCCEEDED), Optional.of("C999999 1.2"));
        assertEquals(2, slack.heads().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel_not_found",
                "not_in_channel",
                "is_archived",
                "invalid_auth",
                "token_revoked",
                "ratelimited"
            })
    void whatSomebodyCanMendIsTriedAgain(String error) {
        slack.away(Response.json(200, "{\"ok\":false,\"error\":\"" + error + "\"}"));
        var failed = assertInstanceOf(
                Delivery.Failed.class,
                messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
        assertEquals("Slack answered chat.postMessage with " + error, failed.fault());
        assertFalse(failed.doubtful());
        assertEquals(
                Optional.of("Slack answered auth.test with " + error),
                messenger().obstacle(transport()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_blocks", "msg_too_long"})
    void whatIsWrongWithAMessageStaysWrong(String error) {
        slack.away(Response.json(200, "{\"ok\":false,\"error\":\"" + error + "\"}"));
        assertInstanceOf(
                Delivery.Refused.class,
                messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"ok\":\"maybe\"}", "null"})
    void anAnswerThatIsNotSlacksIsTriedAgain(String body) {
        slack.away(Response.json(200, body));
        assertInstanceOf(
                Delivery.Failed.class,
                messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
    }
}
