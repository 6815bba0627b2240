package dev.portcullis.kit.configuration;

import java.util.List;

/** Which content of the configuration folder a service uses, and whether it refuses the present one. Thread-safe, never blocks. */
public interface ConfigurationState {
    /** A SHA-256 over names and contents of the files in use, 64 hex digits: equal in services that use the same content. */
    String generation();

    /** Why the folder's present content was refused; empty when it is the one in use. */
    List<Fault> lastFaults();
}
