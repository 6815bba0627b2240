package dev.portcullis.rollback;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.SectionReaderContract;
import java.util.List;

final class RollbackSectionsTest extends SectionReaderContract {
    @Override
    protected String service() {
        return "rollback";
    }

    @Override
    protected List<String> sections(String value) {
        return List.of(
                "rollback: {target: " + value + ", namespace: shop, deployment: checkout}", "preset: spring-boot");
    }

    @Override
    protected String legal() {
        return "deployment";
    }

    @Override
    protected void parse(ConfigurationFolder content, Faults faults) {
        Wiring.targetKinds().parse(content.read(faults), faults);
    }
}
