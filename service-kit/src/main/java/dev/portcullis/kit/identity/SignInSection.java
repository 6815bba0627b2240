package dev.portcullis.kit.identity;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of spec.console in documents of kind Access, of which one may have it. */
final class SignInSection {
    private static final String ISSUER = "an issuer of spec.issuers, of this document or another";
    private static final String CLIENT = "1 to 253 printable ASCII characters without blanks";
    private static final String PUBLIC = "an https address without path, user, query and fragment, such as"
            + " https://gate.example; http only on a loopback address";
    private static final String SCOPES = "names without blanks; openid has to be among them";
    private static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");
    private static final Pattern CLIENT_FORM = Pattern.compile("[\\x21-\\x7e]{1,253}");
    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE_FORM = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(5);
    private static final Duration USUAL_LIFETIME = Duration.ofHours(8);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);
    private static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);
    private static final Duration USUAL_IDLE = Duration.ofHours(1);

    private final Faults faults;
    private @Nullable YamlMapping found;

    SignInSection(Faults faults) {
        this.faults = faults;
    }

    /** Takes note of the section of one document. */
    void add(YamlMapping spec) {
        var console = spec.mapping("console");
        if (console.isEmpty()) {
            return;
        }
        var signIn = console.get().requiredMapping("signIn");
        console.get().rejectUnknown();
        if (found != null) {
            faults.add(signIn, console.get().path("signIn") + " is in another document too; keep one");
        }
        found = signIn;
    }

    /**
     * What it says; empty when no document has it, or its issuer is none.
     *
     * @param issuers those of all documents
     */
    Optional<SignIn> read(List<Issuer> issuers) {
        return Optional.ofNullable(found).flatMap(item -> read(item, issuers));
    }

    private static Optional<SignIn> read(YamlMapping item, List<Issuer> issuers) {
        item.describe("issuer", "", ISSUER);
        var named = item.text("issuer");
        var issuer = issuers.stream()
                .filter(known -> known.issuer().toString().equals(named))
                .findFirst();
        if (issuer.isEmpty() && !named.isEmpty()) {
            // Not shown: it may have a password in it.
            item.fault("issuer", item.path("issuer") + " is none that spec.issuers names; legal: " + ISSUER);
        }
        var client = form(item, "clientId", CLIENT_FORM, CLIENT);
        var secret = AccessDocuments.path(item, "clientSecretFile");
        var address = publicUrl(item);
        var scopes = scopes(item);
        var userInfo = item.flag("userInfo", false);
        var lifetime = item.duration("lifetime", USUAL_LIFETIME, SHORTEST_LIFETIME, LONGEST_LIFETIME);
        var idle = idle(item, lifetime);
        item.rejectUnknown();
        return issuer.map(known -> new SignIn(known, client, secret, address, scopes, userInfo, lifetime, idle));
    }

    private static String form(YamlMapping item, String key, Pattern form, String legal) {
        item.describe(key, "", legal);
        var text = item.text(key);
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            item.fault(key, item.path(key) + " is not legal; legal: " + legal);
        }
        return text;
    }

    private static URI publicUrl(YamlMapping item) {
        item.describe("publicUrl", "", PUBLIC);
        var text = item.text("publicUrl");
        try {
            var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (IssuerAddress.isLegal(uri) && uri.getRawPath().isEmpty()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        if (!text.isEmpty()) {
            // Not shown: it may have a password in it.
            item.fault("publicUrl", item.path("publicUrl") + " is not legal; legal: " + PUBLIC);
        }
        return URI.create("");
    }

    private static List<String> scopes(YamlMapping item) {
        item.describe("scopes", "[openid, profile, email]", SCOPES);
        var scopes = item.texts("scopes");
        if (!item.has("scopes")) {
            return USUAL_SCOPES;
        }
        if (!scopes.contains("openid")
                || !scopes.stream().allMatch(scope -> SCOPE_FORM.matcher(scope).matches())) {
            item.fault("scopes", item.path("scopes") + " is " + scopes + "; legal: " + SCOPES);
        }
        return scopes;
    }

    private static Duration idle(YamlMapping item, Duration lifetime) {
        item.describe("idle", "1h, or lifetime where that is less", "1m to lifetime");
        return item.duration("idle", SHORTEST_IDLE, LONGEST_LIFETIME)
                .map(idle -> {
                    if (idle.compareTo(lifetime) > 0) {
                        item.fault(
                                "idle",
                                item.path("idle") + " is longer than " + item.path("lifetime")
                                        + ", which ends every session; legal: 1m to lifetime");
                    }
                    return idle;
                })
                .orElse(USUAL_IDLE.compareTo(lifetime) < 0 ? USUAL_IDLE : lifetime);
    }
}
