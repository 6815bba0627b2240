package dev.portcullis.launcher.command;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the page is that an alert names. */
final class RunbookOption {
    private static final String FLAG = "--runbook-url";

    @Option(
            names = FLAG,
            paramLabel = "URL",
            description = "Address of the page that every alert names; ${DEFAULT-VALUE} unless given.")
    private String url = "docs/runbooks/error-budget-burn.md";

    /** The address as given. */
    String address(CommandLine command) {
        // No address holds a brace, so that it cannot be a template either.
        if (!isAddress(url)) {
            throw new ParameterException(
                    command,
                    FLAG + " is '" + url + "'; legal: an address without spaces, braces or a fragment, such as"
                            + " https://wiki.example/error-budget-burn");
        }
        return url;
    }

    private static boolean isAddress(String text) {
        try {
            // Its own fragment would collide with the one that names a section.
            return !text.isEmpty() && new URI(text).getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
