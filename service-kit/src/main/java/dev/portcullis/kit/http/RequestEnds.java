package dev.portcullis.kit.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Where the bytes of a connection have to be cut, so that no part of them has the end of a request and something of the next: behind a blank line, which ends heads
 * and bodies in chunks, and behind the last byte of a body whose length was told. Used by the thread of the connection.
 */
final class RequestEnds {
    /** Whether there was nothing but carriage returns since the last line feed. */
    private boolean blank = true;
    /** Bytes of a body that are to come. */
    private long left;

    /** To be told of each head, before the bytes behind it are asked for. */
    void head(HttpRequest head) {
        var told = head.decoderResult().isSuccess() && !HttpUtil.isTransferEncodingChunked(head);
        left = told ? HttpUtil.getContentLength(head, 0L) : 0;
    }

    /** Takes the next part of bytes that came, of which there has to be one. */
    ByteBuf part(ByteBuf bytes) {
        return bytes.readRetainedSlice(length(bytes));
    }

    private int length(ByteBuf bytes) {
        if (left > 0) {
            var length = (int) Math.min(left, bytes.readableBytes());
            left -= length;
            return length;
        }
        var end = bytes.forEachByte(this::goesOn);
        return end < 0 ? bytes.readableBytes() : end - bytes.readerIndex() + 1;
    }

    private boolean goesOn(byte character) {
        var ends = blank && character == '\n';
        blank = character == '\n' || blank && character == '\r';
        return !ends;
    }
}
