package dev.portcullis.gate.console;

/** What the navigation of every page leads to. */
public enum Section {
    RELEASES("Releases", "/console", "r"),
    HOLDS("Holds", "/console/holds", "h"),
    AUDIT("Audit", "/console/audit", "a"),
    POLICIES("Policies", "/console/policies", "p"),
    STATUS("Status", "/console/status", "s"),
    /** A page outside of them. */
    NONE("", "", "");

    private final String label;
    private final String path;
    private final String key;

    Section(String label, String path, String key) {
        this.label = label;
        this.path = path;
        this.key = key;
    }

    public String label() {
        return label;
    }

    public String path() {
        return path;
    }

    /** The key that leads to it after a g. */
    public String key() {
        return key;
    }
}
