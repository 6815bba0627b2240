package dev.portcullis.kit.identity;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.util.List;

/** What every service reads of a configuration folder: who may call. */
public final class AccessSections implements SectionReader {
    @Override
    public String service() {
        return "access";
    }

    @Override
    public void read(List<ConfigurationDocument> documents, Faults faults) {
        AccessDocuments.parse(documents, faults);
    }
}
