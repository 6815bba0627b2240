package dev.portcullis.kit.identity;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who makes a call, as his credentials say, and what he may do. Never what he says of himself.
 *
 * @param kind how he is known
 * @param issuer who vouches for him: the issuer of a JWT or of a certificate, "portcullis" for anybody else
 * @param subject who he is to that issuer, always the same for one caller; 1 to 253 characters, none of them a control character
 * @param name what records and people call him; of the same form as the subject, and the subject itself where nothing better is known
 * @param grants what he may do; empty for a caller who is known and may do nothing
 * @param groups of whoever vouches for him, that he is in; names of the form of the subject. Not told to other services
 */
public record Caller(Kind kind, String issuer, String subject, String name, List<Grant> grants, List<String> groups) {
    /** How a caller is known. */
    public enum Kind {
        /** Not at all: no identity is configured, and only this machine can call. */
        LOCAL,
        /** By a token of the configuration. */
        TOKEN,
        /** By a JWT of a configured issuer. */
        JWT,
        /** By a client certificate. */
        CERTIFICATE,
        /** As another service of this Portcullis. */
        PEER
    }

    /** The issuer of whoever no other party vouches for. */
    public static final String PORTCULLIS = "portcullis";

    /** Whoever calls where no identity is configured: may do everything. */
    public static final Caller LOCAL = new Caller(
            Kind.LOCAL,
            PORTCULLIS,
            "local",
            "local",
            Stream.of(Role.values())
                    .map(role -> new Grant(role, ServiceGroup.ALL))
                    .toList());

    public Caller {
        grants = List.copyOf(grants);
        groups = List.copyOf(groups);
    }

    /** One who is in no group. */
    public Caller(Kind kind, String issuer, String subject, String name, List<Grant> grants) {
        this(kind, issuer, subject, name, grants, List.of());
    }

    /** Whether he may do what needs a role with a service. */
    public boolean may(Role role, String service) {
        return grants.stream().anyMatch(grant -> grant.allows(role, service));
    }

    /** Whether he may do what needs a role with every service there is. */
    public boolean mayEverywhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.allowsEverywhere(role));
    }

    /** Whether he may do what needs a role with some service or other. */
    public boolean maySomewhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.role().includes(role));
    }
}
