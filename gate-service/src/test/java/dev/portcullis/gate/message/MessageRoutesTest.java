package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.message.MessageRoutes.Addressee;
import dev.portcullis.kit.identity.ServiceGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MessageRoutesTest {
    private static MessageRoute route(
            String services, Set<MessageEvent> events, MessageSeverity severity, String... who) {
        return new MessageRoute(
                new ServiceGroup(List.of(services)),
                events,
                List.of(who),
                Map.of(MessageEvent.RELEASE_ABORTED, severity));
    }

    @Test
    void whoIsNamedByTwoRoutesIsToldOnceAndMoreUrgently() {
        var routes = new MessageRoutes(List.of(
                route("*", Set.of(MessageEvent.RELEASE_ABORTED), MessageSeverity.SEV4, "all", "both"),
                route("pay*", Set.of(MessageEvent.RELEASE_ABORTED), MessageSeverity.SEV2, "both"),
                route("payments", Set.of(MessageEvent.RELEASE_PROMOTED), MessageSeverity.SEV1, "both", "other")));
        assertEquals(
                List.of(
                        new Addressee("all", true, MessageSeverity.SEV4),
                        new Addressee("both", true, MessageSeverity.SEV2),
                        new Addressee("other", false, MessageSeverity.SEV1)),
                List.copyOf(routes.addressees("payments", MessageEvent.RELEASE_ABORTED)));
        assertEquals(
                List.of(
                        new Addressee("all", true, MessageSeverity.SEV4),
                        new Addressee("both", true, MessageSeverity.SEV4)),
                List.copyOf(routes.addressees("checkout", MessageEvent.RELEASE_ABORTED)));
        assertEquals(List.of(), List.copyOf(MessageRoutes.NONE.addressees("a", MessageEvent.RELEASE_ABORTED)));
    }
}
