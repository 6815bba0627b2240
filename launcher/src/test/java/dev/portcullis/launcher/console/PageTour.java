package dev.portcullis.launcher.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All pages of the console that its own links lead to, so that a new page is looked at without being named here. */
final class PageTour {
    private static final int MOST = 60;
    private static final String ADDRESSES = "links => links.map(link => link.getAttribute('href'))";

    private PageTour() {}

    /**
     * Follows the links.
     *
     * @param origin where the console is
     * @return the status of each page by its path, the first page first
     */
    static Map<String, Integer> from(Page page, String origin) {
        var statuses = new LinkedHashMap<String, Integer>();
        var open = new ArrayDeque<String>(List.of("/console"));
        while (!open.isEmpty()) {
            var path = open.remove();
            if (statuses.containsKey(path)) {
                continue;
            }
            Response response = Objects.requireNonNull(page.navigate(origin + path), path);
            statuses.put(path, response.status());
            if (statuses.size() > MOST) {
                throw new AssertionError("more than " + MOST + " pages: " + statuses.keySet());
            }
            open.addAll(links(page));
        }
        return statuses;
    }

    /** Lists with a filter are the same page. */
    private static List<String> links(Page page) {
        var found = (Collection<?>) page.locator("a[href^='/console']").evaluateAll(ADDRESSES);
        return found.stream()
                .map(String::valueOf)
                .filter(path -> path.indexOf('?') < 0)
                .distinct()
                .toList();
    }

    /** What kind of page is at a path, as "release" for that of a release. */
    static String kind(String path) {
        var parts = path.split("/");
        if (parts.length == 2) {
            return "releases";
        }
        return switch (parts[2]) {
            case "services" -> "release";
            case "rollbacks" -> "rollback";
            case "policies" -> parts.length > 3 ? "policy" : "policies";
            default -> parts[2];
        };
    }
}
