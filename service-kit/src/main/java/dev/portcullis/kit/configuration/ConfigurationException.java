package dev.portcullis.kit.configuration;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration folder that cannot be used; the message is its faults, one per line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public ConfigurationException(List<Fault> faults) {
        this(faults, null);
    }

    ConfigurationException(List<Fault> faults, @Nullable Throwable cause) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), cause);
        this.faults = List.copyOf(faults);
    }

    /** The faults by file and line; never empty. */
    public List<Fault> faults() {
        return faults;
    }
}
