package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.source.CounterSourceContract;

class DatadogSourceContractIT extends CounterSourceContract {
    @Override
    protected Surroundings surroundings() {
        return new CountedPods();
    }

    @Override
    protected Queries queries() {
        return new Queries(text("http.requests{!code:5*}"), text("http.requests{code:5*}"), text("http.requests"));
    }

    private static String text(String query) {
        return DatadogQuery.parse(query).render();
    }

    @Override
    protected boolean countersMayFall() {
        return false;
    }
}
