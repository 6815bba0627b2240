package dev.portcullis.launcher;

import dev.portcullis.kit.testing.Page;

/** The configurations that the README shows, and the page for users of Argo Rollouts. */
public final class Readme {
    private Readme() {}

    /** The one with its objectives written out. */
    public static String writtenOut() {
        return block("README.md", "kind: SLO");
    }

    /** The one with a preset. */
    public static String preset() {
        return block("README.md", "preset: istio");
    }

    /** The one of the page for users of Argo Rollouts. */
    public static String policyForArgoRollouts() {
        return block("docs/argo-rollouts.md", "kind: ReleasePolicy");
    }

    private static String block(String page, String with) {
        return Page.of(page).block("yaml", with);
    }
}
