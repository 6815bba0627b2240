package dev.portcullis.gate.release;

/**
 * A newer release of the same rollout whose canary has served a request.
 *
 * @param name of the release
 * @param canary its canary's arm label value
 * @param run which run of its key it is, from 1
 */
public record Successor(String name, String canary, int run) {
    /** Whether its canary is one that was not released before; it takes over at once, while one that came back has to be the only one that serves. */
    boolean isFirstRun() {
        return run == 1;
    }
}
