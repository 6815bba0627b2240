package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.exchange.ExchangeKeys;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Map;
import java.util.TreeMap;

/** The reader of {@code target: webhook}. */
public final class WebhookKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "webhook";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        Map<String, String> values = new TreeMap<>();
        ExchangeKeys.address(section, WebhookSettings.URL, values);
        ExchangeKeys.address(section, WebhookSettings.READ_BACK, values);
        ExchangeKeys.token(section, values);
        ExchangeKeys.timeout(section, values);
        // One switch may serve many services.
        var identity = NAME + " " + service + " " + values.getOrDefault(WebhookSettings.URL, "");
        return new TargetSettings(NAME, identity, values);
    }
}
