package dev.portcullis.launcher.kayenta;

/**
 * Something to know about an import.
 *
 * @param line of the canary config; 0 when it is about no line
 * @param subject what it is about, such as a metric by its name
 * @param message in one line
 * @param lost whether something of the canary config is not in what was made of it
 */
public record ImportFinding(int line, String subject, String message, boolean lost) {
    /** In one line, for people. */
    public String shown(String file) {
        var place = line > 0 ? file + ":" + line : file;
        return place + ": " + (lost ? "" : "note: ") + subject + " " + message;
    }
}
