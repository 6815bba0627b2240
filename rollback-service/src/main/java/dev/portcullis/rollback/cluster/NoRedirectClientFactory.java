package dev.portcullis.rollback.cluster;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/**
 * The maker of HTTP clients that send to nobody but the server that was named. HTTP/1.1: a request that is not answered then ends its own connection
 * only, while on HTTP/2 a dead connection is shared by all that follow.
 */
final class NoRedirectClientFactory extends JdkHttpClientFactory {
    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
    }
}
