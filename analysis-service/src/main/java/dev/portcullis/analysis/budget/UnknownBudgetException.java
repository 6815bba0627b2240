package dev.portcullis.analysis.budget;

import java.util.SortedSet;
import java.util.stream.Collectors;

/** A service that has no SLO. */
public final class UnknownBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final String service;

    /** @param known the services that have one */
    public UnknownBudgetException(String service, SortedSet<String> known) {
        super("no SLO for service '" + service + "'; "
                + (known.isEmpty()
                        ? "the configuration folder holds none"
                        : known.stream().limit(SHOWN).collect(Collectors.joining(", ", "known: ", ""))));
        this.service = service;
    }

    /** The service asked for. */
    public String service() {
        return service;
    }
}
