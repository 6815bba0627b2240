package dev.portcullis.gate.message;

import dev.portcullis.kit.identity.ServiceGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told what of which services.
 *
 * @param services whose releases it is about
 * @param events what is told
 * @param receivers names of those who are told
 * @param severities of events where they are not the usual ones
 */
public record MessageRoute(
        ServiceGroup services,
        Set<MessageEvent> events,
        List<String> receivers,
        Map<MessageEvent, MessageSeverity> severities) {
    public MessageRoute {
        events = Set.copyOf(events);
        receivers = List.copyOf(receivers);
        severities = Map.copyOf(severities);
    }

    MessageSeverity severity(MessageEvent event) {
        return severities.getOrDefault(event, event.usualSeverity());
    }
}
