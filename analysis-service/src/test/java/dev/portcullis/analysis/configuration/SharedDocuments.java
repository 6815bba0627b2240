package dev.portcullis.analysis.configuration;

/** OpenSLO documents that others refer to. */
final class SharedDocuments {
    static final String SERVICE = """
            apiVersion: openslo/v1
            kind: Service
            metadata: {name: checkout, displayName: Checkout}
            spec: {description: takes the money}
            """;
    static final String SLI = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: requests}
            spec:
              description: all that is not a 5xx
              ratioMetric:
                counter: true
                bad:   {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{service="checkout",code=~"5.."}'}}}
                total: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{service="checkout"}'}}}
            """;
    static final String LATENCY_SLI = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: duration}
            spec:
              thresholdMetric:
                metricSource: {type: Prometheus, spec: {query: 'http_request_duration_seconds_bucket{service="checkout"}'}}
            """;
    static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: checkout-availability}
            spec:
              service: checkout
              indicatorRef: requests
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.999}]
              alertPolicies: [{alertPolicyRef: fast}]
            """;
    static final String ALERT_POLICY = """
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: fast}
            spec:
              description: the budget of 30 days in two days
              alertWhenBreaching: true
              alertWhenResolved: false
              conditions: [{conditionRef: fast-burn}]
              notificationTargets: [{targetRef: on-call}]
            """;
    static final String CONDITION = """
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast-burn}
            spec:
              severity: page
              condition:
                kind: burnrate
                op: gt
                threshold: 14.4
                lookbackWindow: 1h
                alertAfter: 2m
            """;
    static final String TARGET = """
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: {name: on-call}
            spec: {target: pager, description: whoever is on call}
            """;

    private SharedDocuments() {}

    /** All of them, in this order. */
    static String[] all() {
        return new String[] {SLO, SERVICE, SLI, ALERT_POLICY, CONDITION, TARGET};
    }
}
