package dev.portcullis.kit.configuration;

import java.util.List;

/**
 * The reader of the sections that one service owns, for the other services to ask. A service offers its own in {@code META-INF/services}; it has a
 * public constructor without arguments, depends on nothing but the documents, and changes nothing. Used by one thread at a time.
 */
public interface SectionReader {
    /** Short name of the service, e.g. "gate". */
    String service();

    /** Records in {@code faults} what the service would refuse. */
    void read(List<ConfigurationDocument> documents, Faults faults);
}
