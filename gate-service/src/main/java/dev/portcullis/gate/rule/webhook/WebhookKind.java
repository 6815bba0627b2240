package dev.portcullis.gate.rule.webhook;

import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The reader of {@code webhook}. Thread-safe. */
public final class WebhookKind implements PromotionRuleKind {
    private static final String URL = "url";
    private static final String ADDRESS = "an http or https address without user, password and fragment";
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(20);

    private final WebhookMemory memory;

    /** @param memory which the rules ask */
    public WebhookKind(WebhookMemory memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(URL, "", ADDRESS);
        var text = settings.text(URL);
        var url = address(text);
        if (url.isEmpty() && !text.isEmpty()) {
            // Not shown: it may have a password in it.
            settings.fault(URL, settings.path(URL) + " is not legal; legal: " + ADDRESS);
        }
        var timeout = settings.duration("timeout", USUAL_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return new WebhookRule(name, url.orElse(URI.create("http://localhost")), timeout, memory);
    }

    private static Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return Optional.of(uri)
                    .filter(one -> scheme.equals("http") || scheme.equals("https"))
                    .filter(one ->
                            one.getHost() != null && one.getRawUserInfo() == null && one.getRawFragment() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
