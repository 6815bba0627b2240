package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Optional;

/** Reads OpenSLO documents of kind SLO. */
final class SloReader {
    private final DeclaredIndicators indicators;
    private final DeclaredAlerts alerts;
    private final Faults faults;

    /** For documents that may refer to the folder's. */
    SloReader(DeclaredIndicators indicators, DeclaredAlerts alerts, Faults faults) {
        this.indicators = indicators;
        this.alerts = alerts;
        this.faults = faults;
    }

    /** For documents that stand by themselves. */
    SloReader(DeclaredSources sources, Faults faults) {
        this(DeclaredIndicators.read(List.of(), sources), DeclaredAlerts.read(List.of()), faults);
    }

    DeclaredSlo read(ConfigurationDocument document) {
        YamlMapping spec = document.spec();
        spec.pass("description");
        String service = spec.text("service");
        SloTarget target = SloTarget.read(spec, indicators.needsThreshold(spec), faults);
        Optional<Indicator> indicator = indicators.of(spec, target.limit());
        SloPeriod period = PeriodReader.read(spec);
        Optional<BurnRateRows> rows = alerts.of(spec);
        spec.rejectUnknown();
        return new DeclaredSlo(
                document.file() + ":" + document.line(),
                service,
                target.ratio(),
                target.budgetingMethod(),
                period,
                indicator,
                rows);
    }
}
