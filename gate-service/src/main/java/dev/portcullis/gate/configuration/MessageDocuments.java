package dev.portcullis.gate.configuration;

import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageReceiver;
import dev.portcullis.gate.message.MessageRoute;
import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.MessengerKind;
import dev.portcullis.gate.message.pagerduty.PagerDutyKind;
import dev.portcullis.gate.message.slack.SlackKind;
import dev.portcullis.gate.message.webhook.WebhookKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.identity.ServiceGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reader of the documents of kinds MessageReceiver and MessageRoute. Stateless. */
public final class MessageDocuments {
    private static final String RECEIVER = "MessageReceiver";
    private static final String ROUTE = "MessageRoute";
    private static final String SERVICES = "services";
    private static final String RECEIVERS = "receivers";
    private static final String EVENTS = "events";
    private static final String NAMES = "1 to 63 letters, digits, '.', '_' and '-'";
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(30);

    /** A new kind of messenger is a line here. */
    private static final List<MessengerKind> KINDS = List.of(new SlackKind(), new PagerDutyKind(), new WebhookKind());

    private MessageDocuments() {}

    /**
     * What they say; of no use when a fault was recorded.
     *
     * @param services that have a policy: a route that is for none of them is a fault, since it tells nobody anything
     */
    static MessageBook parse(List<ConfigurationDocument> documents, Set<String> services, Faults faults) {
        var receivers = receivers(documents, faults);
        var routes = documents.stream()
                .filter(document -> document.kind().equals(ROUTE))
                .map(document -> route(document.spec(), services, receivers.keySet(), faults))
                .toList();
        return new MessageBook(receivers, new MessageRoutes(routes));
    }

    /** The receivers alone, by name. */
    public static Map<String, MessageReceiver> receivers(List<ConfigurationDocument> documents, Faults faults) {
        Map<String, MessageReceiver> receivers = new TreeMap<>();
        for (var document : documents) {
            if (document.kind().equals(RECEIVER)) {
                receiver(document, faults).ifPresent(receiver -> receivers.put(receiver.name(), receiver));
            }
        }
        return receivers;
    }

    private static Optional<MessageReceiver> receiver(ConfigurationDocument document, Faults faults) {
        var spec = document.spec();
        var name = document.name();
        if (!name.matches("[A-Za-z0-9._-]{1,63}")) {
            faults.add(document.root(), "metadata.name is '" + name + "'; legal for a MessageReceiver: " + NAMES);
        }
        var age = spec.duration("giveUpAfter", MessageReceiver.USUAL_AGE, SHORTEST, LONGEST);
        List<Messenger> messengers = new ArrayList<>();
        for (var kind : KINDS) {
            spec.mapping(kind.name()).ifPresent(settings -> {
                messengers.add(kind.read(name, settings));
                settings.rejectUnknown();
            });
        }
        spec.rejectUnknown();
        if (messengers.size() != 1) {
            var legal = KINDS.stream().map(MessengerKind::name).collect(Collectors.joining(", "));
            faults.add(spec, "spec has " + messengers.size() + " ways to the receiver; legal: one of " + legal);
        }
        return messengers.stream().findFirst().map(way -> new MessageReceiver(name, age, way));
    }

    private static MessageRoute route(YamlMapping spec, Set<String> services, Set<String> receivers, Faults faults) {
        var route = new MessageRoute(
                services(spec, services), events(spec), receivers(spec, receivers, faults), severities(spec));
        spec.rejectUnknown();
        return route;
    }

    private static ServiceGroup services(YamlMapping spec, Set<String> known) {
        spec.describe(SERVICES, "[\"*\"]", "names of services, * for any characters");
        var patterns = spec.texts(SERVICES);
        for (var pattern : patterns) {
            var one = new ServiceGroup(List.of(pattern));
            if (!one.isAll() && known.stream().noneMatch(one::contains)) {
                spec.fault(SERVICES, "spec.services names '" + pattern + "', which no ReleasePolicy is for");
            }
        }
        return patterns.isEmpty() ? ServiceGroup.ALL : new ServiceGroup(patterns);
    }

    private static List<String> receivers(YamlMapping spec, Collection<String> known, Faults faults) {
        spec.describe(RECEIVERS, "required", "names of MessageReceivers, one or more");
        var names = spec.texts(RECEIVERS);
        if (names.isEmpty()) {
            faults.add(spec, "spec.receivers is missing or empty; legal: names of MessageReceivers, one or more");
        }
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> spec.fault(
                        RECEIVERS, "spec.receivers names '" + name + "', which no MessageReceiver is called"));
        return names;
    }

    private static Set<MessageEvent> events(YamlMapping spec) {
        var usual = MessageEvent.words(MessageEvent.forPeople());
        spec.describe(EVENTS, "[" + String.join(", ", usual) + "]", String.join(", ", MessageEvent.words()));
        var events = EnumSet.noneOf(MessageEvent.class);
        for (var word : spec.texts(EVENTS)) {
            MessageEvent.of(word)
                    .ifPresentOrElse(
                            events::add,
                            () -> spec.fault(
                                    EVENTS,
                                    "spec.events has '" + word + "'; legal: "
                                            + String.join(", ", MessageEvent.words())));
        }
        return events.isEmpty() ? MessageEvent.forPeople() : events;
    }

    private static Map<MessageEvent, MessageSeverity> severities(YamlMapping spec) {
        Map<MessageEvent, MessageSeverity> severities = new EnumMap<>(MessageEvent.class);
        var mapping = spec.optionalMapping("severities").named("event");
        for (var key : mapping.keys()) {
            mapping.describe(key, "that of the event", "");
            var severity = mapping.choice(key, MessageSeverity.words()).map(MessageSeverity::valueOf);
            var event = MessageEvent.of(key);
            if (event.isEmpty()) {
                mapping.fault(
                        key, mapping.path(key) + " is no event; legal: " + String.join(", ", MessageEvent.words()));
            }
            event.ifPresent(known -> severity.ifPresent(level -> severities.put(known, level)));
        }
        return severities;
    }
}
