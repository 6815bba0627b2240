package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.source.HistogramSourceContract;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import java.time.Clock;

class PrometheusSourceContractIT extends HistogramSourceContract {
    @Override
    protected Surroundings surroundings() {
        return new Surroundings() {
            private final FakePrometheus prometheus = new FakePrometheus();

            @Override
            public CounterSource source() {
                return new PrometheusSource(
                        new PrometheusClient(PrometheusProperties.of("prom", prometheus.address()), TestHttp.client()),
                        Clock.systemUTC(),
                        TestHttp.PATIENT);
            }

            @Override
            public void add(SimulatedPod pod) {
                prometheus.add(pod);
            }

            @Override
            public void lose(SimulatedPod pod) {
                prometheus.remove(pod);
            }

            @Override
            public void find(SimulatedPod pod) {
                prometheus.add(pod);
            }

            @Override
            public void breakDown() {
                prometheus.close();
            }

            @Override
            public void close() {
                prometheus.close();
            }
        };
    }
}
