package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.source.HistogramSourceContract;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import java.util.Map;

class ScrapeSourceContractIT extends HistogramSourceContract {
    @Override
    protected Surroundings surroundings() {
        return new Surroundings() {
            private final PodServers pods = new PodServers();

            @Override
            public CounterSource source() {
                return new ScrapeSource(pods.discovered("pods"), TestHttp.client(), Map.of(), TestHttp.PATIENT);
            }

            @Override
            public void add(SimulatedPod pod) {
                pods.add(pod);
            }

            @Override
            public void lose(SimulatedPod pod) {
                pods.fail(pod);
            }

            @Override
            public void find(SimulatedPod pod) {
                pods.heal(pod);
            }

            @Override
            public void breakDown() {
                pods.failAll();
            }

            @Override
            public void close() {
                pods.close();
            }
        };
    }
}
