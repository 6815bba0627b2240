package dev.portcullis.launcher.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a browser complains of while it shows a page, and what it asks of others. Of one thread. */
final class PageWatch {
    /** Content Security Policy is among the errors of the log: the browser writes there what it has refused. */
    private static final Set<String> COMPLAINTS = Set.of("error", "warning");

    private final String origin;
    private final List<String> complaints = new ArrayList<>();

    private PageWatch(String origin) {
        this.origin = origin;
    }

    /** @param origin the only one that anything may be asked of */
    static PageWatch of(Page page, String origin) {
        var watch = new PageWatch(origin);
        page.onConsoleMessage(watch::note);
        page.onPageError(error -> watch.complaints.add("script failed: " + error));
        page.onRequest(watch::note);
        return watch;
    }

    private void note(ConsoleMessage message) {
        if (COMPLAINTS.contains(message.type())) {
            complaints.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    private void note(Request request) {
        if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
            complaints.add("asked of somebody else: " + request.url());
        }
    }

    /** Adds one that the browser does not write. */
    void complain(String text) {
        complaints.add(text);
    }

    /** Whether there is a complaint with these words. */
    boolean hears(String words) {
        return complaints.stream().anyMatch(complaint -> complaint.contains(words));
    }

    /** What was complained of since the last call. */
    List<String> take() {
        var taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    void assertQuiet(String where) {
        assertEquals(List.of(), take(), where);
    }
}
