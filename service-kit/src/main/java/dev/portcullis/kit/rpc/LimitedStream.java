package dev.portcullis.kit.rpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A message, compressed or not, of which no more than a number of bytes can be read: then it fails with RESOURCE_EXHAUSTED. Used by one thread. */
final class LimitedStream extends FilterInputStream {
    private long left;

    /** @param mostBytes that can be read */
    LimitedStream(InputStream message, int mostBytes) {
        super(message);
        this.left = mostBytes;
    }

    static StatusRuntimeException tooLarge() {
        return Status.RESOURCE_EXHAUSTED.asRuntimeException();
    }

    @Override
    public int read() throws IOException {
        var octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        var number = super.read(bytes, from, most);
        count(number);
        return number;
    }

    @Override
    public long skip(long most) throws IOException {
        var number = super.skip(most);
        count(number);
        return number;
    }

    /** Nobody goes back: what was read would count again. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long number) {
        left -= Math.max(0, number);
        if (left < 0) {
            throw tooLarge();
        }
    }
}
