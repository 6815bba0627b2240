package dev.portcullis.rollback.traffic;

import dev.portcullis.rollback.cluster.ResourceKind;

/** The commands by which a person looks at an object and changes it. */
record Kubectl(ResourceKind kind, ObjectSettings object) {
    String look() {
        return command("get") + " -o yaml" + where();
    }

    String patch(String patch) {
        return command("patch") + " --type=json -p " + quoted(patch) + where();
    }

    String edit() {
        return command("edit") + where();
    }

    /** The kind with version and group, so that no other of the same name is meant. */
    private String command(String verb) {
        return "kubectl " + verb + " " + kind.plural() + "." + kind.version() + "." + kind.group() + " "
                + quoted(object.name()) + " -n " + quoted(object.namespace());
    }

    private String where() {
        return object.cluster().equals("default") ? "" : " # in cluster " + quoted(object.cluster());
    }

    private static String quoted(String word) {
        return word.matches("[-a-zA-Z0-9.]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
