package dev.portcullis.gate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser without scripts: it keeps the cookies of the console, says of requests what browsers say, and follows nothing unless it is told to. Of one thread. */
public final class PlayedBrowser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST_REDIRECTS = 10;
    private static final int REDIRECT = 300;
    private static final int FAULT = 400;

    private final URI origin;
    private final Map<String, String> cookies = new TreeMap<>();
    private final List<String> setCookies = new ArrayList<>();

    /** @param origin of the console, whose cookies are sent there alone */
    public PlayedBrowser(URI origin) {
        this.origin = origin;
    }

    /** The cookies that it has of the console now, by name. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** How it was told to keep them, in order. */
    public List<String> setCookies() {
        return List.copyOf(setCookies);
    }

    /** The same person at the same moment in front of another replica, or at another address. */
    public PlayedBrowser at(URI other) {
        var browser = new PlayedBrowser(other);
        browser.cookies.putAll(cookies);
        return browser;
    }

    /** Somebody goes to an address, or to a path of the console. */
    public HttpResponse<String> visit(String address) {
        return send(request(address).header("Accept", "text/html").header("Sec-Fetch-Mode", "navigate"));
    }

    /** Goes on as long as it is sent elsewhere. */
    public HttpResponse<String> follow(HttpResponse<String> response) {
        var last = response;
        for (var i = 0; i < MOST_REDIRECTS && last.statusCode() >= REDIRECT && last.statusCode() < FAULT; i++) {
            last = visit(location(last));
        }
        return last;
    }

    /** Where an answer sends it. */
    public String location(HttpResponse<?> response) {
        var location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " sends nowhere: " + response.body()));
        return response.uri().resolve(location).toString();
    }

    /** A script of a page asks for a part of it. */
    public HttpResponse<String> fetch(String path) {
        return send(request(path)
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "cors")
                .header("HX-Request", "true"));
    }

    /** A form of a page of the console is sent. */
    public HttpResponse<String> submit(String path, Map<String, String> fields) {
        return submit(path, fields, "same-origin");
    }

    /** @param site whose page the form is on, as browsers tell it */
    public HttpResponse<String> submit(String path, Map<String, String> fields, String site) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Site", site)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A request of its own, with the cookies where it is for the console. */
    public HttpRequest.Builder request(String address) {
        var uri = origin.resolve(address);
        var request = HttpRequest.newBuilder(uri);
        if (uri.getAuthority().equals(origin.getAuthority()) && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String text) {
        setCookies.add(text);
        var pair = text.substring(0, text.indexOf(';'));
        var name = pair.substring(0, pair.indexOf('='));
        if (text.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
