package dev.portcullis.kit.http;

import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP client for a server with TLS of its own. Made anew when its files change, as when certificates are renewed. Thread-safe. */
public final class TlsClient {
    private final TracedHttpClient plain;
    private final TlsFiles files;
    private List<String> content = List.of();
    private @Nullable TracedHttpClient client;

    /** @param plain whose tracing and circuit breakers it shares */
    public TlsClient(TracedHttpClient plain, TlsFiles files) {
        this.plain = plain;
        this.files = files;
    }

    /**
     * The client for the files as they are now.
     *
     * @throws TlsFilesException naming the file at fault
     */
    public synchronized TracedHttpClient current() throws TlsFilesException {
        List<String> found = files.content();
        TracedHttpClient known = client;
        if (known != null && found.equals(content)) {
            return known;
        }
        TracedHttpClient made = plain.over(files.open());
        client = made;
        content = found;
        return made;
    }
}
