package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.kit.document.DocumentColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Documents with a version in gzip, for what has much that is alike: the counts of a hundred windows are a few kilobytes. Thread-safe.
 *
 * @param <T> what the documents are read into
 */
final class ZippedDocument<T> {
    /** More than an analysis of 100,000 windows has, the most there can be. */
    private static final int MOST_BYTES = 256 << 20;

    private final DocumentColumn<T> document;

    ZippedDocument(DocumentColumn<T> document) {
        this.document = document;
    }

    byte[] write(T value) {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(document.write(value).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * What was written.
     *
     * @param row names the row in messages
     * @throws UnreadableRecordException when it is no gzip
     * @throws dev.portcullis.kit.document.UnreadableDocumentException when it is none that this version understands
     */
    T read(byte[] bytes, Object row) {
        return document.read(unzipped(bytes, row), row);
    }

    private static String unzipped(byte[] bytes, Object row) {
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            var text = unzipped.readNBytes(MOST_BYTES);
            if (unzipped.read() >= 0) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableRecordException("row " + row + " is no gzip: " + e.getMessage(), false, e);
        }
    }
}
