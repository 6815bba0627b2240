package dev.portcullis.rollback.targets.istio;

import java.util.regex.Pattern;

/** Hosts of destinations: Istio takes a short name for a Service of the VirtualService's own namespace. */
record Hosts(String namespace) {
    private static final Pattern CLUSTER_DOMAIN = Pattern.compile("\\.svc(\\..*)?$");

    boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /** "checkout.shop", however it is written. */
    String plain(String host) {
        var name = CLUSTER_DOMAIN.matcher(host).replaceFirst("");
        return name.contains(".") ? name : name + "." + namespace;
    }
}
