package dev.portcullis.kit.identity;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.text.RequestName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The reader of the documents of kind Access. Stateless. */
public final class AccessDocuments {
    private static final String KIND = "Access";
    private static final String SHA256 = "64 hexadecimal digits in lower case, as ./portcullis token new prints them";
    private static final String DATE = "a date such as 2027-01-31, whose day is the last in UTC";
    private static final String ADDRESS =
            "an https address without user, query and fragment; http only on a loopback address";
    private static final String ABSOLUTE = "an absolute path";
    private static final String PATTERNS = "names of services, * for any characters; at least one";
    private static final String CLAIMS = "at least one: what a claim has to be, * for any characters";
    private static final String CONDITION =
            "an expression of CEL over claims that is true or false, e.g. claims.ref == 'refs/heads/main'";
    private static final String ROLES = "one or more of " + String.join(", ", Role.words());
    private static final String GROUPS = "names of groups";
    private static final Pattern SHA256_FORM = Pattern.compile("[0-9a-f]{64}");

    /** While one replaces the other. */
    private static final int TOKENS_OF_A_NAME = 2;

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);
    private static final Duration MOST_INTERVAL = Duration.ofMinutes(10);

    private AccessDocuments() {}

    /** What all documents of the kind say together; of use only while there are no faults. */
    public static AccessRules parse(Collection<ConfigurationDocument> documents, Faults faults) {
        List<Token> tokens = new ArrayList<>();
        List<Issuer> issuers = new ArrayList<>();
        List<CertificateRule> certificates = new ArrayList<>();
        var configured = false;
        var seen = new Seen(faults);
        for (var document : documents) {
            if (document.kind().equals(KIND)) {
                configured = true;
                read(document.spec(), seen, tokens, issuers, certificates, faults);
            }
        }
        return new AccessRules(configured, tokens, issuers, certificates, seen.signIn.read(issuers));
    }

    /** What may not be there twice in all documents. */
    private static final class Seen {
        private final Map<String, Integer> names = new HashMap<>();
        private final Set<String> digests = new HashSet<>();
        private final Set<String> issuers = new HashSet<>();
        private final CertificateSection certificates;
        private final SignInSection signIn;

        Seen(Faults faults) {
            this.certificates = new CertificateSection(faults);
            this.signIn = new SignInSection(faults);
        }
    }

    private static void read(
            YamlMapping spec,
            Seen seen,
            List<Token> tokens,
            List<Issuer> issuers,
            List<CertificateRule> certificates,
            Faults faults) {
        for (var item : spec.mappings("tokens")) {
            tokens.add(token(item, seen));
        }
        for (var item : spec.mappings("issuers")) {
            issuers.add(issuer(item, seen, faults));
        }
        for (var item : spec.mappings("certificates")) {
            certificates.add(seen.certificates.read(item));
        }
        seen.signIn.add(spec);
        if (!spec.has("console")
                && spec.mappings("tokens").isEmpty()
                && spec.mappings("issuers").isEmpty()
                && spec.mappings("certificates").isEmpty()) {
            faults.add(
                    spec,
                    "spec has neither tokens nor issuers nor certificates, so nobody could call; legal: at least one of"
                            + " them");
        }
        spec.rejectUnknown();
    }

    private static Token token(YamlMapping item, Seen seen) {
        var name = name(item, "name");
        if (!name.isEmpty() && seen.names.merge(name, 1, Integer::sum) > TOKENS_OF_A_NAME) {
            item.fault(
                    "name",
                    item.path("name") + " is that of a third token; keep two at most, the old one and the new one");
        }
        item.describe("sha256", "", SHA256);
        var digest = item.text("sha256");
        if (!digest.isEmpty() && !SHA256_FORM.matcher(digest).matches()) {
            // Not shown: it may be the token itself.
            item.fault("sha256", item.path("sha256") + " is not legal; legal: " + SHA256);
        } else if (!digest.isEmpty() && !seen.digests.add(digest)) {
            item.fault("sha256", item.path("sha256") + " is that of another token too; keep one");
        }
        var end = end(item);
        var grants = grants(item);
        var groups = groups(item);
        item.rejectUnknown();
        return new Token(name, digest, grants, groups, end);
    }

    private static Instant end(YamlMapping item) {
        item.describe("expires", "", DATE);
        var text = item.text("expires");
        try {
            return LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            if (!text.isEmpty()) {
                item.fault("expires", item.path("expires") + " is '" + text + "'; legal: " + DATE);
            }
            return Instant.EPOCH;
        }
    }

    private static Issuer issuer(YamlMapping item, Seen seen, Faults faults) {
        var issuer = requiredAddress(item, "issuer");
        if (!seen.issuers.add(issuer.toString()) && !issuer.toString().isEmpty()) {
            item.fault("issuer", item.path("issuer") + " is already declared; keep one, with the grants of both");
        }
        var audience = name(item, "audience");
        item.describe("keysUrl", "what the discovery document of the issuer names", ADDRESS);
        var keys = item.optionalText("keysUrl").flatMap(text -> address(item, "keysUrl", text));
        var authorities = path(item, "caFile");
        var nameClaim = item.text("nameClaim", "sub");
        var groupsClaim = item.text("groupsClaim", "groups");
        var interval = item.duration("keysInterval", USUAL_INTERVAL, LEAST_INTERVAL, MOST_INTERVAL);
        item.describe("grants", "required", "one or more");
        List<ClaimRule> rules = new ArrayList<>();
        for (var grant : item.mappings("grants")) {
            rules.add(rule(grant, faults));
        }
        if (rules.isEmpty()) {
            faults.add(item, item.path("grants") + " is missing or empty; legal: one or more");
        }
        item.rejectUnknown();
        return new Issuer(issuer, audience, keys, authorities, nameClaim, groupsClaim, interval, rules);
    }

    private static ClaimRule rule(YamlMapping item, Faults faults) {
        item.describe("claims", "required without condition", CLAIMS);
        var claims = item.textMap("claims");
        item.describe("condition", "required without claims", CONDITION);
        var written = item.optionalText("condition");
        var condition = written.flatMap(text -> condition(item, text));
        if (claims.isEmpty() && written.isEmpty()) {
            // Whoever forgets them would let in everybody that a public issuer vouches for.
            faults.add(
                    item,
                    item.path("claims") + " is missing or empty, and there is no condition; legal: " + CLAIMS
                            + "; sub: '*' stands for everybody the issuer vouches for");
        }
        var grants = grants(item);
        item.rejectUnknown();
        return new ClaimRule(claims, condition, grants);
    }

    private static Optional<ClaimCondition> condition(YamlMapping item, String text) {
        try {
            return Optional.of(ClaimCondition.of(text));
        } catch (IllegalExpressionException e) {
            item.fault(
                    "condition", item.path("condition") + " is not legal: " + e.getMessage() + "; legal: " + CONDITION);
            return Optional.empty();
        }
    }

    /** Each of the roles for each of the services. */
    static List<Grant> grants(YamlMapping item) {
        item.describe("roles", "required", ROLES);
        item.describe("services", "required", PATTERNS);
        var words = item.texts("roles");
        var patterns = item.texts("services");
        if (words.isEmpty()) {
            item.fault("roles", item.path("roles") + " is missing or empty; legal: " + ROLES);
        }
        if (patterns.isEmpty()) {
            item.fault("services", item.path("services") + " is missing or empty; legal: " + PATTERNS);
        }
        var services = new ServiceGroup(patterns);
        List<Grant> grants = new ArrayList<>();
        for (var word : words) {
            Role.of(word)
                    .ifPresentOrElse(
                            role -> grants.add(new Grant(role, services)),
                            () -> item.fault("roles", item.path("roles") + " has '" + word + "'; legal: " + ROLES));
        }
        return grants;
    }

    /** The groups that somebody is in. */
    static List<String> groups(YamlMapping item) {
        item.describe("groups", "[]", GROUPS);
        var groups = item.texts("groups");
        groups.forEach(group -> RequestName.fault(group)
                .ifPresent(fault -> item.fault("groups", item.path("groups") + " has one that " + fault)));
        return groups;
    }

    private static String name(YamlMapping item, String key) {
        var name = item.text(key);
        RequestName.fault(name).ifPresent(fault -> item.fault(key, item.path(key) + " " + fault));
        return name;
    }

    private static URI requiredAddress(YamlMapping item, String key) {
        item.describe(key, "", ADDRESS);
        var text = item.text(key);
        return text.isEmpty() ? URI.create("") : address(item, key, text).orElse(URI.create(""));
    }

    private static Optional<URI> address(YamlMapping item, String key, String text) {
        try {
            var uri = new URI(text);
            if (IssuerAddress.isLegal(uri)) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        // Not shown: it may have a password in it.
        item.fault(key, item.path(key) + " is not legal; legal: " + ADDRESS);
        return Optional.empty();
    }

    /** The path of a file that a key may name. */
    static Optional<Path> path(YamlMapping item, String key) {
        item.describe(key, "", ABSOLUTE);
        return item.optionalText(key).flatMap(text -> path(item, key, text));
    }

    private static Optional<Path> path(YamlMapping item, String key, String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        item.fault(key, item.path(key) + " is '" + text + "'; legal: " + ABSOLUTE);
        return Optional.empty();
    }
}
