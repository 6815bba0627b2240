package dev.portcullis.gate.console;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What all pages have around their content.
 *
 * @param title of the page
 * @param section the part of the navigation it is in
 * @param nonce of this answer, which its scripts carry
 * @param token which its forms carry, so that no page of others can send them
 * @param assets where style sheet and scripts are
 * @param viewer who looks
 * @param signedIn whether he has a session that he can end
 * @param stops what stops promotions just now, one sentence each
 * @param waiting how many releases wait for a person; empty when that is not known just now
 * @param notice what came of the form that was sent; empty when none was
 * @param live whether the page changes by itself
 */
public record PageFrame(
        String title,
        Section section,
        String nonce,
        String token,
        AssetPaths assets,
        Caller viewer,
        boolean signedIn,
        List<String> stops,
        OptionalInt waiting,
        Optional<Notice> notice,
        boolean live) {
    public PageFrame {
        stops = List.copyOf(stops);
    }

    /**
     * What came of a form.
     *
     * @param text one or two sentences
     * @param bad whether nothing was done
     */
    public record Notice(String text, boolean bad) {}

    /**
     * The paths of what a page loads, each with the hash of its content in its name.
     *
     * @param style the style sheet
     * @param icon the icon of the site
     * @param scripts in the order in which they run
     */
    public record AssetPaths(String style, String icon, List<String> scripts) {
        public AssetPaths {
            scripts = List.copyOf(scripts);
        }
    }

    /** The title as a browser shows it, with the number of releases that wait for a person before it. */
    public String fullTitle() {
        return (waiting.orElse(0) > 0 ? "(" + waiting.getAsInt() + ") " : "") + title + " · Portcullis";
    }

    /** Whether the viewer may see releases of any service; who has not signed in may not, nor ask how many wait. */
    public boolean seesReleases() {
        return viewer.maySomewhere(Role.VIEWER);
    }

    /** The same with or without a stream of changes. */
    public PageFrame withLive(boolean changes) {
        return new PageFrame(title, section, nonce, token, assets, viewer, signedIn, stops, waiting, notice, changes);
    }
}
