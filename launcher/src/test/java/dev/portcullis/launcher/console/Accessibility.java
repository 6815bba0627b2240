package dev.portcullis.launcher.console;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe-core finds wrong with a page: the Web Content Accessibility Guidelines 2.2 at level AA, as far as a program can tell, and its own advice. */
final class Accessibility {
    /** As lines of text, for these are all that a person needs to find the place. */
    private static final String RUN = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations', 'passes']});
              if (!found.passes.length) return ['axe looked at nothing'];
              return found.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id}: ${rule.help}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`));
            }
            """;

    private Accessibility() {}

    /** A line for each place; the page must let scripts run that are no part of it. */
    static List<String> faults(Page page) {
        page.evaluate(AxeBuilder.getAxeScript());
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }
}
