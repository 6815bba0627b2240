package dev.portcullis.rollback.cluster;

/**
 * A kind of request to an API server, as rights are given for it.
 *
 * @param verb "get", "list", "patch" and the like
 * @param part the part of the objects with an address of its own, e.g. "status"; empty for all else of them
 * @param name which object; empty for all of the namespace
 */
public record ResourceAccess(String verb, ResourceKind kind, String part, String namespace, String name) {
    /** To one object. */
    public static ResourceAccess to(String verb, ResourceKind kind, String namespace, String name) {
        return new ResourceAccess(verb, kind, "", namespace, name);
    }

    /** To all objects of a namespace. */
    public static ResourceAccess toAll(String verb, ResourceKind kind, String namespace) {
        return new ResourceAccess(verb, kind, "", namespace, "");
    }

    /** To the status of one object. */
    public static ResourceAccess toStatus(String verb, ResourceKind kind, String namespace, String name) {
        return new ResourceAccess(verb, kind, "status", namespace, name);
    }

    /** "patch rollouts.argoproj.io/status checkout in namespace shop". */
    @Override
    public String toString() {
        return verb + " " + kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group())
                + (part.isEmpty() ? "" : "/" + part) + (name.isEmpty() ? "" : " " + name) + " in namespace "
                + namespace;
    }
}
