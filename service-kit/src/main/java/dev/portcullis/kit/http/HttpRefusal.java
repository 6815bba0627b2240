package dev.portcullis.kit.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Why a request is not passed on to the framework: with this answer its connection ends. Immutable. */
record HttpRefusal(HttpResponseStatus status, ErrorBody body) {
    private static final String REQUEST = "request";
    private static final String BODY = "body";

    static HttpRefusal badRequest(String fault) {
        return new HttpRefusal(HttpResponseStatus.BAD_REQUEST, new ErrorBody(REQUEST, fault));
    }

    static HttpRefusal version(HttpVersion version) {
        return new HttpRefusal(
                HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                new ErrorBody(REQUEST, "is " + version + "; legal: HTTP/1.1, HTTP/1.0"));
    }

    static HttpRefusal encoding(String fault) {
        return new HttpRefusal(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, new ErrorBody(BODY, fault));
    }

    static HttpRefusal brokenBody() {
        return new HttpRefusal(
                HttpResponseStatus.BAD_REQUEST, new ErrorBody(BODY, "is not in chunks as its Transfer-Encoding says"));
    }

    static HttpRefusal lateHead(Duration limit) {
        return late(REQUEST, "its head was not whole " + limit.toSeconds() + " s after its first byte");
    }

    static HttpRefusal lateBody(Duration limit) {
        return late(BODY, "was not whole " + limit.toSeconds() + " s after the head of its request");
    }

    private static HttpRefusal late(String field, String fault) {
        return new HttpRefusal(HttpResponseStatus.REQUEST_TIMEOUT, new ErrorBody(field, fault));
    }

    FullHttpResponse response() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("field", body.field())
                .put("fault", body.fault())
                .toString();
        var content = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        var headers = response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE)) {
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, HeadCheck.ENCODINGS);
        }
        return response;
    }
}
