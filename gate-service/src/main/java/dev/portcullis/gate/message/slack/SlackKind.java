package dev.portcullis.gate.message.slack;

import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.MessengerKind;
import dev.portcullis.gate.message.MessengerSettings;
import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of {@code slack}. Stateless. */
public final class SlackKind implements MessengerKind {
    private static final String CHANNEL = "channel";
    private static final String CHANNELS =
            "the id of a channel, such as C0123456789; Slack shows it in the channel's details";
    private static final String API = "https://slack.com/api";

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Messenger read(String receiver, YamlMapping settings) {
        settings.describe(CHANNEL, "", CHANNELS);
        var channel = settings.text(CHANNEL);
        // A name is no key: it changes, and chat.update does not take it.
        if (!channel.isEmpty() && !channel.matches("[CG][A-Z0-9]{5,20}")) {
            settings.fault(CHANNEL, settings.path(CHANNEL) + " is '" + channel + "'; legal: " + CHANNELS);
        }
        return new SlackMessenger(
                receiver,
                channel,
                MessengerSettings.secretFile(settings, "tokenFile"),
                MessengerSettings.address(settings, "apiUrl", API).toString());
    }
}
