package dev.portcullis.kit.launch;

import dev.portcullis.kit.lifecycle.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address that all ports of a service are bound to. Others than this machine may reach it only when callers have to say who they are, and by TLS, which it speaks itself or
 * somebody in front takes off, since a token that is sent in the clear is everybody's.
 *
 * @param address where to listen
 */
record ListenAddress(InetAddress address) {
    private static final Logger LOG = LoggerFactory.getLogger(ListenAddress.class);

    /**
     * Checks one.
     *
     * @param tls whether the ports speak it
     * @param terminatedBy who takes TLS off, in the words of whoever runs the service; blank for nobody
     * @param known whether the configuration says who may call
     * @throws StartupException when nothing may listen there, with what to set
     */
    static ListenAddress of(String host, boolean tls, String terminatedBy, boolean known) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartupException("PORTCULLIS_HOST: '" + host + "' is no address", e);
        }
        if (!address.isLoopbackAddress()) {
            checkOutside(host, tls, terminatedBy, known);
        }
        return new ListenAddress(address);
    }

    private static void checkOutside(String host, boolean tls, String terminatedBy, boolean known) {
        if (!known) {
            throw new StartupException(
                    "PORTCULLIS_HOST: '" + host + "' is reachable from outside, and no document of kind"
                            + " Access says who may call; write one (docs/identity.md), or use 127.0.0.1");
        }
        if (tls) {
            return;
        }
        if (terminatedBy.isBlank()) {
            throw new StartupException("PORTCULLIS_HOST: '" + host + "' is reachable from outside without TLS; set"
                    + " PORTCULLIS_TLS_CERTIFICATE_FILE and PORTCULLIS_TLS_KEY_FILE, or name who takes TLS off in"
                    + " front in PORTCULLIS_TLS_TERMINATED_BY, as 'ingress-nginx' or 'istio sidecar'"
                    + " (docs/tls.md), or use 127.0.0.1");
        }
        LOG.warn(
                "Listens on {} without TLS, which {} takes off in front (PORTCULLIS_TLS_TERMINATED_BY)",
                host,
                terminatedBy);
    }

    /** Whether nobody but this machine can reach it. */
    boolean isLoopback() {
        return address.isLoopbackAddress();
    }
}
