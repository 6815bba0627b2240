package dev.portcullis.kit.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may call, as the documents of kind Access in the configuration folder have it together.
 *
 * @param configured whether there is such a document: without one nobody is asked who he is
 * @param tokens static tokens
 * @param issuers whose JWTs are taken
 * @param certificates whose client certificates are taken
 * @param signIn how people sign in to the console; empty when they show a token there
 */
public record AccessRules(
        boolean configured,
        List<Token> tokens,
        List<Issuer> issuers,
        List<CertificateRule> certificates,
        Optional<SignIn> signIn) {
    /** What holds where no document says anything. */
    public static final AccessRules NONE = new AccessRules(false, List.of(), List.of(), List.of());

    public AccessRules {
        tokens = List.copyOf(tokens);
        issuers = List.copyOf(issuers);
        certificates = List.copyOf(certificates);
    }

    /** Those where nobody signs in. */
    public AccessRules(
            boolean configured, List<Token> tokens, List<Issuer> issuers, List<CertificateRule> certificates) {
        this(configured, tokens, issuers, certificates, Optional.empty());
    }

    /**
     * A static token.
     *
     * @param name who has it; two tokens may have one name, so that one can replace the other while both are good
     * @param sha256 of its text, in 64 hexadecimal digits
     * @param grants what its holder may do
     * @param groups that its holder is in
     * @param end when it is no longer good
     */
    public record Token(String name, String sha256, List<Grant> grants, List<String> groups, Instant end) {
        public Token {
            grants = List.copyOf(grants);
            groups = List.copyOf(groups);
        }

        /** One whose holder is in no group. */
        public Token(String name, String sha256, List<Grant> grants, Instant end) {
            this(name, sha256, grants, List.of(), end);
        }
    }

    /**
     * An OpenID Connect provider, or anybody else who signs JWTs and publishes his keys.
     *
     * @param issuer what {@code iss} has to be, exactly
     * @param audience what {@code aud} has to contain
     * @param keys the address of his keys (JWKS); empty: his discovery document names it
     * @param authorities PEM file of the authorities that are trusted for his addresses; empty: those of the Java runtime
     * @param nameClaim the claim that records and people call a caller by
     * @param groupsClaim the claim that has the groups a caller is in, one or several
     * @param keysInterval the least time between two requests for his keys
     * @param rules who of those he vouches for may do what
     */
    public record Issuer(
            URI issuer,
            String audience,
            Optional<URI> keys,
            Optional<Path> authorities,
            String nameClaim,
            String groupsClaim,
            Duration keysInterval,
            List<ClaimRule> rules) {
        public Issuer {
            rules = List.copyOf(rules);
        }
    }

    /**
     * What callers with certain claims may do.
     *
     * @param claims patterns by name of the claim, which all have to match; of a claim with several values one has to
     * @param condition what has to hold besides; empty for nothing
     * @param grants what such callers may do
     */
    public record ClaimRule(Map<String, String> claims, Optional<ClaimCondition> condition, List<Grant> grants) {
        public ClaimRule {
            claims = Map.copyOf(claims);
            grants = List.copyOf(grants);
        }
    }
}
