package dev.portcullis.kit.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;

/** The discovery document of an issuer (OpenID Connect Discovery 1.0), which says where he does what. Immutable. */
final class IssuerDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final URI address;
    private final JsonNode content;

    private IssuerDocument(URI address, JsonNode content) {
        this.address = address;
        this.content = content;
    }

    /**
     * Fetches that of an issuer.
     *
     * @throws IOException when it cannot be had, or is none of his
     */
    static IssuerDocument fetch(Issuer issuer, KeyDocuments documents) throws IOException {
        var base = issuer.issuer().toString();
        var address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + DISCOVERY);
        try {
            var content = JSON.readTree(documents.fetch(issuer, address));
            if (!base.equals(content.path("issuer").asText())) {
                throw new IOException(address + " is that of another issuer");
            }
            return new IssuerDocument(address, content);
        } catch (JsonProcessingException e) {
            throw new IOException(address + " answered with something else than JSON", e);
        }
    }

    /** Where his keys are. */
    URI keys() throws IOException {
        return address("jwks_uri", IssuerAddress::isLegal);
    }

    /** Where people are sent who are to say who they are. */
    URI authorization() throws IOException {
        return address("authorization_endpoint", IssuerAddress::isLegalWithQuery);
    }

    /** Where a code becomes a token. */
    URI token() throws IOException {
        return address("token_endpoint", IssuerAddress::isLegalWithQuery);
    }

    /** Where he tells more of whom a token is of. */
    URI userInfo() throws IOException {
        return address("userinfo_endpoint", IssuerAddress::isLegalWithQuery);
    }

    /** Whether he takes the secret of a client in the header, as he does where the document says nothing. */
    boolean takesSecretInHeader() {
        var methods = content.path("token_endpoint_auth_methods_supported");
        if (!methods.isArray()) {
            return true;
        }
        for (var method : methods) {
            if (method.asText().equals("client_secret_basic")) {
                return true;
            }
        }
        return false;
    }

    private URI address(String name, Predicate<URI> legal) throws IOException {
        try {
            var uri = URI.create(content.path(name).asText());
            if (legal.test(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IOException(address + " names no legal " + name);
    }
}
