package dev.portcullis.kit.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Set;

/**
 * Somebody who has signed in, as his issuer has vouched for him. What he may do follows from it by the rules of the moment, so it is kept and they are not.
 *
 * @param issuer who vouches
 * @param subject who he is to that issuer
 * @param claims all that the issuer says of him, as a JSON object
 */
public record IdentityClaims(String issuer, String subject, String claims) {
    /** An issuer who lists hundreds of groups says more. */
    private static final int MOST_BYTES = 32 * 1024;

    /** What was for the one sign-in alone. */
    private static final Set<String> PASSING = Set.of("nonce", "at_hash", "c_hash", "s_hash", "jti");

    /** Those of an ID token that was verified. */
    static IdentityClaims of(JWTClaimsSet claims) throws CallRefusedException {
        var kept = new JWTClaimsSet.Builder();
        claims.getClaims().forEach((name, value) -> {
            if (!PASSING.contains(name)) {
                kept.claim(name, value);
            }
        });
        var bytes = kept.build().toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw CallRefusedException.credentials("the ID token says more than " + MOST_BYTES
                    + " bytes of its subject; have the issuer send fewer claims, or fewer groups");
        }
        // Back from the bytes, by which halves of characters are gone: nothing could keep them.
        return new IdentityClaims(claims.getIssuer(), claims.getSubject(), new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The same with what the issuer says elsewhere and not in the ID token (OpenID Connect Core 1.0, section 5.3.2).
     *
     * @param userInfo a JSON object
     */
    IdentityClaims and(String userInfo) throws CallRefusedException {
        try {
            var more = JWTClaimsSet.parse(userInfo);
            if (!subject.equals(more.getSubject())) {
                throw CallRefusedException.credentials("the user info is of another subject than the ID token");
            }
            var both = new JWTClaimsSet.Builder(more);
            read().getClaims().forEach(both::claim);
            return of(both.build());
        } catch (ParseException e) {
            throw CallRefusedException.credentials("the user info is no JSON object of claims");
        }
    }

    JWTClaimsSet read() throws CallRefusedException {
        try {
            return JWTClaimsSet.parse(claims);
        } catch (ParseException e) {
            throw CallRefusedException.credentials("what is kept of the sign-in cannot be read");
        }
    }

    @Override
    public String toString() {
        return subject + " of " + issuer;
    }
}
