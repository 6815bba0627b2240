package dev.portcullis.kit.identity;

import java.io.IOException;
import java.net.URI;

/** The port to where issuers publish their keys. Thread-safe. */
public interface KeyDocuments {
    /**
     * The document at an address, whole.
     *
     * @throws IOException when it cannot be had; its message says why in a line
     */
    String fetch(AccessRules.Issuer issuer, URI address) throws IOException;
}
