package dev.portcullis.kit.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How people sign in to the console with a browser: by OpenID Connect's authorization code flow, with one of the issuers whose JWTs are taken.
 *
 * @param issuer who says who they are
 * @param clientId what the console is called there
 * @param clientSecretFile file of the secret that it shares with him; empty for a client that has none and is known by PKCE and its address alone
 * @param publicUrl where browsers find the console, without a path
 * @param scopes what the issuer is asked to tell; {@code openid} is among them
 * @param userInfo whether he is also asked for what he does not say in the ID token
 * @param lifetime how long a session lasts, however much it is used
 * @param idle how long one lasts that is not used
 */
public record SignIn(
        AccessRules.Issuer issuer,
        String clientId,
        Optional<Path> clientSecretFile,
        URI publicUrl,
        List<String> scopes,
        boolean userInfo,
        Duration lifetime,
        Duration idle) {
    public SignIn {
        scopes = List.copyOf(scopes);
    }

    /** Whether browsers come by TLS; if not, only from this machine. */
    public boolean isSecure() {
        return "https".equals(publicUrl.getScheme());
    }
}
