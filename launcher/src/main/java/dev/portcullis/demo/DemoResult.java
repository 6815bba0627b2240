package dev.portcullis.demo;

import java.util.List;

/**
 * What the demo showed.
 *
 * @param promoted good releases that became the stable version
 * @param aborted bad releases the gate aborted
 * @param rolledBack aborted releases whose traffic is back, by one rollback
 * @param missing what should have happened and did not; empty when all went well
 */
public record DemoResult(int promoted, int aborted, int rolledBack, List<String> missing) {
    public DemoResult {
        missing = List.copyOf(missing);
    }

    /** Whether everything happened that should have. */
    public boolean ok() {
        return missing.isEmpty();
    }

    /** The demo's last line. */
    public String summary() {
        return "demo: " + (ok() ? "ok" : "failed") + " promoted=" + promoted + " aborted=" + aborted + " rolled_back="
                + rolledBack;
    }
}
