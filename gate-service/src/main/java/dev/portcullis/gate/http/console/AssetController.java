package dev.portcullis.gate.http.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import java.util.Locale;

/** Serves what pages load, to anybody: there is nothing of an installation in it. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
final class AssetController {
    private final ConsoleAssets assets;

    AssetController(ConsoleAssets assets) {
        this.assets = assets;
    }

    @Get("/console/assets/{name}")
    HttpResponse<?> asset(@PathVariable String name, HttpRequest<?> request) {
        var found = assets.find(name);
        if (found.isEmpty()) {
            return HttpResponse.notFound("this asset is of another version of the console; load the page again")
                    .contentType(MediaType.TEXT_PLAIN_TYPE);
        }
        var asset = found.get();
        var zipped = acceptsGzip(request);
        var response = HttpResponse.ok(zipped ? asset.zipped() : asset.content())
                .contentType(asset.type())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return zipped ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip") : response;
    }

    private static boolean acceptsGzip(HttpRequest<?> request) {
        var accepted = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT_ENCODING))
                .toLowerCase(Locale.ROOT);
        return accepted.contains("gzip") && !accepted.replace(" ", "").contains("gzip;q=0,");
    }
}
