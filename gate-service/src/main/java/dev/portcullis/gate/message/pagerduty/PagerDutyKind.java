package dev.portcullis.gate.message.pagerduty;

import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.MessengerKind;
import dev.portcullis.gate.message.MessengerSettings;
import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of {@code pagerDuty}. Stateless. */
public final class PagerDutyKind implements MessengerKind {
    private static final String API = "https://events.pagerduty.com";

    @Override
    public String name() {
        return "pagerDuty";
    }

    @Override
    public Messenger read(String receiver, YamlMapping settings) {
        return new PagerDutyMessenger(
                receiver,
                MessengerSettings.secretFile(settings, "routingKeyFile"),
                MessengerSettings.address(settings, "apiUrl", API).toString());
    }
}
