package dev.portcullis.gate.message;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** All routes of the configuration folder. Immutable. */
public record MessageRoutes(List<MessageRoute> routes) {
    /** Nobody is told anything. */
    public static final MessageRoutes NONE = new MessageRoutes(List.of());

    public MessageRoutes {
        routes = List.copyOf(routes);
    }

    /**
     * Somebody who may be told of an event.
     *
     * @param receiver name of the receiver
     * @param wanted whether a route wants that; else only what he was told before makes him hear of it
     * @param severity the most urgent one of the routes
     */
    public record Addressee(String receiver, boolean wanted, MessageSeverity severity) {
        private Addressee and(Addressee other) {
            if (wanted != other.wanted) {
                return wanted ? this : other;
            }
            return new Addressee(receiver, wanted, severity.and(other.severity));
        }
    }

    /** Who may be told of an event of a service; each receiver once, in alphabetical order. */
    public Collection<Addressee> addressees(String service, MessageEvent event) {
        var found = new TreeMap<String, Addressee>();
        for (var route : routes) {
            if (route.services().contains(service)) {
                var wanted = route.events().contains(event);
                route.receivers()
                        .forEach(name ->
                                found.merge(name, new Addressee(name, wanted, route.severity(event)), Addressee::and));
            }
        }
        return found.values();
    }
}
