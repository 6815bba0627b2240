package dev.portcullis.rollback;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.util.List;

/** What rollback-service reads of a configuration folder, for the other services to ask: of a policy how it is rolled back, and the clusters. */
public final class RollbackSections implements SectionReader {
    @Override
    public String service() {
        return "rollback";
    }

    @Override
    public void read(List<ConfigurationDocument> documents, Faults faults) {
        Wiring.targetKinds().parse(documents, faults);
    }
}
