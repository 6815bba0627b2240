package dev.portcullis.rollback.targets.helm;

/**
 * How a run of a program ended.
 *
 * @param exit its exit status
 * @param out what it printed, cut off at a limit
 * @param err what it complained, cut off at a limit
 */
record ProgramResult(int exit, String out, String err) {
    private static final int LONGEST = 300;

    boolean isSuccess() {
        return exit == 0;
    }

    boolean complains(String words) {
        return err.contains(words);
    }

    /** Whether an API server answered helm 403. */
    boolean isForbidden() {
        return complains("forbidden");
    }

    /** Whether helm did not get to an API server, so that it has done nothing. */
    boolean foundNoCluster() {
        return complains("Kubernetes cluster unreachable");
    }

    /** The complaint in one line; helm's comes last, behind warnings. */
    String complaint() {
        var lines =
                err.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var line = lines.isEmpty() ? "exit status " + exit + ", and no word why" : lines.getLast();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
