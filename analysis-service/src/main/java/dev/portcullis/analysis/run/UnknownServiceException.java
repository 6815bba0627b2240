package dev.portcullis.analysis.run;

import java.util.SortedSet;
import java.util.stream.Collectors;

/** A service that no policy names. */
public final class UnknownServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final String service;

    public UnknownServiceException(String service, SortedSet<String> known) {
        super("no ReleasePolicy for service '" + service + "'; " + list(known));
        this.service = service;
    }

    private static String list(SortedSet<String> known) {
        if (known.isEmpty()) {
            return "none is known: the configuration folder holds no ReleasePolicy";
        }
        var more = known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "";
        return known.stream().limit(SHOWN).collect(Collectors.joining(", ", "known: ", more));
    }

    /** The service asked for. */
    public String service() {
        return service;
    }
}
