package dev.portcullis.gate.message.webhook;

import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.MessengerKind;
import dev.portcullis.gate.message.MessengerSettings;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;

/** The reader of {@code webhook}. Stateless. */
public final class WebhookKind implements MessengerKind {
    private static final String FORMAT = "format";
    private static final String SOURCE = "source";
    private static final String ENVIRONMENT = "environment";
    private static final String CLOUD_EVENTS = "cloudevents";
    private static final String CD_EVENTS = "cdevents";
    private static final String SOURCES = "a URI reference without blanks, 1 to 200 characters";

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Messenger read(String receiver, YamlMapping settings) {
        var url = MessengerSettings.addressWithQuery(settings, "url");
        var secret = MessengerSettings.optionalSecretFile(settings, "secretFile");
        var format = settings.choice(FORMAT, CLOUD_EVENTS, List.of(CLOUD_EVENTS, CD_EVENTS));
        settings.describe(SOURCE, "", SOURCES);
        var source = settings.text(SOURCE, "/portcullis");
        if (!source.matches("[\\x21-\\x7e]{1,200}")) {
            settings.fault(SOURCE, settings.path(SOURCE) + " is '" + source + "'; legal: " + SOURCES);
        }
        var environment = settings.text(ENVIRONMENT, "production");
        if (!format.equals(CD_EVENTS) && settings.has(ENVIRONMENT)) {
            settings.fault(ENVIRONMENT, settings.path(ENVIRONMENT) + " is for format " + CD_EVENTS);
        }
        EventFormat events = format.equals(CD_EVENTS) ? new CdEvents(source, environment) : new CloudEvents(source);
        return new WebhookMessenger(receiver, url, secret, events);
    }
}
