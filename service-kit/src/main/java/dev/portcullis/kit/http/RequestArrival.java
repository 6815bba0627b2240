package dev.portcullis.kit.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * When an HTTP request arrived: noted in the thread that reads the connection, as soon as the head of the request is read, before the body is waited for and before a
 * thread is had for the answer. A time that is promised to a caller counts from there. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestArrival {
    private static final String ARRIVED = "portcullis.arrived";

    /** When a request arrived, in {@link System#nanoTime()}. */
    public static long nanoTime(HttpRequest<?> request) {
        return request.getAttribute(ARRIVED, Long.class).orElseGet(System::nanoTime);
    }

    @RequestFilter
    @PreMatching
    void note(HttpRequest<?> request) {
        request.setAttribute(ARRIVED, System.nanoTime());
    }
}
